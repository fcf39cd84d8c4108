"""Document numbers: the same however they are laid out, and judged by their check digits where they have some."""

from __future__ import annotations

from dataclasses import replace

from gateway.model import IdDocument
from gateway.normalize.document_numbers import document_number, pair_number
from gateway.shadow.likeness import misread
from gateway.shadow.proof import number_proven
from gateway.shadow.result import Result

_CITIZEN = 12
_IN_THE_ZONE = 9
"""Of the digits of a Vietnamese citizen's number, the zone's own field has the last nine."""


def compare_numbers(control: IdDocument, candidate: IdDocument) -> Result:
    """For two documents whose numbers are there and not the same text.

    Blanks, brackets, dots and hyphens do not count, and neither does a national number's check digit that one side leaves
    out and the other proves. Two numbers that both prove right by their check digits are two numbers, however alike.
    """
    one, other = _compact(control, candidate), _compact(candidate, control)
    if one == other:
        return Result.EQUIVALENT
    proofs = [number_proven(_as(control, one, candidate)), number_proven(_as(candidate, other, control))]
    shorter, longer = sorted((one, other), key=len)
    if longer[:-1] == shorter and any(proofs):
        return Result.EQUIVALENT
    if all(proofs):
        return Result.CONFLICT
    cut = len(longer) == _CITIZEN and len(shorter) == _IN_THE_ZONE and longer.endswith(shorter)
    return Result.NEAR if cut or misread(one, other) else Result.CONFLICT


def _compact(document: IdDocument, other: IdDocument) -> str:
    """In the form of its pair; a number with unread characters keeps what can be read of it."""
    text = document.document_number or ""
    country = document.country_region or other.country_region
    return pair_number(text, country, document.id_type or other.id_type) or document_number(text) or text


def _as(document: IdDocument, number: str, other: IdDocument) -> IdDocument:
    """``document`` with ``number``, of the kind that the other says where it does not say itself."""
    return replace(
        document,
        document_number=number,
        country_region=document.country_region or other.country_region,
        id_type=document.id_type or other.id_type,
    )
