"""Keeps each caller within what it may ask for: so often, so much at once, for so much money a day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated

from msgspec import Meta, Struct

from gateway.errors import BudgetSpent, ConcurrencyExceeded, RateExceeded
from gateway.resilience.rate import burst_of
from gateway.state.purse import Purse
from gateway.state.store import Store

SOONEST = 1.0
"""Seconds after which a caller with too much under way is told to come again: when any of it ends is not known."""


class CallerLimitPolicy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one caller may ask of all replicas together. What is absent is without a limit."""

    rate: Annotated[float, Meta(gt=0, le=100_000, description="a number above 0, at most 100000")] | None = None
    """Requests a second on average; one more is refused."""

    burst: Annotated[float, Meta(ge=1, le=100_000, description="a number from 1 to 100000")] | None = None
    """Requests that may follow at once on a quiet time; where not given, as many as ``rate`` allows in a second, 1 at least."""

    concurrency: Annotated[int, Meta(ge=1, le=10_000, description="a whole number from 1 to 10000")] | None = None
    """Requests under way at once."""

    budget: Annotated[float, Meta(gt=0, description="an amount of money above 0")] | None = None
    """Money for a day, which ends at midnight UTC: the prices of all attempts made for the caller's requests. Once it is
    spent requests are refused; those under way may exceed it, each by its own price."""

    def __post_init__(self) -> None:
        if self.burst is not None and self.rate is None:
            raise ValueError("burst: only together with rate")


class CallerLimits:
    """``policies`` by the caller's name. ``purses`` are those of callers with a budget."""

    def __init__(self, policies: Mapping[str, CallerLimitPolicy], store: Store) -> None:
        self.purses: Mapping[str, Purse] = {
            name: Purse(store, _key(name), policy.budget)
            for name, policy in policies.items()
            if policy.budget is not None
        }
        self._policies = policies
        self._store = store

    @asynccontextmanager
    async def within(self, caller: str) -> AsyncIterator[None]:
        """For as long as one request of ``caller`` is under way.

        Raises :class:`RateExceeded`, :class:`BudgetSpent` and :class:`ConcurrencyExceeded`, in this order, so that what
        comes in masses is refused with the least work.
        """
        policy = self._policies.get(caller)
        if policy is None:
            yield
            return
        await self._keep_rate(caller, policy)
        await self._keep_budget(caller)
        if policy.concurrency is None:
            yield
            return
        holder = await self._store.acquire(_key(caller), policy.concurrency)
        if holder is None:
            raise ConcurrencyExceeded(f"account {caller}: too many requests at once", retry_after=SOONEST)
        try:
            yield
        finally:
            await self._store.release(_key(caller), holder)

    async def _keep_rate(self, caller: str, policy: CallerLimitPolicy) -> None:
        if policy.rate is None:
            return
        burst = burst_of(policy.rate, policy.burst)
        wait = await self._store.take(_key(caller), policy.rate, burst, 1.0, 0.0)
        if wait > 0:
            raise RateExceeded(f"account {caller}: too many requests a second", retry_after=wait)

    async def _keep_budget(self, caller: str) -> None:
        purse = self.purses.get(caller)
        if purse is None:
            return
        empty_for = await purse.empty_for()
        if empty_for > 0:
            raise BudgetSpent(f"account {caller}: the budget of the day is spent", retry_after=empty_for)


def _key(caller: str) -> str:
    return f"account:{caller}"
