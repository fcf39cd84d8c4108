"""Keeps the calls to one upstream within what it takes: so many at once, so many a second, the others in a short queue."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta, Struct

from gateway.errors import UpstreamBusy
from gateway.model import Query, Recognition, Recognizer
from gateway.resilience.patience import patience
from gateway.resilience.rate import Bucket, burst_of
from gateway.resilience.slots import Slots
from gateway.state.bucket import TokenBucket

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
        return TokenBucket(self.rate, burst_of(self.rate, self.burst), clock=clock)


@dataclass(slots=True, eq=False)
class Load:
    """What goes on at one upstream: ``in_flight`` calls, of ``seconds`` each on average, and ``queued`` requests that wait."""

    slots: Slots
    seconds: float
    in_flight: int = 0
    queued: int = 0


class Limit:
    """Lets calls through in order of arrival, and refuses with :class:`UpstreamBusy` what would wait too long.

    A request waits once, for its place and then for its token, at most ``policy.wait`` and never so long that the call
    would be too late. Given the ``load`` of another, it counts what goes on there as well, by its own policy.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        name: str,
        policy: LimitPolicy,
        *,
        bucket: Bucket | None = None,
        load: Load | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._recognizer = recognizer
        self._name = name
        self._policy = policy
        self._bucket = bucket or policy.bucket(clock)
        self.load = load or Load(Slots(policy.concurrency), policy.wait)
        self.load.slots.resize(policy.concurrency)
        self._clock = clock
        self._sleep = sleep

    @property
    def in_flight(self) -> int:
        return self.load.in_flight

    @property
    def queued(self) -> int:
        return self.load.queued

    async def recognize(self, query: Query, /) -> Recognition:
        await self._enter(query.deadline)
        started = self._clock()
        self.load.in_flight += 1
        try:
            return await self._recognizer.recognize(query)
        finally:
            self.load.in_flight -= 1
            self.load.seconds += NEWEST * (self._clock() - started - self.load.seconds)
            self.load.slots.release()

    async def _enter(self, deadline: float) -> None:
        """Wait for a place and a token; raises :class:`UpstreamBusy` and holds neither where there is none in time."""
        now, load = self._clock(), self.load
        most = self._policy.wait if load.queued < self._policy.queue else 0.0
        until = now + patience(deadline, now, most)
        load.queued += 1
        try:
            if not await load.slots.acquire(until - now):
                seconds = load.seconds * load.queued / (load.slots.size or load.slots.taken)
                raise UpstreamBusy(f"{self._name}: too many calls at once", retry_after=max(SOONEST, seconds))
            try:
                await self._take(until)
            except BaseException:
                load.slots.release()
                raise
        finally:
            load.queued -= 1

    async def _take(self, until: float) -> None:
        if self._bucket is None:
            return
        left = max(0.0, until - self._clock())
        wait = await self._bucket.take(1.0, left)
        if wait > left:
            raise UpstreamBusy(f"{self._name}: too many calls a second", retry_after=max(SOONEST, wait))
        if wait > 0:
            await self._sleep(wait)
