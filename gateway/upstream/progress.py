"""Watches one HTTP request on its way: how far it has come, and whether it still moves."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum
from types import SimpleNamespace, TracebackType
from typing import Self

import aiohttp


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds without which a vendor is given up, each of them a part of the attempt's own time."""

    connect: float = 3.0
    """For name look-up, connection and TLS together."""

    first_byte: float = 20.0
    """From the end of the request to the answer's headers."""

    idle: float = 10.0
    """From one part of a body to the next, the request's as well as the answer's."""


class Stage(Enum):
    """What is waited for; the value is what to say when it does not come."""

    CONNECTION = "no connection in time"
    TAKEN = "the request was not taken in time"
    ANSWER = "the answer did not begin in time"
    REST = "the answer stopped halfway"


class Progress:
    """Ends what is done under it with a TimeoutError when the request has not moved for as long as ``timeouts`` allow.

    The time for the connection is the client's own business. ``reused`` tells whether the connection had been used before.
    """

    def __init__(self, timeouts: Timeouts) -> None:
        self.stage = Stage.CONNECTION
        self.reused = False
        self.timeouts = timeouts
        self._limit = asyncio.timeout(None)
        self._left = False

    async def __aenter__(self) -> Self:
        await self._limit.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left = True
        await self._limit.__aexit__(kind, error, trace)

    def taken(self) -> None:
        """The vendor has let us send some more."""
        self._allow(Stage.TAKEN, self.timeouts.idle)

    def sent(self) -> None:
        """The request is on its way as a whole."""
        self._allow(Stage.ANSWER, self.timeouts.first_byte)

    def answered(self) -> None:
        """The headers, or some more of the body, are here."""
        self._allow(Stage.REST, self.timeouts.idle)

    def _allow(self, stage: Stage, seconds: float) -> None:
        # A vendor may answer before it was sent everything: the rest of the request then changes nothing.
        if self._left or self._limit.expired() or (self.stage is Stage.REST and stage is not Stage.REST):
            return
        self.stage = stage
        self._limit.reschedule(asyncio.get_running_loop().time() + seconds)


def tracing() -> aiohttp.TraceConfig:
    """Tells the :class:`Progress` that a request was made with, as its ``trace_request_ctx``, what the client alone knows."""
    config = aiohttp.TraceConfig()
    config.on_connection_reuseconn.append(_reused)
    config.on_request_headers_sent.append(_headers_sent)
    return config


async def _reused(_session: aiohttp.ClientSession, context: SimpleNamespace, _about: object) -> None:
    if isinstance(progress := context.trace_request_ctx, Progress):
        progress.reused = True


async def _headers_sent(
    _session: aiohttp.ClientSession, context: SimpleNamespace, about: aiohttp.TraceRequestHeadersSentParams
) -> None:
    if not isinstance(progress := context.trace_request_ctx, Progress):
        return
    if about.headers.get("Content-Length", "0") == "0":
        progress.sent()
    else:
        progress.taken()
