"""The pool over real processes that do as they are told."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from gateway.errors import (
    RecognitionFailed,
    UnreadableDocument,
    UpstreamBusy,
    UpstreamMisconfigured,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.events import ReaderWorkerReplaced
from gateway.local.pool import Pool, PoolPolicy
from gateway.local.protocol import Job, PageText
from tests.fakes import Events

FAKE = Path(__file__).parent / "fake_worker.py"
JOB = Job(base64=False, visual=False, portrait=False, budget=1)

OpenPool = Callable[..., Awaitable[Pool]]


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "gate"


@pytest.fixture
async def open_pool(events: Events, gate: Path) -> AsyncIterator[OpenPool]:
    pools: list[Pool] = []

    async def open_(*, workers: int = 1, queue: int = 2, recycle: int = 100, overrun: float = 30.0) -> Pool:
        policy = PoolPolicy(workers=workers, queue=queue, recycle=recycle, overrun=overrun)
        pool = Pool("local", (sys.executable, str(FAKE), "ready", str(gate)), policy, events)
        pools.append(pool)
        await pool.start()
        return pool

    yield open_
    for pool in pools:
        await pool.close()


def soon(seconds: float = 30.0) -> float:
    return asyncio.get_running_loop().time() + seconds


async def read(pool: Pool, picture: bytes = b"read", seconds: float = 30.0) -> PageText:
    return await pool.read(JOB, picture, soon(seconds))


def spawn(work: Coroutine[Any, Any, PageText]) -> asyncio.Task[PageText]:
    return asyncio.get_running_loop().create_task(work)


def open_gate(gate: Path) -> None:
    """Let the process go on that reads ``wait``."""
    gate.touch()


async def test_pictures_are_read_one_after_another_by_the_same_process(open_pool: OpenPool) -> None:
    pool = await open_pool()
    assert pool.ready
    first, second = await read(pool), await read(pool)
    assert first.portrait == second.portrait


async def test_workers_read_side_by_side(open_pool: OpenPool, gate: Path) -> None:
    pool = await open_pool(workers=2)
    waiting = asyncio.gather(read(pool, b"wait"))
    assert (await read(pool)).portrait
    open_gate(gate)
    await waiting


async def test_what_the_reader_decides_is_raised_and_the_process_stays(open_pool: OpenPool, events: Events) -> None:
    pool = await open_pool()
    with pytest.raises(UnreadableDocument, match="too dark"):
        await read(pool, b"refuse")
    await read(pool)
    assert events == []


async def test_a_picture_that_takes_too_long_costs_its_process(open_pool: OpenPool, events: Events) -> None:
    pool = await open_pool(overrun=0.05)
    with pytest.raises(UpstreamTimeout):
        await read(pool, b"hang")
    assert events == [ReaderWorkerReplaced("local", "deadline")]
    await read(pool)


async def test_the_callers_deadline_comes_first(open_pool: OpenPool, events: Events) -> None:
    pool = await open_pool()
    with pytest.raises(UpstreamTimeout):
        await read(pool, b"hang", seconds=0.05)
    await read(pool)
    assert events == [ReaderWorkerReplaced("local", "deadline")]


@pytest.mark.parametrize("picture", [b"die", b"babble", b"ready", b"long"])
async def test_a_process_that_ends_or_talks_nonsense_is_replaced(
    open_pool: OpenPool, events: Events, picture: bytes
) -> None:
    pool = await open_pool()
    with pytest.raises(RecognitionFailed):
        await read(pool, picture)
    await read(pool)
    assert events == [ReaderWorkerReplaced("local", "crash")]


async def test_a_crash_concerns_its_own_caller_alone(open_pool: OpenPool) -> None:
    pool = await open_pool()
    results = await asyncio.gather(read(pool, b"die"), read(pool), read(pool), return_exceptions=True)
    assert isinstance(results[0], RecognitionFailed)
    assert isinstance(results[1], PageText)
    assert isinstance(results[2], PageText)


async def test_more_than_the_queue_holds_is_refused_at_once(open_pool: OpenPool, gate: Path) -> None:
    pool = await open_pool(queue=1)
    held = [spawn(read(pool, b"wait")) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(UpstreamBusy) as refused:
        await read(pool)
    assert refused.value.retry_after is not None
    assert refused.value.retry_after >= 1
    open_gate(gate)
    await asyncio.gather(*held)
    await read(pool)


async def test_a_caller_who_hangs_up_while_waiting_leaves_no_trace(open_pool: OpenPool, gate: Path) -> None:
    pool = await open_pool(queue=1)
    first = spawn(read(pool, b"wait"))
    second = spawn(read(pool, b"die"))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait([second])
    third = spawn(read(pool))
    open_gate(gate)
    await first
    assert (await third).portrait


async def test_a_caller_who_hangs_up_while_being_read_frees_the_process_when_it_is_done(
    open_pool: OpenPool, gate: Path, events: Events
) -> None:
    pool = await open_pool()
    caller = spawn(read(pool, b"wait"))
    await asyncio.sleep(0.05)
    caller.cancel()
    await asyncio.wait([caller])
    open_gate(gate)
    assert (await read(pool)).portrait
    assert events == []


class Watch(logging.Handler):
    """Sets an event when anything is logged."""

    def __init__(self, event: asyncio.Event) -> None:
        super().__init__()
        self.event = event

    def emit(self, record: logging.LogRecord) -> None:
        assert record.levelno == logging.WARNING
        self.event.set()


async def test_a_process_that_does_not_start_again_is_tried_again(events: Events, tmp_path: Path) -> None:
    """The program is there for the first start, gone for the second, and back for the third."""
    program = tmp_path / "worker.py"
    program.write_text(FAKE.read_text())
    policy = PoolPolicy(workers=1, queue=1, recycle=1, overrun=30)
    pool = Pool("local", (sys.executable, str(program), "ready"), policy, events)
    await pool.start()
    program.write_text("")
    failed = asyncio.Event()
    watch = Watch(failed)
    logging.getLogger("gateway.local.pool").addHandler(watch)
    first = await read(pool)
    second = spawn(read(pool))
    await failed.wait()
    assert not pool.ready
    logging.getLogger("gateway.local.pool").removeHandler(watch)
    program.write_text(FAKE.read_text())
    assert (await second).portrait != first.portrait
    assert pool.ready
    await pool.close()


async def test_a_process_is_recycled(open_pool: OpenPool, events: Events) -> None:
    pool = await open_pool(recycle=2)
    processes = [(await read(pool)).portrait for _ in range(2)]
    processes.append((await pool.read(JOB, b"read", soon())).portrait)
    assert processes[0] == processes[1] != processes[2]
    assert events == [ReaderWorkerReplaced("local", "recycle")]


@pytest.mark.parametrize(("start", "words"), [("misconfigured", "no models here"), ("dead", "ended")])
async def test_a_process_that_cannot_start_says_why(events: Events, start: str, words: str) -> None:
    policy = PoolPolicy(workers=2, queue=0, recycle=1, overrun=1)
    pool = Pool("local", (sys.executable, str(FAKE), start), policy, events)
    with pytest.raises(UpstreamMisconfigured, match=words):
        await pool.start()
    assert not pool.ready
    with pytest.raises(UpstreamUnavailable):
        await read(pool)


async def test_closing_tells_those_who_wait(open_pool: OpenPool) -> None:
    pool = await open_pool()
    callers = [spawn(read(pool, b"wait")) for _ in range(2)]
    await asyncio.sleep(0.05)
    await pool.close()
    results = await asyncio.gather(*callers, return_exceptions=True)
    assert [type(result) for result in results] == [UpstreamUnavailable, UpstreamUnavailable]
    assert not pool.ready
