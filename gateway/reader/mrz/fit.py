"""A row of characters becomes a line of the width that a layout prescribes, by stretching or cutting fillers alone."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from gateway.reader.mrz.glyph import FILLER, Glyph, Row

TOLERANCE = 0.12
"""Share of a line's characters that may be missing or too many."""
GUESS = 0.5
"""Score of a filler that was put in because the line was too short."""


def fit(row: Row, width: int, protected: int) -> list[Row]:
    """Ways to give ``row`` exactly ``width`` characters, likeliest first; none where it is too far off.

    Fillers before character ``protected`` are not touched: in a data line they belong to the document number.
    """
    if len(row) == width:
        return [row]
    if not width * (1 - TOLERANCE) <= len(row) <= width * (1 + TOLERANCE):
        return []
    return _distinct(_stretched(row, width, protected) if len(row) < width else _cut(row, width, protected))


def _stretched(row: Row, width: int, protected: int) -> list[Row]:
    missing = width - len(row)
    fillers = (Glyph(((FILLER, GUESS),)),) * missing
    by_place = _filled_gaps(row, width, protected)
    ways = [by_place] if len(by_place) == width else []
    ways += [row[:end] + fillers + row[end:] for _, end in _runs(row, protected)]
    if row[-1].character == FILLER or all(glyph.character != FILLER for glyph in row[-2:]):
        ways.append(row + fillers)
    return ways


def _filled_gaps(row: Row, width: int, protected: int) -> Row:
    """Fillers set where the even pitch of a zone leaves room beside another filler."""
    pitch = median(after.x - before.x for before, after in pairwise(row))
    filled: list[Glyph] = list(row[:1])
    for before, after in pairwise(row):
        room = round((after.x - before.x) / pitch) - 1 if pitch > 0 else 0
        beside = FILLER in (before.character, after.character)
        if room > 0 and beside and len(filled) >= protected:
            filled += [Glyph(((FILLER, GUESS),), before.x)] * min(room, width)
        filled.append(after)
    return tuple(filled)


def _cut(row: Row, width: int, protected: int) -> list[Row]:
    surplus = len(row) - width
    ways = [row[: end - surplus] + row[end:] for start, end in _runs(row, protected) if end - start > surplus]
    # What hangs over at either end is a stroke of the background taken for a character.
    ways += [row[left : left + width] for left in range(min(surplus, 3) + 1)]
    return ways


def _runs(row: Row, protected: int) -> list[tuple[int, int]]:
    """Stretches of fillers from ``protected`` on, the longest first."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, glyph in enumerate((*row, None)):
        filler = glyph is not None and glyph.character == FILLER
        if filler and start is None:
            start = index
        elif not filler and start is not None:
            if index > protected:
                runs.append((max(start, protected), index))
            start = None
    return sorted(runs, key=lambda run: run[0] - run[1])[:4]


def _distinct(ways: list[Row]) -> list[Row]:
    seen: dict[tuple[str, ...], Row] = {}
    for way in ways:
        seen.setdefault(tuple(glyph.character for glyph in way), way)
    return list(seen.values())
