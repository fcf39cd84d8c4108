"""A vendor conversation described, not performed.

An adapter's ``exchange`` is a generator: it yields :class:`VendorRequest`, is sent :class:`VendorResponse`, and returns
an ``IdDocument``. It does no I/O, so a recorded case replays it without a network, and the same driver gives every
vendor its deadline, its signature and its metrics.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from gateway.model import Buffer, IdDocument, ImageFormat, Query


@dataclass(frozen=True, slots=True)
class VendorRequest:
    """One HTTP request to a vendor, unsigned. ``body`` is sent as its parts in order, never joined.

    ``url`` is absolute. ``delay`` is seconds to wait before sending, for vendors that are polled.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: tuple[Buffer, ...] = field(default=(), repr=False)
    delay: float = 0.0


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
    """What a vendor takes: formats, bytes of the file, and pixels of the shortest and longest side."""

    formats: frozenset[ImageFormat]
    max_bytes: int
    min_side: int = 1
    max_side: int = 8192


class Adapter(Protocol):
    """The code for one vendor's API: a frozen msgspec Struct whose fields are its YAML options."""

    @property
    def accepts(self) -> ImageLimits: ...

    def supports(self, query: Query, /) -> bool:
        """Whether this vendor can be asked for such a document at all."""
        ...

    def exchange(self, query: Query, /) -> Exchange: ...


class Credentials(Protocol):
    """Signs what an adapter yielded. ``send`` is for schemes that must first fetch a token."""

    async def authorize(self, request: VendorRequest, send: Send, /) -> VendorRequest: ...
