"""Rows of text, top to bottom, become the likeliest machine readable zone among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from gateway.reader.mrz.fit import fit
from gateway.reader.mrz.glyph import Row
from gateway.reader.mrz.layout import LAYOUTS, Layout
from gateway.reader.mrz.repair import repair
from gateway.reader.mrz.zone import Zone

MOST_WAYS = 60
"""Combinations of stretched and cut lines that are weighed for one layout."""
WORTH_REPAIR = 3
"""Zones, the best first, for which a correction is looked for."""


def best_zone(rows: Sequence[Row]) -> Zone | None:
    """The zone with the most merit in any run of neighbouring rows; None where no layout fits at all."""
    zones = sorted(_zones(rows), key=lambda zone: zone.merit, reverse=True)
    if not zones or zones[0].valid:
        return zones[0] if zones else None
    valid = next((zone for zone in zones if zone.valid), None)
    if valid is not None:
        return valid
    for zone in zones[:WORTH_REPAIR]:
        if (repaired := repair(zone)) is not None:
            return repaired
    return zones[0]


def _zones(rows: Sequence[Row]) -> Iterator[Zone]:
    for layout in LAYOUTS:
        height = len(layout.kinds)
        for top in range(len(rows) - height + 1):
            for fitted in islice(_fitted(rows[top : top + height], layout), MOST_WAYS):
                yield Zone.of(layout, fitted)


def _fitted(rows: Sequence[Row], layout: Layout) -> Iterator[tuple[Row, ...]]:
    return product(*(fit(row, layout.width, protected) for row, protected in zip(rows, layout.protected, strict=True)))
