"""Document numbers, freed of what only lays them out."""

from __future__ import annotations

import re

_LAYOUT = re.compile(r"[^0-9A-Z]")


def document_number(text: str) -> str | None:
    """Capitals and digits alone: fillers, spaces and hyphens go. ``None`` when nothing is left.

    ICAO Doc 9303-3 section 4.6 replaces every special character of a printed number by a filler, so the compact form
    is the only one that the zone and the visual zone have in common.
    """
    return _LAYOUT.sub("", text.upper()) or None


def prints_number(text: str, number: str) -> bool:
    """Whether a line of print shows ``number`` (compact) as a word of its own or at its end, behind a label."""
    compact = document_number(text) or ""
    words = {document_number(word) for word in text.split()}
    return number in words or compact == number or (len(number) >= 6 and compact.endswith(number))
