"""The visual zone as level, axis-aligned spans: the zone's own lines taken out, the page's slight turn undone."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from gateway.reader.mrz.record import MrzRecord
from gateway.reader.text import Line, Point

_UPRIGHT = math.radians(20)
"""Print further off the page's own direction (text along an edge, a neighbouring page) is not of the document's
fields."""

_FILLERS = str.maketrans("《«\uff1c≤", "<<<<")


@dataclass(frozen=True, slots=True)
class Span:
    """A line of print on the levelled page; ``scores`` is as long as ``text``. Units are page pixels."""

    text: str = field(repr=False)
    scores: tuple[float, ...] = field(repr=False)
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def certainty(self, start: int = 0, end: int | None = None) -> float:
        """The least score of the characters from ``start`` to ``end``; spaces have none worth the name."""
        pairs = zip(self.text[start:end], self.scores[start:end], strict=True)
        return min((score for character, score in pairs if not character.isspace()), default=0.0)

    def part(self, start: int, end: int) -> Span:
        """Part of the text, with a proportional share of the width."""
        width = (self.right - self.left) / max(len(self.text), 1)
        left, right = self.left + start * width, self.left + end * width
        return Span(self.text[start:end], self.scores[start:end], left, self.top, right, self.bottom)


def visual_spans(lines: Iterable[Line], record: MrzRecord) -> tuple[Span, ...]:
    """The page without its machine readable zone, top to bottom, then left to right."""
    page = tuple(line for line in lines if line.text.strip())
    slope = _slope(page)
    spans = [_level(line, slope) for line in page if _runs_along(line, slope)]
    zone_top = min((span.middle for span in spans if _is_zone(span.text, record)), default=math.inf)
    visual = (span for span in spans if span.middle < zone_top - span.height / 4)
    return tuple(sorted(visual, key=lambda span: (round(span.top), span.left)))


def rows(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans that follow each other on one line, at most their own height apart, joined by a space."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: span.left):
        before = next((other for other in joined if follows(other, span)), None)
        if before is None:
            joined.append(span)
        else:
            joined[joined.index(before)] = join(before, span)
    return tuple(sorted(joined, key=lambda span: (span.top, span.left)))


def follows(left: Span, right: Span, gap: float = 1.0) -> bool:
    """Whether ``right`` stands on the line of ``left``, not more than ``gap`` heights after it."""
    height = min(left.height, right.height)
    return same_row(left, right) and -height / 2 <= right.left - left.right <= gap * height


def same_row(one: Span, other: Span) -> bool:
    """Whether the two are of similar height and stand side by side."""
    height = min(one.height, other.height)
    return abs(one.middle - other.middle) <= 0.35 * height and max(one.height, other.height) <= 1.6 * height


def join(first: Span, second: Span) -> Span:
    """Two spans as one, a space between them."""
    return Span(
        text=f"{first.text} {second.text}",
        scores=(*first.scores, 1.0, *second.scores),
        left=min(first.left, second.left),
        top=min(first.top, second.top),
        right=max(first.right, second.right),
        bottom=max(first.bottom, second.bottom),
    )


def overlap(one: Span, other: Span) -> float:
    """The share of the narrower span's width that lies over or under the wider one, 0..1."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return max(shared, 0.0) / max(min(one.right - one.left, other.right - other.left), 1.0)


def _angle(line: Line) -> float:
    """The direction of the text, in radians, clockwise from level."""
    (x0, y0), (x1, y1), _, _ = line.box
    return math.atan2(y1 - y0, x1 - x0)


def _runs_along(line: Line, slope: float) -> bool:
    """Whether the text runs along the page's lines; some engines give upright boxes to text along an edge."""
    tall = len(line.text) > 3 and line.bottom - line.top > 1.5 * (line.right - line.left)
    return not tall and abs(_angle(line) - slope) < _UPRIGHT


def _slope(lines: Sequence[Line]) -> float:
    """The direction of most print: the median over the wide lines."""
    wide = [line for line in lines if line.right - line.left > 2 * line.height]
    return statistics.median(map(_angle, wide)) if wide else 0.0


def _level(line: Line, slope: float) -> Span:
    cosine, sine = math.cos(-slope), math.sin(-slope)

    def turned(point: Point) -> Point:
        x, y = point
        return x * cosine - y * sine, x * sine + y * cosine

    top_left, top_right, bottom_right, bottom_left = map(turned, line.box)
    scores = line.scores if len(line.scores) == len(line.text) else (line.score,) * len(line.text)
    return Span(
        text=line.text,
        scores=scores,
        left=(top_left[0] + bottom_left[0]) / 2,
        top=(top_left[1] + top_right[1]) / 2,
        right=(top_right[0] + bottom_right[0]) / 2,
        bottom=(bottom_left[1] + bottom_right[1]) / 2,
    )


def _is_zone(text: str, record: MrzRecord) -> bool:
    """Fillers in a row, or half of one of the zone's lines."""
    compact = "".join(text.translate(_FILLERS).upper().split())
    if "<<<" in compact:
        return True
    parts = chain.from_iterable((line[:15], line[-15:]) for line in record.lines)
    return len(compact) >= 15 and any(part in compact for part in parts)
