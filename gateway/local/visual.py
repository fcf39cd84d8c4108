"""The print around a machine readable zone, as lines of text on the upright page."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from gateway.local.box import Box
from gateway.local.budget import Budget
from gateway.local.decode import Pixels
from gateway.local.recognize import TextReader, crop
from gateway.local.rows import aligned, relative
from gateway.reader.text import Line, Point

WIDTH = 8_500
"""Pixels of lines, at the model's height, that are read of one page, the largest print first: some 0.7 s."""
WIDTH_WITHOUT_LABELS = 5_500
"""The same where nothing depends on the smallest print, the labels: some 0.4 s."""
SQUEEZE = 0.9
"""Time goes by width; narrower still, and spaces between words are lost."""
SMALLEST = 0.25
"""Height of print, as a share of a zone's line, under which it is background or security print."""
REACH = 1.3
"""How far from the zone, in lengths of it, print may still be on the same document."""


def visual_lines(
    page: Pixels, reader: TextReader, boxes: Sequence[Box], zone: Sequence[Box], budget: Budget, *, labels: bool
) -> list[Line]:
    """Lines that run the zone's way and stand near it, the zone's own left out; fewer where ``budget`` runs out, and
    where ``labels`` are not needed.
    """
    angle = zone[0].angle
    wanted = [box for box in aligned(boxes, angle) if _near(box, zone)]
    place = upright(page, angle)
    lines: list[Line] = []
    width, most = 0, WIDTH if labels else WIDTH_WITHOUT_LABELS
    for box in sorted(wanted, key=lambda box: box.height, reverse=True):
        cut = crop(page, box, squeeze=SQUEEZE)
        width += cut.shape[1]
        if budget.over or width > most:
            break
        read = reader.text(cut)
        if read.text.strip():
            first, second, third, fourth = map(place, box.corners)
            lines.append(Line(read.text, (first, second, third, fourth), read.scores))
    return lines


def upright(page: Pixels, angle: float) -> Callable[[Point], Point]:
    """Where a point of the page lies after the page was turned upright: text along ``angle`` then runs to the right."""
    cos, sin = math.cos(angle), math.sin(angle)
    height, width = page.shape[:2]
    corners = [(0, 0), (width, 0), (0, height), (width, height)]
    left = min(x * cos + y * sin for x, y in corners)
    top = min(y * cos - x * sin for x, y in corners)
    return lambda point: (point[0] * cos + point[1] * sin - left, point[1] * cos - point[0] * sin - top)


def _near(box: Box, zone: Sequence[Box]) -> bool:
    first = zone[0]
    along, across = relative(first, box)
    if abs(along) > REACH * first.length or abs(across) > REACH * first.length or box.height < SMALLEST * first.height:
        return False
    for line in zone:
        along, across = relative(line, box)
        if abs(across) < 0.6 * line.height and abs(along) < line.length / 2:
            return False
    return True
