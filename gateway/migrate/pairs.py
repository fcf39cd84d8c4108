"""The kinds of document that ramp up each by itself: the pairs of Table 1, and two labels for all else."""

from __future__ import annotations

from typing import Final

from gateway.model import Query
from gateway.table1 import TABLE_1

ANY: Final = "any"
"""Requests that may hold anything: they name no country, no type, or several."""

OTHER: Final = "other"
"""A pair outside Table 1."""

TABLE_1_PAIRS: Final = tuple(f"{country}-{kind}" for country, kinds in TABLE_1.items() for kind in sorted(kinds))
PAIRS: Final = (*TABLE_1_PAIRS, OTHER, ANY)
"""Every label there is."""


def label(country: str, id_type: str) -> str:
    """``THA-PP`` and its like, or ``other``."""
    name = f"{country}-{id_type}"
    return name if name in TABLE_1_PAIRS else OTHER


def pair_of(query: Query) -> str:
    """What the caller asks for: nobody has seen the document yet."""
    if len(query.countries) != 1 or len(query.types) != 1:
        return ANY
    return label(next(iter(query.countries)), next(iter(query.types)))
