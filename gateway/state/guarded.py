"""Shared state that a request never waits long for, and that this process stands in for where it does not answer."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Final, ParamSpec, Self, TypeVar

from cachetools import LRUCache

from gateway import tasks
from gateway.events import Observer
from gateway.state.allowance import SECONDS, allowance
from gateway.state.guard import Guard
from gateway.state.memory import KEYS, MemoryStore, new_holder
from gateway.state.store import SharedState, StateUnavailable

P = ParamSpec("P")
T = TypeVar("T")

LEASE: Final = 30.0
"""Seconds after which the places of a process that died are free."""

ROUND: Final = 5.0
"""Seconds between two rounds in which places are renewed and what could not be said is said again."""

WORTHWHILE: Final = 0.005
"""Seconds of a request's allowance that must be left to ask with."""

CONNECT: Final = 1.0
"""Seconds that a probe may take to connect and log in. No request waits for it."""


class GuardedStore:
    """A :class:`gateway.state.store.Store` over ``shared``, to be entered. Leaving it closes ``shared``.

    Whatever ``shared`` grants is noted in a local store, which so knows what this process has had of everything, and
    decides where ``shared`` does not. Each replica then keeps the whole limit by itself: nobody is refused for nothing,
    and nothing is without a limit. ``clock`` gives seconds.
    """

    def __init__(self, shared: SharedState, *, observer: Observer, clock: Callable[[], float] = time.monotonic) -> None:
        self._shared = shared
        self._local = MemoryStore(clock=clock)
        self._guard = Guard(observer, clock)
        self._others: LRUCache[str, float] = LRUCache(KEYS)
        self._unsaid: dict[str, float] = {}  # sums that it may not have, with the seconds to keep them
        self._left: dict[str, set[str]] = {}  # places that it may take for taken
        self._keeper: asyncio.Task[None] | None = None

    @property
    def healthy(self) -> bool:
        return self._guard.healthy

    async def __aenter__(self) -> Self:
        await self._probe()
        self._keeper = tasks.start(self._keep(), name="shared state")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._keeper is not None:
            await tasks.stop(self._keeper)
        await self._say_again()
        await self._shared.close()

    async def take(self, key: str, rate: float, burst: float, cost: float, patience: float, /) -> float:
        try:
            wait = await self._ask(self._shared.take, key, rate, burst, cost, patience)
        except StateUnavailable:
            return await self._local.take(key, rate, burst, cost, patience)
        if wait <= patience:
            await self._local.take(key, rate, burst, cost, math.inf)
        return wait

    async def acquire(self, key: str, most: int, /) -> str | None:
        holder = new_holder()
        try:
            granted = await self._ask(self._shared.acquire, key, holder, most, LEASE)
        except StateUnavailable:
            granted = self._local.hold(key, holder, most)
            if not granted:  # it may have been heard all the same
                self._left.setdefault(key, set()).add(holder)
        except asyncio.CancelledError:
            self._left.setdefault(key, set()).add(holder)
            raise
        else:
            if granted:
                self._local.hold(key, holder)
        return holder if granted else None

    async def release(self, key: str, holder: str, /) -> None:
        await self._local.release(key, holder)
        self._left.setdefault(key, set()).add(holder)
        await self._say_left(key)

    async def add(self, key: str, amount: float, seconds: float, /) -> float:
        await self._local.add(key, amount, seconds)
        if amount:
            self._unsaid[key] = seconds
        return await self._say_sum(key, seconds)

    async def tend(self) -> None:
        """One round: look whether ``shared`` answers; where it does, renew places and say what it does not know."""
        if self._guard.probe_due:
            await self._probe()
        elif self.healthy:
            await self._tell(self._shared.ping)
        if not self.healthy:
            self._left.clear()  # these places end before it is asked again
            return
        for key, holders in list(self._local.holders.items()):
            await self._tell(self._shared.renew, key, tuple(holders), LEASE)
        await self._say_again()

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(ROUND)
            await self.tend()

    async def _probe(self) -> None:
        """Connect without haste, then see whether an answer comes in time."""
        try:
            for seconds in (CONNECT, SECONDS):
                async with asyncio.timeout(seconds):
                    await self._shared.ping()
        except (StateUnavailable, TimeoutError) as error:
            self._guard.rest(_reason(error))
        else:
            self._guard.resume()

    async def _ask(self, method: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
        """What ``shared`` says. Raises :class:`StateUnavailable` where it says nothing in the time there is."""
        patience = allowance()
        if not self.healthy or patience.left < WORTHWHILE:
            raise StateUnavailable("not asked")
        began, loop = self._guard.begin(), asyncio.get_running_loop()
        started = loop.time()
        try:
            async with asyncio.timeout(patience.left):
                answer = await method(*args, **kwargs)
        except (StateUnavailable, TimeoutError) as error:
            self._guard.failed(began, _reason(error))
            raise StateUnavailable(_reason(error)) from error
        finally:
            patience.spend(loop.time() - started)
        self._guard.succeeded()
        return answer

    async def _tell(self, method: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Whether ``shared`` has heard it."""
        try:
            await self._ask(method, *args, **kwargs)
        except StateUnavailable:
            return False
        return True

    async def _say_sum(self, key: str, seconds: float) -> float:
        mine = self._local.sum(key)
        try:
            self._others[key] = await self._ask(self._shared.tally, key, mine, seconds)
        except StateUnavailable:
            pass
        else:
            if self._local.sum(key) == mine:
                self._unsaid.pop(key, None)
        return self._local.sum(key) + self._others.get(key, 0.0)

    async def _say_left(self, key: str) -> None:
        holders = frozenset(self._left.get(key, ()))
        if holders and await self._tell(self._shared.release, key, holders):
            still = self._left.get(key, set()) - holders
            if still:
                self._left[key] = still
            else:
                self._left.pop(key, None)

    async def _say_again(self) -> None:
        for key in list(self._left):
            await self._say_left(key)
        for key, seconds in list(self._unsaid.items()):
            await self._say_sum(key, seconds)


def _reason(error: Exception) -> str:
    """What may be logged: the name of a failure."""
    return "too slow" if isinstance(error, TimeoutError) else str(error)
