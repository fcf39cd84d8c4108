"""What waits to be compared, and what is being compared: bounded in number, in bytes and in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import dataclass
from typing import Final

from gateway.model import DocumentImage
from gateway.resilience.same import received
from gateway.resilience.slots import Slots
from gateway.tasks import BackgroundTasks, TaskGroupFull

MEMORY: Final = 64 * 2**20
"""Bytes of request bodies that are kept alive: the 13 MB of the largest picture about five times."""

MOST: Final = 1000
"""Comparisons in all, waiting and under way."""

HEAD_START: Final = 0.05
"""Seconds in which the answer is written to its caller before anything else is done with the picture."""

LONGEST_WAIT: Final = 600.0
"""Seconds after which a comparison that has not had its turn is dropped."""


@dataclass(slots=True)
class Lane:
    """What waits for one upstream, and the places there."""

    slots: Slots
    waiting: int = 0

    def takes(self, queue: int) -> bool:
        """Whether one more finds a place at once, or room to wait among up to ``queue`` that do not."""
        places = 0 if self.slots.size is None else self.slots.size - self.slots.taken
        return self.waiting < max(0, places) + queue


class Backlog:
    """Shared by the shadows of all routes. ``held`` is the number of bytes that are kept for them.

    Each comparison is a task from the beginning, in a context of its own: nothing of the request's, neither its end nor its
    time, reaches it.
    """

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        most: int = MOST,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.held = 0
        self._memory = memory
        self._sleep = sleep
        self._tasks = BackgroundTasks(most)
        self._lanes: dict[str, Lane] = {}

    @property
    def size(self) -> int:
        """Comparisons waiting and under way."""
        return len(self._tasks)

    def lane(self, upstream: str, concurrency: int) -> Lane:
        """The one of ``upstream``, with room for as many at once as the most demanding who asks for it wants."""
        lane = self._lanes.setdefault(upstream, Lane(Slots(concurrency)))
        if lane.slots.size is not None and lane.slots.size < concurrency:
            lane.slots.resize(concurrency)
        return lane

    def start(
        self,
        lane: Lane,
        queue: int,
        image: DocumentImage,
        work: Callable[[], Awaitable[None]],
        lost: Callable[[str], None],
    ) -> None:
        """Do ``work`` when it is its turn, for which up to ``queue`` others may already wait. Otherwise call ``lost`` with
        the reason, now or later: ``queue``, ``bytes`` or ``stop``.
        """
        size = kept_alive(image)
        if not lane.takes(queue):
            lost("queue")
            return
        if self.held + size > self._memory:
            lost("bytes")
            return
        lane.waiting += 1
        self.held += size
        try:
            Context().run(self._tasks.start, self._run(lane, size, work, lost), name="shadow")
        except TaskGroupFull:
            lane.waiting -= 1
            self.held -= size
            lost("queue")

    async def drain(self, seconds: float) -> int:
        """Wait up to ``seconds`` for all comparisons, give up the rest, and return how many those were."""
        return await self._tasks.drain(seconds)

    async def _run(
        self, lane: Lane, size: int, work: Callable[[], Awaitable[None]], lost: Callable[[str], None]
    ) -> None:
        try:
            if not await self._turn(lane):
                lost("queue")
                return
            try:
                await work()
            finally:
                lane.slots.release()
        except asyncio.CancelledError:
            lost("stop")
            raise
        finally:
            self.held -= size

    async def _turn(self, lane: Lane) -> bool:
        """Wait for it; False where it did not come in time."""
        try:
            await self._sleep(HEAD_START)
            return await lane.slots.acquire(LONGEST_WAIT)
        finally:
            lane.waiting -= 1


def kept_alive(image: DocumentImage) -> int:
    """Bytes that stay in memory as long as ``image`` does: all of the request body where it is a view into that."""
    return memoryview(memoryview(received(image)).obj).nbytes
