"""How one reading of a field relates to another."""

from __future__ import annotations

from enum import StrEnum


class Result(StrEnum):
    """``equivalent`` is the same, written otherwise. ``near`` may be a misreading of it, or part of it; ``conflict`` is
    another value. ``missing_control`` and ``missing_candidate`` say who of the two has nothing.
    """

    EXACT = "exact"
    EQUIVALENT = "equivalent"
    NEAR = "near"
    CONFLICT = "conflict"
    MISSING_CONTROL = "missing_control"
    MISSING_CANDIDATE = "missing_candidate"


AGREED = frozenset({Result.EXACT, Result.EQUIVALENT})
"""The results that are as good as the same."""

_RANKS = (Result.EXACT, Result.EQUIVALENT, Result.NEAR, Result.CONFLICT)


def worst(*results: Result) -> Result:
    """The one that is furthest from the same, of values that are there on both sides."""
    return max(results, key=_RANKS.index)
