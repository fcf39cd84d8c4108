"""Calls per second, so that a vendor's quota is kept by waiting and not found out by refusals."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol


class Bucket(Protocol):
    """Where leave to call is fetched. Several gateways may share one."""

    async def take(self, cost: float, patience: float, /) -> float:
        """Seconds until the call may be made. Where that is more than ``patience``, nothing was taken.

        What was taken is not given back, even where the caller does not wait to the end: the quota is kept either way.
        """
        ...


class TokenBucket:
    """Holds up to ``burst`` tokens and gains ``rate`` a second. Who must wait has its turn in order of asking."""

    def __init__(self, rate: float, burst: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._at = clock()

    async def take(self, cost: float, patience: float, /) -> float:
        now = self._clock()
        tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        wait = max(0.0, (cost - tokens) / self._rate)
        if wait <= patience:
            self._tokens, self._at = tokens - cost, now  # below zero is owed by those who wait
        return wait
