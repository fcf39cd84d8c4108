import asyncio

import pytest

from gateway.errors import NoDocument, UpstreamBusy
from gateway.model import IdDocument, Query, Recognition
from gateway.resilience.places import LOOK, Places
from gateway.state.memory import MemoryStore
from tests.fakes import FakeClock, FakeRecognizer, make_query

READ = IdDocument(document_number="X1")


class Held:
    """Answers when it is let."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.go = asyncio.Event()

    async def recognize(self, _query: Query, /) -> Recognition:
        self.asked.set()
        await self.go.wait()
        return Recognition(READ, "a")


class Sleep:
    """Seconds pass at once; ``then`` happens after the first."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.slept: list[float] = []
        self.then = lambda: None

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.now += seconds
        self.then()
        for _ in range(5):
            await asyncio.sleep(0)


def replica(leaf, store: MemoryStore, *, wait: float = 0.35) -> tuple[Places, Sleep]:
    clock = FakeClock()
    sleep = Sleep(clock)
    return Places(leaf, "a", 1, wait, store, clock=clock, sleep=sleep), sleep


def asking() -> Query:
    return make_query(deadline=200.0)


async def test_what_one_replica_has_under_way_another_one_waits_for():
    store, held = MemoryStore(), Held()
    one, _ = replica(held, store)
    other, sleep = replica(FakeRecognizer("a", READ), store)
    under_way = asyncio.get_running_loop().create_task(one.recognize(asking()))
    await held.asked.wait()
    sleep.then = held.go.set
    assert (await other.recognize(asking())).document is READ
    assert sleep.slept == [LOOK]
    await under_way


async def test_it_is_refused_when_it_has_waited_long_enough():
    store, held = MemoryStore(), Held()
    one, _ = replica(held, store)
    other, sleep = replica(FakeRecognizer("a", READ), store)
    under_way = asyncio.get_running_loop().create_task(one.recognize(asking()))
    await held.asked.wait()
    with pytest.raises(UpstreamBusy) as busy:
        await other.recognize(asking())
    assert (busy.value.retry_after, len(sleep.slept)) == (1.0, 3)
    held.go.set()
    await under_way


async def test_a_place_is_given_back_however_the_call_ends():
    store, held = MemoryStore(), Held()
    failing, _ = replica(FakeRecognizer("a", NoDocument()), store, wait=0)
    for _ in range(2):
        with pytest.raises(NoDocument):
            await failing.recognize(asking())
    one, _ = replica(held, store, wait=0)
    under_way = asyncio.get_running_loop().create_task(one.recognize(asking()))
    await held.asked.wait()
    under_way.cancel()
    with pytest.raises(asyncio.CancelledError):
        await under_way
    other, _ = replica(FakeRecognizer("a", READ), store, wait=0)
    assert (await other.recognize(asking())).document is READ
