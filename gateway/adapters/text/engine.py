"""What an engine gives: the lines of one page with positions and scores, and the day on which it read them."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Protocol, TypeAlias

import msgspec

from gateway.exchange import ImageLimits, VendorRequest, VendorResponse
from gateway.model import Query
from gateway.reader.text import Line, Point

Coordinate: TypeAlias = Annotated[float, msgspec.Meta(ge=-100_000, le=100_000)]
"""Pixels, a little outside of the picture at most."""

Corners: TypeAlias = tuple[Point, Point, Point, Point]
"""Clockwise from the top left of the text as it is read, however the page was turned."""


@dataclass(frozen=True, slots=True)
class PageText:
    """``answered_on`` is the day of the vendor's answer, if it told."""

    lines: tuple[Line, ...] = field(repr=False)
    answered_on: date | None


Reading: TypeAlias = Generator[VendorRequest, VendorResponse, PageText]


class Engine(Protocol):
    """One vendor's OCR: a frozen msgspec Struct of the options that it has."""

    @property
    def accepts(self) -> ImageLimits: ...

    def read(self, query: Query, /) -> Reading:
        """Ask for the text of the picture. Raises what the answer stands for where it is none."""
        ...


def line_of(parts: Iterable[tuple[str, float]], box: Corners) -> Line:
    """The line that ``parts`` make, strung together as they are; each has one score, 0..1, for all its characters."""
    scored = [(character, min(1.0, max(0.0, score))) for text, score in parts for character in text]
    text = "".join(" " if character.isspace() else character for character, _ in scored)
    return Line(text, box, tuple(score for _, score in scored))


def line_of_words(words: Iterable[tuple[str, float]], box: Corners) -> Line:
    """The same for words, with a blank between them."""
    spaced = [part for word, score in words for part in ((" ", score), (word, score))]
    return line_of(spaced[1:], box)
