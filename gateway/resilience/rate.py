"""Calls per second, so that a vendor's quota is kept by waiting and not found out by refusals."""

from __future__ import annotations

from typing import Protocol

from gateway.state.store import Store


class Bucket(Protocol):
    """Where leave to call is fetched. Several gateways may share one."""

    async def take(self, cost: float, patience: float, /) -> float:
        """Seconds until the call may be made. Where that is more than ``patience``, nothing was taken.

        What was taken is not given back, even where the caller does not wait to the end: the quota is kept either way.
        """
        ...


class StoreBucket:
    """The bucket ``key`` of ``store``, which every gateway with the same store draws from."""

    def __init__(self, store: Store, key: str, rate: float, burst: float) -> None:
        self._store = store
        self._key = key
        self._rate = rate
        self._burst = burst

    async def take(self, cost: float, patience: float, /) -> float:
        return await self._store.take(self._key, self._rate, self._burst, cost, patience)


def burst_of(rate: float, burst: float | None) -> float:
    """How many may follow at once on a quiet time: ``burst``, or as many as ``rate`` allows in a second, 1 at least."""
    return max(rate, 1.0) if burst is None else burst
