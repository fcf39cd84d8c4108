"""The machine readable zones in a page's lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from gateway.adapters.text.pieces import Piece, glyphs, neighbours
from gateway.reader.mrz.fit import GUESS
from gateway.reader.mrz.glyph import FILLER, Glyph, Row, text_of
from gateway.reader.mrz.layout import LAYOUTS, Layout
from gateway.reader.mrz.read import best_zone
from gateway.reader.mrz.tail import END
from gateway.reader.mrz.zone import Zone

MOST_ROWS = 6
"""Rows that look like a zone's, one below the other; the lowest are looked at, as there a zone is."""

FILLERS = 3
"""In a row, from which it can be nothing but a zone's."""


@dataclass(frozen=True, slots=True)
class FoundZone:
    """A zone and the rows that it is made of, top to bottom."""

    zone: Zone
    rows: tuple[tuple[Piece, ...], ...]

    @property
    def rank(self) -> tuple[bool, float]:
        return self.zone.valid, self.zone.merit


def found_zones(rows: Sequence[tuple[Piece, ...]]) -> list[FoundZone]:
    """The best zone of each group of rows that has one, the likeliest first."""
    best = (max(_zones(band), key=attrgetter("rank"), default=None) for band in _bands(rows))
    return sorted((found for found in best if found is not None), key=attrgetter("rank"), reverse=True)


def looks_like_zone(row: Sequence[Piece]) -> bool:
    """Whether the row can be a line of a zone: fillers, or capitals and figures of about the right number."""
    text = "".join(piece.text for piece in row)
    return text.count(FILLER) >= FILLERS or (26 <= len(text) <= 50 and sum(map(str.isdigit, text)) >= 8)


def _bands(rows: Sequence[tuple[Piece, ...]]) -> list[list[tuple[Piece, ...]]]:
    """Rows like a zone's that stand one below the other."""
    bands: list[list[tuple[Piece, ...]]] = []
    for row in filter(looks_like_zone, rows):
        band = next((band for band in bands if neighbours(band[-1], row)), None)
        if band is None:
            bands.append([row])
        else:
            band.append(row)
    return [band[-MOST_ROWS:] for band in bands]


def _zones(band: Sequence[tuple[Piece, ...]]) -> Iterator[FoundZone]:
    for layout in LAYOUTS:
        height, names = len(layout.kinds), layout.fields["names"].line
        for top in range(len(band) - height + 1):
            rows = tuple(band[top : top + height])
            run = [_filled(glyphs(row), layout) if line == names else glyphs(row) for line, row in enumerate(rows)]
            if (zone := best_zone(run)) is not None:
                yield FoundZone(zone, rows)


def _filled(row: Row, layout: Layout) -> Row:
    """A line of names with as many fillers behind them as it has to have; engines count them badly.

    What follows three of them is none of the names (ICAO Doc 9303-3 section 4.6). Where their number was wrong and no two
    divide the names, one of the two may be lost: all names are then as doubtful as a character that was put in.
    """
    text = text_of(row)
    end = text.find(END) if END in text else len(text.rstrip(FILLER))
    start = layout.fields["names"].start
    if not start < end <= layout.width:
        return row
    names = row[start:end]
    if len(row) != layout.width and FILLER * 2 not in text[start:end] and FILLER in text[start:end]:
        names = tuple(Glyph(((glyph.character, min(glyph.score, GUESS)),), glyph.x) for glyph in names)
    return (*row[:start], *names, *(Glyph(((FILLER, GUESS),), 1.0),) * (layout.width - end))
