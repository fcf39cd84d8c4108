"""Google Cloud Vision, DOCUMENT_TEXT_DETECTION: scores of single characters."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.status import answered_on
from gateway.adapters.text.engine import Coordinate, PageText, Reading, line_of
from gateway.adapters.text.google_errors import Status, refusal, refusal_of_picture
from gateway.errors import UpstreamProtocolError
from gateway.exchange import ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query
from gateway.reader.text import Line, Point

MAX_BYTES = (10_000_000 - 1_000) // 4 * 3
"""Of the file: a request of 10 MB is taken, and the picture is in it as Base64."""

BLANKS = frozenset({"SPACE", "SURE_SPACE"})
LINE_ENDS = frozenset({"EOL_SURE_SPACE", "HYPHEN", "LINE_BREAK"})


class Vertex(msgspec.Struct):
    """A coordinate of 0 is left out."""

    x: Coordinate = 0
    y: Coordinate = 0

    @property
    def point(self) -> Point:
        return self.x, self.y


class Box(msgspec.Struct):
    vertices: tuple[Vertex, Vertex, Vertex, Vertex]


class Break(msgspec.Struct, frozen=True):
    type: str = "UNKNOWN"


class Property(msgspec.Struct, frozen=True, rename="camel"):
    detected_break: Break = Break()


class Symbol(msgspec.Struct, rename={"extra": "property"}):
    """One character; its score may be left out."""

    text: str
    confidence: float | None = None
    extra: Property = Property()

    @property
    def followed_by(self) -> str:
        return self.extra.detected_break.type


class Word(msgspec.Struct, rename="camel"):
    bounding_box: Box
    symbols: list[Symbol]
    confidence: float = 0.0


class Paragraph(msgspec.Struct):
    words: list[Word] = []


class Block(msgspec.Struct):
    paragraphs: list[Paragraph] = []


class Page(msgspec.Struct):
    blocks: list[Block] = []


class Annotation(msgspec.Struct):
    pages: list[Page] = []


class Response(msgspec.Struct, rename="camel"):
    """Of one picture. One without text has nothing in it."""

    full_text_annotation: Annotation | None = None
    error: Status | None = None


class Answer(msgspec.Struct):
    responses: list[Response]


class GoogleVision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/v1/images:annotate``."""

    endpoint: str
    """``https://vision.googleapis.com``, or a region's: ``https://eu-vision.googleapis.com``."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)

    @property
    def accepts(self) -> ImageLimits:
        return ImageLimits(frozenset({ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.BMP}), MAX_BYTES)

    def read(self, query: Query, /) -> Reading:
        asked = {"image": {"content": IMAGE}, "features": [{"type": "DOCUMENT_TEXT_DETECTION"}]}
        response = yield VendorRequest(
            "POST",
            f"{self.endpoint.rstrip('/')}/v1/images:annotate",
            {"content-type": "application/json"},
            json_body({"requests": [asked]}, query.image),
        )
        if response.status != 200:
            raise refusal(response)
        answers = decode(response.body, Answer).responses
        if len(answers) != 1:
            raise UpstreamProtocolError("not one answer for one picture")
        if answers[0].error is not None:
            raise refusal_of_picture(response, answers[0].error)
        annotation = answers[0].full_text_annotation or Annotation()
        return PageText(tuple(_lines(annotation)), answered_on(response.headers))


def _lines(annotation: Annotation) -> Iterator[Line]:
    """Lines are not told apart but by the breaks behind their last characters; a paragraph also ends one."""
    for page in annotation.pages:
        for block in page.blocks:
            for paragraph in block.paragraphs:
                line: list[Word] = []
                for word in paragraph.words:
                    line.append(word)
                    if word.symbols and word.symbols[-1].followed_by in LINE_ENDS:
                        yield _line(line)
                        line = []
                if line:
                    yield _line(line)


def _line(words: list[Word]) -> Line:
    parts: list[tuple[str, float]] = []
    for word in words:
        for symbol in word.symbols:
            score = word.confidence if symbol.confidence is None else symbol.confidence
            parts.append((symbol.text, score))
            if symbol.followed_by in BLANKS:
                parts.append((" ", score))
    first, last = words[0].bounding_box.vertices, words[-1].bounding_box.vertices
    return line_of(parts, (first[0].point, last[1].point, last[2].point, first[3].point))
