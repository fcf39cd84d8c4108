from __future__ import annotations

import asyncio
import logging

import pytest

from gateway.tasks import BackgroundTasks, TaskGroupFull, start, stop


async def test_no_more_than_the_limit_run_at_once():
    tasks, released = BackgroundTasks(limit=1), asyncio.Event()

    async def wait() -> None:
        await released.wait()

    tasks.start(wait(), name="first")
    with pytest.raises(TaskGroupFull):
        tasks.start(wait(), name="second")
    released.set()
    assert await tasks.drain(1) == 0
    assert len(tasks) == 0
    tasks.start(wait(), name="third")
    assert await tasks.drain(1) == 0


async def test_draining_cancels_what_does_not_end():
    tasks = BackgroundTasks(limit=2)
    tasks.start(asyncio.Event().wait(), name="for ever")
    assert await tasks.drain(0) == 1
    assert len(tasks) == 0


async def test_a_failure_is_logged_by_its_type_alone(caplog):
    async def fail() -> None:
        raise ValueError("Siti Rahayu")

    tasks = BackgroundTasks(limit=1)
    with caplog.at_level(logging.ERROR):
        tasks.start(fail(), name="doomed")
        await tasks.drain(1)
        await asyncio.sleep(0)
    assert "doomed failed: ValueError" in caplog.text
    assert "Siti" not in caplog.text


async def test_a_task_that_its_starter_awaits():
    async def work() -> int:
        return 7

    task = start(work(), name="work")
    assert (await task, task.get_name()) == (7, "work")


async def test_stopping_waits_for_the_end_however_it_comes():
    ended = []

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("stubborn")
            raise KeyError

    async def done() -> None:
        raise ValueError

    tasks = start(stubborn(), name="a"), start(done(), name="b")
    await asyncio.sleep(0)
    await stop(*tasks)
    assert ended == ["stubborn"]
    assert all(task.done() for task in tasks)
