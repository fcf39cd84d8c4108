"""A token bucket of one process."""

from __future__ import annotations

import time
from collections.abc import Callable


class TokenBucket:
    """Holds up to ``burst`` tokens and gains ``rate`` a second. Who must wait has its turn in order of asking."""

    def __init__(self, rate: float, burst: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self.burst = burst
        self._clock = clock
        self._tokens = burst
        self._at = clock()

    async def take(self, cost: float, patience: float, /) -> float:
        """Seconds until the tokens may be used. Where that is more than ``patience``, nothing was taken."""
        now = self._clock()
        tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
        wait = max(0.0, (cost - tokens) / self.rate)
        if wait <= patience:
            self._tokens, self._at = tokens - cost, now  # below zero is owed by those who wait
        return wait
