"""Several looks at one zone weighed together: what they agree on gains, what they dispute loses."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.reader.mrz.glyph import Glyph, Row
from gateway.reader.mrz.read import best_zone
from gateway.reader.mrz.zone import Zone


def blend(looks: Sequence[Sequence[Row]], known: Zone | None) -> Zone | None:
    """The best zone of the last look, of all looks blended, and of what was known before."""
    zones = [zone for look in looks if (zone := best_zone(look)) is not None]
    if not zones:
        return known
    best = max(zones, key=_worth)
    like = [zone.rows for zone in zones if zone.layout is best.layout]
    if len(like) > 1:
        blended = tuple(_blended([rows[i] for rows in like]) for i in range(len(best.rows)))
        together = best_zone(blended)
        if together is not None and _no_worse(together, best):
            return together
    return best


def _no_worse(together: Zone, best: Zone) -> bool:
    """The blend is preferred even where a single look has higher scores: its scores show what was disputed."""
    if together.valid or best.valid:
        return (together.valid, -together.repaired) >= (best.valid, -best.repaired)
    return together.merit >= best.merit - 1


def _worth(zone: Zone) -> tuple[bool, int, float]:
    return zone.valid, -zone.repaired, zone.merit


def _blended(rows: Sequence[Row]) -> Row:
    return tuple(_mixture(glyphs) for glyphs in zip(*rows, strict=True))


def _mixture(glyphs: tuple[Glyph, ...]) -> Glyph:
    """The mean of the probabilities: a character keeps a high score only where all looks give it one."""
    sums: dict[str, float] = {}
    for glyph in glyphs:
        for character, chance in glyph.choices:
            sums[character] = sums.get(character, 0.0) + chance / len(glyphs)
    return Glyph(tuple(sorted(sums.items(), key=lambda item: item[1], reverse=True)), glyphs[0].x)
