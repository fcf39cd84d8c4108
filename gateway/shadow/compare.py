"""Two readings of one document, field by field, by the rules of identity documents rather than of strings. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from gateway.model import IdDocument
from gateway.normalize.countries import country
from gateway.shadow.names import compare_names
from gateway.shadow.numbers import compare_numbers
from gateway.shadow.result import AGREED, Result
from gateway.shadow.texts import compare_texts

__all__ = ["AGREED", "FIELDS", "Result", "compare"]

FIELDS = tuple(field.name for field in fields(IdDocument) if field.name not in {"portrait_image", "confidence", "mrz"})
"""What is compared, in the order of :class:`IdDocument`."""


def compare(control: IdDocument, candidate: IdDocument) -> dict[str, Result]:
    """How ``candidate`` relates to ``control``, with an entry for every field of :data:`FIELDS` that one of them has.

    ``compare(a, a)`` is all exact, and exchanging the two exchanges nothing but ``missing_control`` and
    ``missing_candidate``. Blank text counts as absent. ``docs/shadow.md`` has the rules for operators.
    """
    results = dict(compare_names(control, candidate))
    for name, rule in _RULES.items():
        one, other = getattr(control, name) or None, getattr(candidate, name) or None
        if _blank(one) and _blank(other):
            continue
        if _blank(one):
            results[name] = Result.MISSING_CONTROL
        elif _blank(other):
            results[name] = Result.MISSING_CANDIDATE
        else:
            results[name] = Result.EXACT if one == other else rule(one, other)
    number = results.get("document_number")
    if number not in {None, Result.EXACT, Result.MISSING_CONTROL, Result.MISSING_CANDIDATE}:
        results["document_number"] = compare_numbers(control, candidate)
    return {name: results[name] for name in FIELDS if name in results}


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _same_or_not(_: Any, __: Any) -> Result:
    """For the values of closed sets, of which another is a different one."""
    return Result.CONFLICT


def _countries(one: str, other: str) -> Result:
    """By code, name or nationality."""
    known = country(one)
    return Result.EQUIVALENT if known is not None and known == country(other) else Result.CONFLICT


def _dates(one: date, other: date) -> Result:
    """One wrong digit looks like a misreading. Day and month exchanged are another date, as is anything else."""
    digits = zip(f"{one:%Y%m%d}".zfill(8), f"{other:%Y%m%d}".zfill(8), strict=True)
    return Result.NEAR if sum(first != second for first, second in digits) == 1 else Result.CONFLICT


_RULES: Mapping[str, Callable[[Any, Any], Result]] = {
    "country_region": _countries,
    "id_type": _same_or_not,
    "side": _same_or_not,
    "sex": _same_or_not,
    "nationality": _countries,
    "birth_date": _dates,
    "issue_date": _dates,
    "expiry_date": _dates,
    "document_number": _same_or_not,
    "address": compare_texts,
    "issuing_authority": compare_texts,
}
"""By field, for values that are there and not the same. Names and numbers need more than one field to judge."""
