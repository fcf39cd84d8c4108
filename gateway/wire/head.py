"""The head of a request as it was received, byte for byte: what a client has signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Head:
    """``target`` is the request line's path with its query, undecoded. ``fields`` are the headers by lower-case name, each
    with its values in the order in which they came, without outer blanks.
    """

    method: str
    target: bytes
    fields: Mapping[str, tuple[bytes, ...]] = field(repr=False)

    @classmethod
    def of(cls, request: web.Request) -> Self:
        fields: dict[str, tuple[bytes, ...]] = {}
        for name, value in request.raw_headers:
            key = name.decode("latin-1").lower()
            fields[key] = (*fields.get(key, ()), value)
        return cls(request.method, request.raw_path.encode("utf-8", "surrogateescape"), fields)

    def values(self, name: str) -> tuple[bytes, ...]:
        return self.fields.get(name.lower(), ())

    def text(self, name: str) -> str:
        """The header's first value; empty where there is none. Bytes that are not UTF-8 become lone surrogates."""
        return self.values(name)[0].decode("utf-8", "surrogateescape") if self.values(name) else ""
