"""From an address to a store that is in use."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from gateway.events import Observer
from gateway.state.address import Address
from gateway.state.guarded import GuardedStore
from gateway.state.memory import MemoryStore
from gateway.state.store import Store


def has_client() -> bool:
    """Whether the extra ``redis`` is installed."""
    return find_spec("redis") is not None


def tls_context(authorities: Path | None) -> ssl.SSLContext:
    """Trusts the system's authorities, or those in a PEM file. Reads files; raises OSError."""
    return ssl.create_default_context(cafile=authorities)


@dataclass(frozen=True, slots=True)
class Place:
    """Where state is kept: at ``address``, with ``tls`` where that has TLS, or without one in this process."""

    address: Address | None = None
    tls: ssl.SSLContext | None = None


@asynccontextmanager
async def open_store(place: Place, *, observer: Observer) -> AsyncIterator[Store]:
    """The store in ``place``. A server that does not answer is no reason not to start: it is asked again later."""
    if place.address is None:
        yield MemoryStore()
        return
    from gateway.state.redis import RedisStore  # noqa: PLC0415 - an extra

    async with GuardedStore(RedisStore(place.address, place.tls), observer=observer) as store:
        yield store
