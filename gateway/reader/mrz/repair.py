"""Characters that the engine was unsure of, corrected where the check digits leave one way to do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from gateway.reader.mrz.alike import CORRECTED, TO_DIGIT
from gateway.reader.mrz.glyph import Glyph
from gateway.reader.mrz.layout import Check, Kind, Layout
from gateway.reader.mrz.zone import Zone

MOST = 2
"""Characters that may be corrected in one zone."""
CONSIDERED = 16
"""Alternatives that are tried, the likeliest first; pairs of them go into the hundreds."""
NAMED = 0.05
"""Probability from which the engine's own alternative may be taken."""
SHYNESS = 50.0
"""Factor by which a letter that resembles the figure read is likelier than the engine says."""
CLEARLY = 20.0
"""How much likelier than any other a correction must be."""

Change = tuple[int, int, Glyph, float]
"""Line, place, the glyph instead, and how much less likely it is than the glyph that was read."""


def repair(zone: Zone) -> Zone | None:
    """The zone with all check digits holding, or None where no correction, or more than one, is likely."""
    changes = sorted(_changes(zone), key=lambda change: change[-1], reverse=True)[:CONSIDERED]
    solutions: list[tuple[float, Zone]] = []
    for count in range(1, MOST + 1):
        for chosen in combinations(changes, count):
            if len({(line, place) for line, place, _, _ in chosen}) < count:
                continue
            corrected = _with(zone, chosen)
            if corrected.valid:
                likelihood = 1.0
                for *_, ratio in chosen:
                    likelihood *= ratio
                solutions.append((likelihood, corrected))
    solutions.sort(key=lambda solution: solution[0], reverse=True)
    if not solutions or (len(solutions) > 1 and solutions[0][0] < CLEARLY * solutions[1][0]):
        return None
    return solutions[0][1]


def _changes(zone: Zone) -> Iterator[Change]:
    for line, place in sorted(_suspects(zone.layout, zone.checks)):
        glyph = zone.rows[line][place]
        kind = zone.layout.kinds[line][place]
        for character, chance in glyph.choices[1:]:
            shy = kind is Kind.ANY and TO_DIGIT.get(character) == glyph.character
            if chance >= (CORRECTED[character] if shy else NAMED) and character in kind.value:
                others = tuple(choice for choice in glyph.choices if choice[0] != character)
                ratio = min(1.0, chance * (SHYNESS if shy else 1.0) / max(glyph.score, chance))
                yield line, place, Glyph(((character, chance), *others), glyph.x), ratio


def _suspects(layout: Layout, checks: dict[str, bool]) -> set[tuple[int, int]]:
    """Places that a failing check digit accuses and none that holds defends."""
    places = {name: _places(check) for name, check in layout.checks.items()}
    failing = [name for name, held in checks.items() if not held]
    alone = [name for name in failing if name != "composite"]
    if alone:
        return set().union(*(places[name] for name in alone))
    if not failing:
        return set()
    return places["composite"].difference(*(places[name] for name in places if name != "composite"))


def _places(check: Check) -> set[tuple[int, int]]:
    return {(span.line, place) for span in (*check.spans, check.digit) for place in range(span.start, span.end)}


def _with(zone: Zone, changes: tuple[Change, ...]) -> Zone:
    rows = [list(row) for row in zone.rows]
    for line, place, glyph, _ in changes:
        rows[line][place] = glyph
    return replace(zone, rows=tuple(tuple(row) for row in rows), repaired=len(changes))
