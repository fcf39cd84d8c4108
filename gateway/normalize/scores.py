"""A vendor's scores as confidences: 0..1, and only for what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

from gateway.model import IdDocument

_SCORED = frozenset(field.name for field in fields(IdDocument)) - {"confidence", "mrz"}

_NUMBER = re.compile(r"\s*\d{1,9}(?:\.\d{1,30})?\s*", re.ASCII)


def scores(document: IdDocument, given: Mapping[str, object], *, scale: float = 1.0) -> dict[str, float]:
    """``given`` (field name -> score) divided by ``scale``, for the fields that ``document`` has.

    A score is a number, or its text, from 0 to ``scale``; anything else ("N/A", null, true, 120 of 100) is left out.
    """
    numbers = {name: _number(score) for name, score in given.items() if name in _SCORED}
    return {
        name: float(number) / scale
        for name, number in numbers.items()
        if number is not None and 0 <= number <= scale and getattr(document, name) is not None
    }


def _number(score: object) -> float | None:
    if isinstance(score, str):
        return float(score) if _NUMBER.fullmatch(score) else None
    return score if isinstance(score, int | float) and not isinstance(score, bool) else None
