"""A vendor conversation described, not performed.

An adapter's ``exchange`` is a generator: it yields :class:`VendorRequest`, is sent :class:`VendorResponse`, and returns
an ``IdDocument``. It does no I/O, so a recorded case replays it without a network, and the same driver gives every
vendor its deadline, its signature and its metrics.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from gateway.model import Buffer, DocumentType, IdDocument, ImageFormat, Query


@dataclass(frozen=True, slots=True)
class VendorRequest:
    """One HTTP request to a vendor, unsigned. ``body`` is sent as its parts in order, never joined.

    ``url`` is absolute, and every request of one exchange goes to the origin of its first. ``delay`` is seconds to wait
    before sending, for vendors that are polled. ``repeatable`` marks what costs nothing to ask again, such as the state of
    a job: the driver repeats it after a connection failure, a 429 or a 5xx, where it would fail the exchange otherwise.
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: tuple[Buffer, ...] = field(default=(), repr=False)
    delay: float = 0.0
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class VendorResponse:
    """One HTTP answer. Header names are lower case; ``body`` is complete and decompressed."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


Exchange: TypeAlias = Generator[VendorRequest, VendorResponse, IdDocument]
Send: TypeAlias = Callable[[VendorRequest], Awaitable[VendorResponse]]


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """What a vendor takes: formats, bytes of the file, and pixels of the shortest and longest side.

    A picture in another format, of more bytes or of more pixels is made to fit before the adapter sees it; one with a
    side below ``min_side`` cannot be.
    """

    formats: frozenset[ImageFormat]
    max_bytes: int
    min_side: int = 1
    max_side: int = 8192


class Evidence(StrEnum):
    """How good the word is that a vendor reads a pair."""

    LISTED = "listed"
    """The vendor's documentation names the document."""

    GENERAL = "general"
    """Only a general claim covers it: worldwide, or "any machine readable passport"."""

    ZONE = "zone"
    """What the machine readable zone says, and nothing of the rest of the page."""

    WITHDRAWN = "withdrawn"
    """The vendor has taken it offline: only a private or older installation may still have it."""


Coverage: TypeAlias = Mapping[tuple[str, DocumentType], Evidence]
"""By country (ISO 3166-1 alpha-3) and type; a pair that cannot be read has no entry."""


class Adapter(Protocol):
    """The code for one vendor's API: a frozen msgspec Struct whose fields are its YAML options."""

    @property
    def endpoint(self) -> str:
        """Scheme, host and whatever else begins every URL of this vendor."""
        ...

    @property
    def accepts(self) -> ImageLimits: ...

    @property
    def coverage(self) -> Coverage:
        """Which of the pairs of Table 1 these options can read, and on whose word."""
        ...

    def supports(self, query: Query, /) -> bool:
        """Whether this vendor can be asked for such a document at all."""
        ...

    def exchange(self, query: Query, /) -> Exchange:
        """Ask for ``query``, whose image is within ``accepts``. The document may hold more than was asked for."""
        ...


class Credentials(Protocol):
    """Signs what an adapter yielded. ``send`` is for schemes that must first fetch a token."""

    async def authorize(self, request: VendorRequest, send: Send, /) -> VendorRequest: ...

    def refused(self, request: VendorRequest, response: VendorResponse, /) -> bool:
        """Whether ``response`` refuses the authorization of ``request`` and another one may be accepted: a token that
        can be fetched anew, a clock that the answer has corrected. What was wrong is forgotten by then; the driver asks
        once more. Always False for what never changes.
        """
        ...
