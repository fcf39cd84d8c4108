"""Document numbers, freed of what only lays them out."""

from __future__ import annotations

import re
import unicodedata

from gateway.model import DocumentType

_LAYOUT = re.compile(r"[^0-9A-Z]")

_UNREAD = re.compile("[*?\u2022\u2026\u25a0-\u25ff\u2588\ufffd]")
"""Marks for characters that were masked or could not be read: what is left without them is another number."""

_LABELS = {("PHL", DocumentType.IDENTITY_CARD): "CRN"}
"""What a pair prints as part of its number and is its name: the common reference number of the UMID card."""


def document_number(text: str) -> str | None:
    """Capitals and digits alone: fillers, spaces and hyphens go. ``None`` when nothing is left.

    ICAO Doc 9303-3 section 4.6 replaces every special character of a printed number by a filler, so the compact form
    is the only one that the zone and the visual zone have in common.
    """
    return _LAYOUT.sub("", text.upper()) or None


def pair_number(text: str | None, country: str | None, kind: DocumentType | None) -> str | None:
    """The number of a document of ``country`` (ISO 3166-1 alpha-3) and ``kind`` in the one form for all vendors.

    Capitals and digits: 1 1017 00230 70 8 becomes 1101700230708, A123456(3) A1234563, N01-23-456789 N0123456789,
    CRN-0111-1234567-8 011112345678. ``None`` where a character is masked or unread, or no digit is there.
    """
    if not text or _UNREAD.search(text):
        return None
    number = document_number("".join(map(_figure, text))) or ""
    if country is not None and kind is not None:
        number = number.removeprefix(_LABELS.get((country, kind), ""))
    return number if any(character.isdigit() for character in number) else None


def prints_number(text: str, number: str) -> bool:
    """Whether a line of print shows ``number`` (compact) as a word of its own or at its end, behind a label."""
    compact = document_number(text) or ""
    words = {document_number(word) for word in text.split()}
    return number in words or compact == number or (len(number) >= 6 and compact.endswith(number))


def _figure(character: str) -> str:
    """Thai and full width figures as ASCII ones."""
    return str(unicodedata.decimal(character, character))
