"""Boxes that stand in one line of print joined to rows, and rows that lie below one another found as such."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from gateway.local.box import Box, half_turn

GAP = 2.5
"""Heights of empty space that may lie inside one row: a run of fillers is often not seen as text."""
LEAN = math.radians(20)
"""How far a box's direction may be off the page's."""


def direction(boxes: Sequence[Box]) -> float:
    """The direction in which most of the text runs, in -45..135 degrees; long lines count most."""
    # Directions are alike after half a turn, so angles are doubled to be averaged.
    x = math.fsum(box.length * box.length * math.cos(2 * box.angle) for box in boxes)
    y = math.fsum(box.length * box.length * math.sin(2 * box.angle) for box in boxes)
    mean = half_turn(math.atan2(y, x) / 2)
    near = [box for box in boxes if abs(_between(box.angle, mean)) < LEAN and box.length > 3 * box.height]
    weight = math.fsum(box.length for box in near)
    if not weight:
        return mean
    return half_turn(mean + math.fsum(_between(box.angle, mean) * box.length for box in near) / weight)


def all_rows(boxes: Sequence[Box]) -> list[Box]:
    """Rows along the page's direction and across it: the pages of an open passport may be printed at right angles."""
    angle = direction(boxes)
    across = half_turn(angle + math.pi / 2)
    return join(aligned(boxes, angle)) + join([box for box in aligned(boxes, across) if box.length > 3 * box.height])


def aligned(boxes: Iterable[Box], angle: float) -> list[Box]:
    """The boxes that run along ``angle``, all with their direction that way; squarish ones are turned to fit."""
    found = []
    for box in boxes:
        off = _between(box.angle, angle)
        if abs(off) < LEAN:
            found.append(Box(box.x, box.y, box.length, box.height, angle + off))
        elif box.length < 2.5 * box.height and abs(abs(off) - math.pi / 2) < LEAN:
            found.append(Box(box.x, box.y, box.height, box.length, angle))
    return found


def join(boxes: Sequence[Box], gap: float = GAP) -> list[Box]:
    """Boxes of one direction, joined where one continues the other."""
    rows: list[list[Box]] = []
    if not boxes:
        return []
    angle = boxes[0].angle
    for box in sorted(boxes, key=lambda box: box.x * math.cos(angle) + box.y * math.sin(angle) - box.length / 2):
        for row in rows:
            if _continues(row[-1], box, gap):
                row.append(box)
                break
        else:
            rows.append([box])
    return [spanning(row) for row in rows]


def spanning(row: Sequence[Box]) -> Box:
    """One box around all boxes of a row, ordered along it."""
    if len(row) == 1:
        return row[0]
    weight = math.fsum(box.length for box in row)
    height = math.fsum(box.height * box.length for box in row) / weight
    (ax, ay), (bx, by) = row[0].moved(-row[0].length / 2, 0).centre, row[-1].moved(row[-1].length / 2, 0).centre
    return Box((ax + bx) / 2, (ay + by) / 2, math.dist((ax, ay), (bx, by)), height, math.atan2(by - ay, bx - ax))


def below(row: Box, others: Iterable[Box], pitch: float, side: int = 1) -> Box | None:
    """The next row under ``row`` (``side`` 1) or over it (-1), as a zone of that character pitch has it.

    Lines of a zone are 2.5 pitches apart (Doc 9303-3 section 4.1); prints vary.
    """
    found: list[tuple[float, Box]] = []
    for other in others:
        along, across = relative(row, other)
        distance = across * side / pitch
        reach = min(row.length / 2, along + other.length / 2) - max(-row.length / 2, along - other.length / 2)
        if 1.4 < distance < 3.6 and reach > 0.5 * min(row.length, other.length) and other.length > 6 * other.height:
            found.append((distance, other))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def relative(origin: Box, other: Box) -> tuple[float, float]:
    """Where the centre of ``other`` lies, along and across the direction of ``origin``."""
    dx, dy = other.x - origin.x, other.y - origin.y
    cos, sin = math.cos(origin.angle), math.sin(origin.angle)
    return dx * cos + dy * sin, dy * cos - dx * sin


def common_ends(rows: Sequence[Box], pad: float) -> list[Box]:
    """The rows, each stretched or cut to the ends that they have in common, and by ``pad`` pixels beyond."""
    first = rows[0]
    places = [relative(first, row)[0] for row in rows]
    lefts = sorted(place - row.length / 2 for place, row in zip(places, rows, strict=True))
    rights = sorted(place + row.length / 2 for place, row in zip(places, rows, strict=True))
    # Of two rows the longer is whole; of three, the odd one has other print beside it.
    left, right = (lefts[1], rights[1]) if len(rows) == 3 else (lefts[0], rights[-1])
    left, right = left - pad, right + pad
    return [
        Box(moved.x, moved.y, right - left, row.height, row.angle)
        for place, row in zip(places, rows, strict=True)
        for moved in (row.moved((left + right) / 2 - place, 0),)
    ]


def _continues(last: Box, box: Box, gap: float) -> bool:
    along, across = relative(last, box)
    height = min(last.height, box.height)
    space = along - (last.length + box.length) / 2
    return (
        abs(across) < 0.45 * height
        and max(last.height, box.height) < 1.8 * height
        and -0.8 * height < space < gap * height
    )


def _between(angle: float, reference: float) -> float:
    """``angle`` minus ``reference``, directions being alike after half a turn: -90..90 degrees."""
    return (angle - reference + math.pi / 2) % math.pi - math.pi / 2


def missing_rows(row: Box, characters: int) -> list[Box]:
    """Where the other lines of the zone must be that ``row`` of so many characters is one of, top to bottom with itself.

    Lines stand 2.45 pitches apart in TD2 and TD3 and 1.66 in TD1 (6 to the inch, 10 characters to the inch); two lines
    over and two under are given, for the row may be any of them.
    """
    pitch = row.length / max(characters, 1)
    spacing, reach = (1.66, 2) if characters < 33 else (2.45, 1)
    return [row.moved(0, spacing * pitch * step) for step in range(-reach, reach + 1)]
