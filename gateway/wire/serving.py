"""Who and what answers callers at the moment; the one place where a new configuration is put in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web

from gateway.events import Observer, Recorder
from gateway.image.load import ImageLoader
from gateway.model import Recognizer
from gateway.resilience.caller_limits import CallerLimits
from gateway.wire.auth import Callers
from gateway.wire.body import BodyMemory


@dataclass(frozen=True, slots=True, kw_only=True)
class WireSettings:
    """``deadline``: seconds for one request. ``body_memory``: bytes of pictures in flight. ``strict``: no header that
    the old API did not have. ``any_country``: callers may ask for more than Table 1.
    """

    deadline: float = 30.0
    body_memory: int = 512 * 1024 * 1024
    strict: bool = False
    any_country: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What one configuration answers with. With a ``recorder`` an answer goes out only once it is on record."""

    settings: WireSettings
    callers: Callers
    limits: CallerLimits
    recognizer: Recognizer
    loader: ImageLoader
    observer: Observer
    recorder: Recorder | None = None
    headers: frozenset[str] = frozenset()
    """Lower-case names of the headers that some route looks at."""


class Tenure:
    """The requests that have taken one configuration's parts."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.requests = 0
        self._over = asyncio.Event()
        self._last = False

    @contextmanager
    def taken(self) -> Iterator[Parts]:
        """The parts, for one request."""
        self.requests += 1
        try:
            yield self.parts
        finally:
            self.requests -= 1
            self._look()

    def end(self) -> None:
        """No request comes any more."""
        self._last = True
        self._look()

    async def over(self) -> None:
        """Returns when the last request is over."""
        await self._over.wait()

    def _look(self) -> None:
        if self._last and not self.requests:
            self._over.set()


class Serving:
    """A request takes all its parts at once, when it comes, and keeps them to its end: those of one configuration are
    never mixed with those of another. ``memory`` is one for all; ``under_way`` counts the requests being worked on.
    """

    def __init__(self, parts: Parts) -> None:
        self.memory = BodyMemory(parts.settings.body_memory)
        self.under_way = 0
        self.tenure = Tenure(parts)
        """That of the parts which are in force."""

    def replace(self, parts: Parts) -> Tenure:
        """From now on, requests get ``parts``. Returns the tenure that has ended."""
        before, self.tenure = self.tenure, Tenure(parts)
        self.memory.limit = parts.settings.body_memory
        before.end()
        return before


SERVING = web.AppKey("serving", Serving)
PARTS = web.RequestKey("parts", Parts)
"""What a request has taken."""
