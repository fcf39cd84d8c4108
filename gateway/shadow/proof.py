"""What check digits say about a document: free ground truth, where there is some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from gateway.model import IdDocument
from gateway.shadow.result import AGREED, Result
from gateway.truth.failures import failures
from gateway.truth.national import number_holds
from gateway.truth.witness import vouched
from gateway.truth.zone import zone_of

HOLDS = "holds"
FAILS = "fails"
UNKNOWN = ""


def verdict(document: IdDocument | None, today: date) -> str:
    """``fails`` where something speaks against ``document``, ``holds`` where check digits speak for it, else empty."""
    if document is None:
        return UNKNOWN
    if failures(document, today=today):
        return FAILS
    return HOLDS if proven_fields(document) else UNKNOWN


def proven_fields(document: IdDocument) -> frozenset[str]:
    """The fields whose values check digits bear out: those of a sound zone, and a national number's own."""
    zone = zone_of(document.mrz)
    proven: frozenset[str] = frozenset()
    if zone is not None and zone.valid:
        proven = vouched(document, zone.record)
    return proven | {"document_number"} if number_proven(document) else proven


def number_proven(document: IdDocument) -> bool:
    """Whether the national number holds, and would not if its last character were another: so a check digit says it."""
    number = document.document_number
    if not number or not number_holds(document):
        return False
    core = number.rstrip(" )]")
    wrong = core[:-1] + ("0" if core[-1:] != "0" else "1")
    return not number_holds(replace(document, document_number=wrong))


def who_is_right(results: Mapping[str, Result], control: IdDocument, candidate: IdDocument) -> dict[str, str]:
    """Of the fields on which the two do not agree, those that check digits decide: ``control`` or ``candidate``."""
    differing = [name for name, result in results.items() if result not in AGREED]
    if not differing:
        return {}
    ours, theirs = proven_fields(control), proven_fields(candidate)
    return {
        name: "control" if name in ours else "candidate" for name in differing if (name in ours) != (name in theirs)
    }
