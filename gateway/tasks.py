"""Tasks: those that their starter awaits, and background ones that are named, bounded in number and drained at shutdown."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")


def start(work: Coroutine[Any, Any, T], *, name: str) -> asyncio.Task[T]:
    """Run ``work`` beside its starter, who holds the task, awaits it and cancels it when it is not needed any more."""
    return asyncio.get_running_loop().create_task(work, name=name)


async def stop(*tasks: asyncio.Task[Any]) -> None:
    """Cancel those that are running and wait until all have ended; how they ended does not matter any more."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class TaskGroupFull(Exception):
    """The owner may not have more tasks than it was given room for."""


class BackgroundTasks:
    """Tasks that outlive the call that started them. A failure is logged by type alone: its text may hold anything."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        """Run ``work``; raises :class:`TaskGroupFull` (and closes ``work``) where ``limit`` tasks are running."""
        if len(self._tasks) >= self._limit:
            work.close()
            raise TaskGroupFull(name)
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    async def drain(self, seconds: float) -> int:
        """Wait up to ``seconds`` for all to end, cancel the rest, and return how many had to be cancelled."""
        if not self._tasks:
            return 0
        _, pending = await asyncio.wait(self._tasks, timeout=seconds)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        return len(pending)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("background task %s failed: %s", task.get_name(), type(error).__name__)
