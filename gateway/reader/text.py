"""The reader's input: lines of text with positions, as any OCR engine can give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One run of text. ``box`` is its four corners in page pixels, clockwise from the top left of the text as read, on
    a page that is already upright; ``scores`` is the engine's certainty of each character of ``text``, 0..1.
    """

    text: str = field(repr=False)
    box: tuple[Point, Point, Point, Point]
    scores: tuple[float, ...] = field(default=(), repr=False)

    @property
    def left(self) -> float:
        return min(x for x, _ in self.box)

    @property
    def right(self) -> float:
        return max(x for x, _ in self.box)

    @property
    def top(self) -> float:
        return min(y for _, y in self.box)

    @property
    def bottom(self) -> float:
        return max(y for _, y in self.box)

    @property
    def height(self) -> float:
        (x0, y0), _, _, (x3, y3) = self.box
        return float(((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5)

    @property
    def score(self) -> float:
        """The least certain character's score; 0 for a line without scores."""
        return min(self.scores, default=0.0)


Lines: TypeAlias = Sequence[Line]
