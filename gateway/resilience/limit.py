"""Keeps the calls to one upstream within what it takes: so many at once, so many a second, the others in a short queue."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Annotated

from msgspec import Meta, Struct

from gateway.errors import UpstreamBusy
from gateway.model import Query, Recognition, Recognizer
from gateway.resilience.patience import patience
from gateway.resilience.rate import Bucket, TokenBucket
from gateway.resilience.slots import Slots

SOONEST = 1.0
"""Seconds that a refused caller is asked to stay away at least."""

NEWEST = 0.2
"""Weight of the latest call in the mean time that a call takes."""


class LimitPolicy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much is asked of an upstream at a time."""

    concurrency: Annotated[int, Meta(ge=1, le=10_000, description="a whole number from 1 to 10000")] | None = 32
    """Calls at once; null for any number."""

    queue: Annotated[int, Meta(ge=0, le=10_000, description="a whole number from 0 to 10000")] = 64
    """Requests that may wait for their turn; more are refused at once, so that the next target can be asked."""

    wait: Annotated[float, Meta(ge=0, le=300, description="seconds from 0 to 300")] = 2.0
    """Seconds that one of them waits at most."""

    rate: Annotated[float, Meta(gt=0, le=100_000, description="a number above 0, at most 100000")] | None = None
    """Calls a second on average, such as the vendor's quota; absent for any number. ``0.5`` is one every two seconds."""

    burst: Annotated[float, Meta(ge=1, le=100_000, description="a number from 1 to 100000")] | None = None
    """Calls that may follow at once on a quiet time; where not given, as many as ``rate`` allows in a second, 1 at least."""

    def __post_init__(self) -> None:
        if self.burst is not None and self.rate is None:
            raise ValueError("burst: only together with rate")

    def bucket(self, clock: Callable[[], float]) -> Bucket | None:
        """The bucket of one gateway that shares its quota with no other."""
        if self.rate is None:
            return None
        return TokenBucket(self.rate, max(self.rate, 1.0) if self.burst is None else self.burst, clock=clock)


class Limit:
    """Lets calls through in order of arrival, and refuses with :class:`UpstreamBusy` what would wait too long.

    A request waits once, for its place and then for its token, at most ``policy.wait`` and never so long that the call
    would be too late. ``in_flight`` and ``queued`` are the numbers of calls under way and of requests that wait.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        name: str,
        policy: LimitPolicy,
        *,
        bucket: Bucket | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.in_flight = 0
        self.queued = 0
        self._recognizer = recognizer
        self._name = name
        self._policy = policy
        self._bucket = bucket or policy.bucket(clock)
        self._slots = None if policy.concurrency is None else Slots(policy.concurrency)
        self._clock = clock
        self._sleep = sleep
        self._seconds = policy.wait

    async def recognize(self, query: Query, /) -> Recognition:
        await self._enter(query.deadline)
        started = self._clock()
        self.in_flight += 1
        try:
            return await self._recognizer.recognize(query)
        finally:
            self.in_flight -= 1
            self._seconds += NEWEST * (self._clock() - started - self._seconds)
            self._leave()

    async def _enter(self, deadline: float) -> None:
        """Wait for a place and a token; raises :class:`UpstreamBusy` and holds neither where there is none in time."""
        now = self._clock()
        most = self._policy.wait if self.queued < self._policy.queue else 0.0
        until = now + patience(deadline, now, most)
        self.queued += 1
        try:
            if self._slots is not None and not await self._slots.acquire(until - now):
                seconds = self._seconds * self.queued / self._slots.size
                raise UpstreamBusy(f"{self._name}: too many calls at once", retry_after=max(SOONEST, seconds))
            try:
                await self._take(until)
            except BaseException:
                self._leave()
                raise
        finally:
            self.queued -= 1

    async def _take(self, until: float) -> None:
        if self._bucket is None:
            return
        left = max(0.0, until - self._clock())
        wait = await self._bucket.take(1.0, left)
        if wait > left:
            raise UpstreamBusy(f"{self._name}: too many calls a second", retry_after=max(SOONEST, wait))
        if wait > 0:
            await self._sleep(wait)

    def _leave(self) -> None:
        if self._slots is not None:
            self._slots.release()
