"""Keeps the calls that all replicas together have under way at one upstream within what it takes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from gateway.errors import UpstreamBusy
from gateway.model import Query, Recognition, Recognizer
from gateway.resilience.patience import patience
from gateway.state.store import Store

LOOK: Final = 0.1
"""Seconds between two looks whether another replica has given a place back: nobody tells."""

SOONEST: Final = 1.0
"""Seconds that a refused caller is asked to stay away."""


class Places:
    """One of ``most`` places for every call, which it has until it ends, or until its process is gone.

    A request waits ``wait`` seconds at most, and never so long that the call would be too late; then
    :class:`UpstreamBusy`. Where the shared state does not answer, each replica has ``most`` places of its own.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        name: str,
        most: int,
        wait: float,
        store: Store,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._recognizer = recognizer
        self._name = name
        self._most = most
        self._wait = wait
        self._store = store
        self._clock = clock
        self._sleep = sleep

    async def recognize(self, query: Query, /) -> Recognition:
        key = f"upstream:{self._name}"
        now = self._clock()
        until = now + patience(query.deadline, now, self._wait)
        while (holder := await self._store.acquire(key, self._most)) is None:
            if self._clock() + LOOK > until:
                raise UpstreamBusy(f"{self._name}: too many calls at once in all replicas", retry_after=SOONEST)
            await self._sleep(LOOK)
        try:
            return await self._recognizer.recognize(query)
        finally:
            await self._store.release(key, holder)
