"""The state of one process: all there is without Redis, and what decides while Redis does not answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Mapping
from typing import Final

from cachetools import LRUCache, TLRUCache

from gateway.state.bucket import TokenBucket

KEYS: Final = 10_000
"""Buckets, and sums, that are kept at most. Keys come from the configuration, so that this is far from reached."""


class MemoryStore:
    """A :class:`gateway.state.store.Store` that nobody else sees. ``clock`` gives seconds."""

    healthy: Final = True

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: LRUCache[str, TokenBucket] = LRUCache(KEYS)
        self._holders: dict[str, set[str]] = {}
        self._sums: TLRUCache[str, tuple[float, float]] = TLRUCache(
            KEYS, ttu=lambda _key, sum_, _now: sum_[1], timer=clock
        )

    async def take(self, key: str, rate: float, burst: float, cost: float, patience: float, /) -> float:
        bucket = self._buckets.get(key)
        if bucket is None or (bucket.rate, bucket.burst) != (rate, burst):
            bucket = self._buckets[key] = TokenBucket(rate, burst, clock=self._clock)
        return await bucket.take(cost, patience)

    async def acquire(self, key: str, most: int, /) -> str | None:
        holder = new_holder()
        return holder if self.hold(key, holder, most) else None

    async def release(self, key: str, holder: str, /) -> None:
        holders = self._holders.get(key, set())
        holders.discard(holder)
        if not holders:
            self._holders.pop(key, None)

    async def add(self, key: str, amount: float, seconds: float, /) -> float:
        if amount:
            self._sums[key] = self.sum(key) + amount, self._clock() + seconds
        return self.sum(key)

    def hold(self, key: str, holder: str, most: int | None = None) -> bool:
        """Note that ``holder`` has a place; False, and nothing noted, where ``most`` others have one."""
        holders = self._holders.get(key, set())
        if most is not None and len(holders) >= most:
            return False
        self._holders.setdefault(key, holders).add(holder)
        return True

    @property
    def holders(self) -> Mapping[str, Collection[str]]:
        """Who has places, by key; none without."""
        return self._holders

    def sum(self, key: str) -> float:
        """What this process has added under ``key``."""
        return self._sums.get(key, (0.0, 0.0))[0]


def new_holder() -> str:
    """A name that no other holder of a place has, in any process."""
    return secrets.token_hex(8)
