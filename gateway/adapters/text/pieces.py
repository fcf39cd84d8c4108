"""Lines of print as pieces of a zone's rows: cleaned, parted where two were run together, joined where one was split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gateway.adapters.text.zone_characters import zone_text
from gateway.reader.mrz.glyph import FILLER, Glyph, Row
from gateway.reader.mrz.layout import LAYOUTS
from gateway.reader.text import Line

MOST_SMALL = 2
"""Small letters in a piece without fillers; print around a zone has more of them."""

GAP = 2.5
"""Heights of empty space within a row: fillers are often not seen as text."""

RUN_TOGETHER = {layout.width * len(layout.kinds): len(layout.kinds) for layout in LAYOUTS}
"""Characters of a whole zone to its lines."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a row on the upright page, in a zone's characters; ``scores`` is as long as ``text``."""

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

    def part(self, number: int, of: int) -> Piece:
        """The ``number``-th of as many equal parts, from the top down."""
        size, step = len(self.text) // of, self.height / of
        place, top = slice(number * size, (number + 1) * size), self.top + number * step
        return Piece(self.text[place], self.scores[place], self.left, top, self.right, top + step)


def pieces(lines: Iterable[Line]) -> Iterator[Piece]:
    """Whatever of ``lines`` can be a zone's."""
    for line in lines:
        piece = _piece(line)
        if piece is not None:
            count = RUN_TOGETHER.get(len(piece.text), 1)
            yield from (piece.part(number, count) for number in range(count))


def _piece(line: Line) -> Piece | None:
    found = [zone_text(character) for character in line.text]
    text = "".join(part or "" for part in found)
    small = sum(map(str.islower, line.text))
    if not text or None in found or (small > MOST_SMALL and FILLER not in text):
        return None
    scores = tuple(score for part, score in zip(found, line.scores, strict=True) for _ in part or "")
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = line.box
    return Piece(text, scores, (x0 + x3) / 2, (y0 + y1) / 2, (x1 + x2) / 2, (y2 + y3) / 2)


def rows(found: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """Pieces of one row together, left to right; the rows top to bottom."""
    joined: list[list[Piece]] = []
    for piece in sorted(found, key=lambda piece: piece.left):
        row = next((row for row in joined if _continues(row[-1], piece)), None)
        if row is None:
            joined.append([piece])
        else:
            row.append(piece)
    return sorted(map(tuple, joined), key=lambda row: row[0].middle)


def _continues(last: Piece, piece: Piece) -> bool:
    height = min(last.height, piece.height)
    level = abs(last.middle - piece.middle) < height / 2 and max(last.height, piece.height) < 2 * height
    return level and -height < piece.left - last.right < GAP * height


def glyphs(row: Sequence[Piece]) -> Row:
    """A row's characters, each at its place: even within a piece, gaps between pieces kept."""
    left, width = row[0].left, max(row[-1].right - row[0].left, 1.0)
    return tuple(
        Glyph(((character, score),), (place - left) / width)
        for piece in row
        for character, score, place in zip(piece.text, piece.scores, _places(piece), strict=True)
    )


def _places(piece: Piece) -> Iterator[float]:
    pitch = (piece.right - piece.left) / len(piece.text)
    return (piece.left + (number + 0.5) * pitch for number in range(len(piece.text)))


def neighbours(upper: Sequence[Piece], lower: Sequence[Piece]) -> bool:
    """Whether the rows can be lines of one zone, one below the other: those are up to 2.5 characters' widths apart."""
    left, right = max(upper[0].left, lower[0].left), min(upper[-1].right, lower[-1].right)
    narrower = min(row[-1].right - row[0].left for row in (upper, lower))
    pitch = (upper[-1].right - upper[0].left) / sum(len(piece.text) for piece in upper)
    return right - left > narrower / 2 and 0 < lower[0].middle - upper[0].middle < 4 * pitch
