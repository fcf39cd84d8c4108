"""Which of the 23 pairs of Table 1 a vendor reads: how adapters write it down and what follows for a query."""

from __future__ import annotations

from gateway.exchange import Coverage, Evidence
from gateway.model import DocumentType, Query
from gateway.table1 import TABLE_1

Pair = tuple[str, DocumentType]

ALL_PAIRS = frozenset((country, kind) for country, kinds in TABLE_1.items() for kind in kinds)
PASSPORTS = frozenset(pair for pair in ALL_PAIRS if pair[1] is DocumentType.PASSPORT)


def pairs(text: str) -> frozenset[Pair]:
    """The pairs in ``"VNM PP DL, THA ID"``. Raises ValueError for one that Table 1 does not have."""
    found = {
        (country, DocumentType(kind))
        for country, *kinds in map(str.split, text.split(",") if text else ())
        for kind in kinds
    }
    if foreign := found - ALL_PAIRS:
        raise ValueError(f"not in Table 1: {sorted(foreign)}")
    return frozenset(found)


def coverage(
    *,
    listed: frozenset[Pair] = frozenset(),
    general: frozenset[Pair] = frozenset(),
    zone: frozenset[Pair] = frozenset(),
    withdrawn: frozenset[Pair] = frozenset(),
) -> Coverage:
    """Every pair with the best evidence there is for it."""
    return (
        dict.fromkeys(withdrawn, Evidence.WITHDRAWN)
        | dict.fromkeys(zone, Evidence.ZONE)
        | dict.fromkeys(general, Evidence.GENERAL)
        | dict.fromkeys(listed, Evidence.LISTED)
    )


def candidates(coverage: Coverage, query: Query) -> frozenset[Pair]:
    """The covered pairs that lie within both filters of ``query``; an empty filter lets all pass."""
    return frozenset(
        (country, kind)
        for country, kind in coverage
        if (not query.countries or country in query.countries) and (not query.types or kind in query.types)
    )


def reads_only(coverage: Coverage, query: Query) -> frozenset[Pair]:
    """The same, and nothing where the caller might also be sending a document that is not covered.

    For vendors that have to be told what they are looking at: a passport is not worth a paid call to a reader of cards.
    """
    able = candidates(coverage, query)
    asked = frozenset(
        (country, kind)
        for country, kind in ALL_PAIRS
        if (not query.countries or country in query.countries) and (not query.types or kind in query.types)
    )
    return able if asked <= able else frozenset()
