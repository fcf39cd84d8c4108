"""Money for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from gateway.clock import wall_clock
from gateway.state.store import Store

KEPT: Final = 2 * 86400.0
"""Seconds for which a day's sum is kept after the last that was added to it."""

_ROUNDING: Final = 1e-9
"""By this much a sum of prices may be off: ten times 0.1 is a little less than 1."""


class Purse:
    """What ``name`` may spend in a day, which ends at midnight UTC, and what it has spent of it in all replicas."""

    def __init__(self, store: Store, name: str, budget: float, *, now: Callable[[], datetime] = wall_clock) -> None:
        self._store = store
        self._name = name
        self._budget = budget
        self._now = now

    async def empty_for(self) -> float:
        """Seconds until there is money again; 0 while there is some."""
        now = self._now()
        if await self._store.add(self._key(now), 0.0, KEPT) < self._budget - _ROUNDING:
            return 0.0
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return (midnight - now).total_seconds()

    async def spend(self, amount: float) -> None:
        """Take out ``amount``, whether it is there or not. Counts from the moment of the call, even if cancelled."""
        if amount:
            await self._store.add(self._key(self._now()), amount, KEPT)

    def _key(self, now: datetime) -> str:
        return f"{self._name}:{now.date().isoformat()}"
