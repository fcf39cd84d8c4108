"""Azure AI Document Intelligence, the Read model: submitted and polled."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

import msgspec

from gateway.adapters.azure_service import AzureService, result
from gateway.adapters.status import answered_on
from gateway.adapters.text.engine import Coordinate, Corners, PageText, Reading, line_of_words
from gateway.model import Query
from gateway.reader.text import Line

Polygon = tuple[Coordinate, Coordinate, Coordinate, Coordinate, Coordinate, Coordinate, Coordinate, Coordinate]


class Span(msgspec.Struct):
    """Part of the page's whole text."""

    offset: int
    length: int

    @property
    def end(self) -> int:
        return self.offset + self.length


class PlacedLine(msgspec.Struct):
    polygon: Polygon
    spans: list[Span]


class Word(msgspec.Struct):
    """``confidence`` is 0 to 1."""

    content: str
    confidence: float
    span: Span


class Page(msgspec.Struct):
    lines: list[PlacedLine] = []
    words: list[Word] = []


class Analysis(msgspec.Struct):
    pages: list[Page]


class AzureRead(AzureService, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/documentintelligence/documentModels/prebuilt-read:analyze``."""

    def read(self, query: Query, /) -> Reading:
        ended = yield from self.operate("prebuilt-read", query)
        pages = result(ended, Analysis).pages[:1]
        return PageText(tuple(line for page in pages for line in _lines(page)), answered_on(ended.headers))


def _lines(page: Page) -> Iterator[Line]:
    """Lines have no score, so each is made of its words: those that begin within one of its spans."""
    spans = sorted((span.offset, span.end, number) for number, line in enumerate(page.lines) for span in line.spans)
    words: list[list[tuple[str, float]]] = [[] for _ in page.lines]
    for word in page.words:
        before = bisect_right(spans, word.span.offset, key=itemgetter(0))
        if before and word.span.offset < spans[before - 1][1]:
            words[spans[before - 1][2]].append((word.content, word.confidence))
    for line, inside in zip(page.lines, words, strict=True):
        if inside:
            yield line_of_words(inside, _corners(line.polygon))


def _corners(polygon: Polygon) -> Corners:
    x0, y0, x1, y1, x2, y2, x3, y3 = polygon
    return (x0, y0), (x1, y1), (x2, y2), (x3, y3)
