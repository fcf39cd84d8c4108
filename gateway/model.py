"""The domain vocabulary: what is asked, what is answered, and the one interface between the two.

Field names of :class:`IdDocument` are those of Huawei's ``IdDocumentItem`` so that one vocabulary serves from the
caller to the comparison report. Values are typed here; ``wire.encode`` gives them the old API's formats.
Everything personal is ``repr=False``: a document that reaches a log line by accident prints its kind and nothing else.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeAlias

Buffer: TypeAlias = bytes | memoryview


class DocumentType(StrEnum):
    """The old API's ``id_type``."""

    PASSPORT = "PP"
    DRIVING_LICENCE = "DL"
    IDENTITY_CARD = "ID"


class Side(StrEnum):
    """The old API's ``side``: front carries the portrait; single-sided documents are front."""

    FRONT = "front"
    BACK = "back"


class Sex(StrEnum):
    """The old API's ``sex``; X is "unspecified", as in ICAO Doc 9303-3 section 4.5."""

    FEMALE = "F"
    MALE = "M"
    UNSPECIFIED = "X"


class ImageFormat(StrEnum):
    """The four formats that the old API took."""

    JPEG = "jpeg"
    PNG = "png"
    BMP = "bmp"
    TIFF = "tiff"


class InputKind(StrEnum):
    """How the caller handed the picture over."""

    INLINE = "image"
    URL = "url"


@dataclass(frozen=True, slots=True, eq=False)
class DocumentImage:
    """One picture as it was received, inspected by its header alone and never decoded here.

    Exactly one of ``base64`` (a view into the received request body, so that nothing is copied) and ``content``
    (the file's bytes, for a downloaded picture) is set. ``width`` and ``height`` are pixels as stored, before any
    EXIF turn; ``size`` is the file's length in bytes.
    """

    format: ImageFormat
    width: int
    height: int
    size: int
    base64: Buffer | None = field(default=None, repr=False)
    content: Buffer | None = field(default=None, repr=False)

    def decoded(self) -> Buffer:
        """The file's bytes. Costs about 3 ms per MB when the picture came inline: call it off the event loop."""
        if self.content is not None:
            return self.content
        assert self.base64 is not None
        return binascii.a2b_base64(self.base64)

    def encoded(self) -> Buffer:
        """Base64 text of the file: the caller's own where there is one, else made now (call it off the event loop)."""
        if self.base64 is not None:
            return self.base64
        assert self.content is not None
        return binascii.b2a_base64(self.content, newline=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdDocument:
    """What was read of one side of one document. Absent is ``None``; an empty string never stands for absent.

    ``portrait_image`` is Base64 text, as vendors deliver it and as it goes out. ``confidence`` maps field names of this
    class to 0..1; a field that the vendor gave no score for has no entry. ``mrz`` is the machine readable zone, line by
    line as the vendor read it: what the other fields are checked against. It never goes out.
    """

    country_region: str | None = None
    id_type: DocumentType | None = None
    side: Side | None = None
    first_name: str | None = field(default=None, repr=False)
    last_name: str | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)
    nationality: str | None = field(default=None, repr=False)
    birth_date: date | None = field(default=None, repr=False)
    issue_date: date | None = field(default=None, repr=False)
    expiry_date: date | None = field(default=None, repr=False)
    document_number: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    issuing_authority: str | None = field(default=None, repr=False)
    portrait_image: Buffer | None = field(default=None, repr=False)
    confidence: Mapping[str, float] = field(default_factory=dict, repr=False)
    mrz: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one upstream: how it ended (``ok`` or an error's ``outcome``), seconds taken, price paid.

    ``fitted`` says what was done to the picture to be within the vendor's limits, such as ``tiff-to-jpeg 3000x2000``;
    empty where it went out as it came.
    """

    upstream: str
    outcome: str
    seconds: float
    cost: float = 0.0
    fitted: str = ""


class Trail:
    """What became of one request on its way: the route it took and every attempt, successful or not, in order.

    The one thing a request accumulates. It outlives a failure, which a :class:`Recognition` does not.
    """

    __slots__ = ("_attempts", "cache", "route")

    def __init__(self) -> None:
        self.route = ""
        """Name of the route that was chosen; empty while none is."""
        self.cache = ""
        """``hit``, ``miss``, or ``coalesced`` where the answer is that of an equal request under way; else empty."""
        self._attempts: list[Attempt] = []

    def add(self, attempt: Attempt) -> None:
        self._attempts.append(attempt)

    def __iter__(self) -> Iterator[Attempt]:
        return iter(self._attempts)

    def __len__(self) -> int:
        return len(self._attempts)

    @property
    def cost(self) -> float:
        return sum(attempt.cost for attempt in self._attempts)

    def next_kind(self, upstream: str) -> str:
        """How an attempt at ``upstream`` comes about now: the first, one more at the same, or one at another.

        Holds where attempts follow one another; one that is made beside others says itself what it is (``Query.purpose``).
        """
        if not self._attempts:
            return "primary"
        return "retry" if self._attempts[-1].upstream == upstream else "failover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One checked request on its way down the nest.

    ``countries`` (ISO 3166-1 alpha-3) and ``types`` are the caller's allow-lists; empty means any.
    ``deadline`` is a moment on the event loop's clock, in seconds. ``insist`` asks an upstream though its circuit is open,
    because there is no better one. ``purpose`` is the kind of attempt that this query makes, where that is not plain from
    the trail (``hedge``, ``last_resort``). ``no_store`` forbids keeping the answer for another request. ``headers`` are the
    caller's ``X-`` headers that some route looks at: pairs of lower-case name and value, sorted. ``target`` is the upstream
    that a permitted caller chose, empty where none did; ``alone`` forbids to ask another one after the first.
    """

    image: DocumentImage
    countries: frozenset[str] = frozenset()
    types: frozenset[DocumentType] = frozenset()
    portrait: bool = False
    input: InputKind = InputKind.INLINE
    caller: str = "anonymous"
    project_id: str = ""
    enterprise_project_id: str | None = None
    request_id: str = ""
    deadline: float
    insist: bool = False
    purpose: str = ""
    no_store: bool = False
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    target: str = ""
    alone: bool = False
    trail: Trail = field(default_factory=Trail, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Recognition:
    """A document and who read it. ``shortfall`` names what the route would have liked and nobody had.

    ``provenance`` is there where several were asked: for each field the upstreams that agree on it, first the one whose
    value it is. ``upstream`` is then the one that gave most fields.
    """

    document: IdDocument
    upstream: str
    shortfall: tuple[str, ...] = ()
    provenance: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Recognizer(Protocol):
    """Everything that answers: a vendor, the embedded reader, and every wrapper around them.

    Raises a subclass of :class:`gateway.errors.GatewayError` when there is no document to give.
    """

    async def recognize(self, query: Query, /) -> Recognition: ...
