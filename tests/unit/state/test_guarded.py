from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from gateway import tasks
from gateway.events import StateChanged
from gateway.state.allowance import request_allowance
from gateway.state.guard import FAILURES, REST
from gateway.state.guarded import ROUND, GuardedStore
from gateway.state.purse import KEPT
from gateway.state.redis import RedisStore
from gateway.state.store import StateUnavailable
from tests.fakes import Events, FakeClock
from tests.redis_server import Line, RedisServer, redis_server
from tests.unit.state.fake import Client, Server
from tests.virtual_time import virtual_time

PROMISED = 0.05


class Replica:
    """One process: its store, and the wall of time and events around it."""

    def __init__(self, shared: Client | RedisStore) -> None:
        self.shared = shared
        self.events = Events()
        self.clock = FakeClock()
        self.store = GuardedStore(shared, observer=self.events, clock=self.clock)

    async def come_back(self) -> None:
        """Let the rest be over."""
        self.clock.now += REST
        await self.store.tend()

    async def lose(self) -> None:
        """Find out that the server does not answer."""
        for _ in range(FAILURES):
            await self.store.take("unused", 1.0, 1.0, 0.0, 0.0)
        assert not self.store.healthy


@pytest.fixture
def server_() -> Server:
    return Server()


@pytest.fixture
async def replica() -> AsyncIterator[Callable[..., object]]:
    """Makes replicas that run until the end of the test."""
    async with AsyncExitStack() as stack:

        async def start(shared: Client | RedisStore) -> Replica:
            made = Replica(shared)
            await stack.enter_async_context(made.store)
            return made

        yield start


async def test_replicas_agree(server_: Server, replica):
    here, there = await replica(Client(server_)), await replica(Client(server_))
    assert await here.store.take("a", 1.0, 1.0, 1.0, 0.0) == 0
    assert await there.store.take("a", 1.0, 1.0, 1.0, 0.0) == 1
    held = await here.store.acquire("a", 1)
    assert await there.store.acquire("a", 1) is None
    await here.store.release("a", held)
    assert await there.store.acquire("a", 1) is not None
    await here.store.add("a", 2.0, KEPT)
    assert await there.store.add("a", 0.5, KEPT) == 2.5
    assert await here.store.add("a", 0.0, KEPT) == 2.5


async def test_without_the_server_each_goes_on_with_what_it_knew(server_: Server, replica):
    """Nobody is refused for nothing, and nothing is without a limit."""
    here, there = await replica(Client(server_)), await replica(Client(server_))
    await here.store.take("a", 1.0, 1.0, 1.0, 0.0)
    held = await here.store.acquire("a", 2)
    await here.store.add("a", 2.0, KEPT)
    await there.store.add("a", 3.0, KEPT)
    assert await here.store.add("a", 0.0, KEPT) == 5
    server_.up = False
    for _ in range(2):  # while it fails, and once it is not asked any more
        assert await here.store.take("a", 1.0, 1.0, 1.0, 0.0) == 1
        assert await there.store.take("a", 1.0, 1.0, 1.0, 0.0) == 0
        there.clock.now += 1
        second = await here.store.acquire("a", 2)
        assert second is not None
        assert await here.store.acquire("a", 2) is None
        await here.store.release("a", second)
        await here.store.add("a", 1.0, KEPT)
        await here.lose()
        await there.lose()
    assert await here.store.add("a", 0.0, KEPT) == 7
    assert await there.store.add("a", 0.0, KEPT) == 5
    await here.store.release("a", held)


async def test_what_was_spent_meanwhile_is_told_when_the_server_is_back(server_: Server, replica):
    here, there = await replica(Client(server_)), await replica(Client(server_))
    await here.store.add("a", 1.0, KEPT)
    server_.up = False
    await here.store.add("a", 2.0, KEPT)
    await here.lose()
    await here.store.add("a", 4.0, KEPT)
    server_.up = True
    assert await there.store.add("a", 0.0, KEPT) == 1
    await here.come_back()
    assert await there.store.add("a", 0.0, KEPT) == 7
    server_.calls.clear()
    await here.store.tend()
    assert server_.calls == ["ping"]  # nothing is left to say


async def test_a_server_that_forgot_everything_learns_it_again(server_: Server, replica):
    here, there = await replica(Client(server_)), await replica(Client(server_))
    held = await here.store.acquire("a", 1)
    await here.store.add("a", 1.0, KEPT)
    server_.held.clear()
    server_.sums.clear()
    await here.store.tend()
    assert await there.store.acquire("a", 1) is None
    await here.store.add("a", 0.0, KEPT)
    assert await there.store.add("a", 0.0, KEPT) == 1
    await here.store.release("a", held)
    assert await there.store.acquire("a", 1) is not None


async def test_a_place_that_could_not_be_given_back_is_given_back_soon(server_: Server, replica):
    here, there = await replica(Client(server_)), await replica(Client(server_))
    held = await here.store.acquire("a", 1)
    server_.up = False
    await here.store.release("a", held)
    server_.up = True
    assert await there.store.acquire("a", 1) is None
    await here.store.tend()
    assert await there.store.acquire("a", 1) is not None


async def test_a_place_that_was_given_to_somebody_who_had_gone(server_: Server, replica):
    given = asyncio.Event()

    class Slow(Client):
        async def acquire(self, *args: object) -> bool:
            await super().acquire(*args)
            given.set()
            return await asyncio.get_running_loop().create_future()

    here, there = await replica(Slow(server_)), await replica(Client(server_))
    asking = tasks.start(here.store.acquire("a", 1), name="ask")
    await given.wait()
    await tasks.stop(asking)
    assert await there.store.acquire("a", 1) is None
    await here.store.tend()
    assert await there.store.acquire("a", 1) is not None


async def test_a_place_that_was_refused_here_and_may_have_been_given_there(server_: Server, replica):
    class Unheard(Client):
        """Does what it is asked, and the answer is lost."""

        async def acquire(self, *args: object) -> bool:
            await super().acquire(*args)
            raise StateUnavailable("Lost")

    here = await replica(Unheard(server_))
    held = await here.store.acquire("a", 1)
    server_.held.clear()  # so that it has room where there is none here
    assert await here.store.acquire("a", 1) is None
    assert len(server_.held["a"]) == 1
    await here.store.tend()
    assert server_.held == {"a": {held}}


async def test_places_of_before_a_rest_are_not_given_back_after_it(server_: Server, replica):
    """They have ended by themselves: what is still to be said stays small, however long the server is away."""
    here = await replica(Client(server_))
    held = await here.store.acquire("a", 1)
    server_.up = False
    await here.store.release("a", held)
    await here.lose()
    await here.store.tend()
    server_.up = True
    server_.calls.clear()
    await here.come_back()
    assert server_.calls == ["ping", "ping"]


async def test_what_is_added_while_a_sum_is_on_its_way_is_told_later(server_: Server, replica):
    answer, on_its_way = asyncio.Event(), asyncio.Event()

    class Slow(Client):
        async def tally(self, key: str, mine: float, seconds: float, /) -> float:
            others = await super().tally(key, mine, seconds)
            if not on_its_way.is_set():
                on_its_way.set()
                await answer.wait()
            return others

    here, there = await replica(Slow(server_)), await replica(Client(server_))
    first = tasks.start(here.store.add("a", 1.0, KEPT), name="first")
    await on_its_way.wait()
    server_.up = False
    await here.store.add("a", 2.0, KEPT)
    server_.up = True
    answer.set()
    await first
    await here.store.tend()
    assert await there.store.add("a", 0.0, KEPT) == 3


@virtual_time
async def test_it_looks_after_itself_while_it_is_entered():
    server = Server()
    here = Replica(Client(server))
    async with here.store:
        held = await here.store.acquire("a", 1)
        server.held.clear()
        server.calls.clear()
        await asyncio.sleep(ROUND + 0.1)
        assert server.calls == ["ping", "renew"]
        assert server.held == {"a": {held}}
    server.calls.clear()
    await asyncio.sleep(10 * ROUND)
    assert server.calls == []


async def test_an_amount_counts_though_who_adds_it_goes_away(server_: Server, replica):
    class Stuck(Client):
        async def tally(self, *_args: object) -> float:
            return await asyncio.get_running_loop().create_future()

    here = await replica(Stuck(server_))
    adding = tasks.start(here.store.add("a", 1.0, KEPT), name="add")
    await asyncio.sleep(0)
    await tasks.stop(adding)
    server_.up = False
    await here.lose()
    assert await here.store.add("a", 0.0, KEPT) == 1


async def test_it_is_left_alone_after_five_failures_and_then_tried_once(server_: Server, replica):
    here = await replica(Client(server_))
    server_.calls.clear()
    server_.up = False
    for _ in range(20):
        await here.store.take("a", 1.0, 1.0, 1.0, 0.0)
    assert server_.calls == ["take"] * FAILURES
    await here.store.tend()
    assert len(server_.calls) == FAILURES
    await here.come_back()
    await here.store.take("a", 1.0, 1.0, 1.0, 0.0)
    await here.store.tend()
    assert server_.calls == ["take"] * FAILURES + ["ping"]
    server_.up = True
    await here.come_back()
    assert here.events == [StateChanged(healthy=False), StateChanged(healthy=True)]
    await here.store.take("a", 1.0, 1.0, 1.0, 0.0)
    assert server_.calls[-1] == "take"


async def test_a_server_that_dies_while_nobody_asks_is_noticed(server_: Server, replica):
    here = await replica(Client(server_))
    server_.up = False
    for _ in range(FAILURES):
        assert here.store.healthy
        await here.store.tend()
    assert not here.store.healthy


async def test_leaving_tells_what_is_to_be_told_and_hangs_up(server_: Server):
    here = Replica(Client(server_))
    async with here.store:
        server_.up = False
        await here.store.add("a", 1.0, KEPT)
        server_.up = True
    assert list(server_.sums["a"].values()) == [1]
    assert here.shared.closed


async def spend_a_request_s_time(store: GuardedStore, key: str = "slow") -> float:
    """Seconds that everything took which one request may ask."""
    started = time.monotonic()
    with request_allowance():
        await store.take(key, 1000.0, 1000.0, 1.0, 0.0)
        await store.add(key, 0.0, KEPT)
        held = await store.acquire(key, 1000)
        await store.take(f"{key}-upstream", 1000.0, 1000.0, 1.0, 0.0)
        await store.add(key, 1.0, KEPT)
        assert held is not None
        await store.release(key, held)
    return time.monotonic() - started


@pytest.mark.parametrize("mode", ["slow", "mute", "reset"])
async def test_no_request_waits_longer_than_is_promised(line: Line, connect, replica, mode: str):
    here = await replica(connect(line.port))
    assert await spend_a_request_s_time(here.store, mode) < PROMISED
    assert here.store.healthy
    line.mode = mode
    waited = [await spend_a_request_s_time(here.store, mode) for _ in range(FAILURES)]
    assert sorted(waited)[1] < PROMISED  # a busy machine may be late by itself, though not always
    assert max(waited) < 3 * PROMISED
    assert here.events == [StateChanged(healthy=False)]
    asked = line.bytes_in
    for _ in range(10):
        await spend_a_request_s_time(here.store, mode)
    assert line.bytes_in == asked
    await here.come_back()
    assert not here.store.healthy
    line.mode = "good"
    await here.come_back()
    assert here.store.healthy
    assert await here.store.add(mode, 0.0, KEPT) == 1 + FAILURES + 10


async def test_many_requests_at_once_wait_no_longer(line: Line, connect, replica):
    here = await replica(connect(line.port))
    line.mode = "mute"
    waited = await asyncio.gather(*(spend_a_request_s_time(here.store) for _ in range(50)))
    assert sorted(waited)[25] < 2 * PROMISED  # fifty of them take some time to be served, too
    assert here.store.healthy  # a moment's stall is one failure, however many it hits


async def test_one_that_is_slow_from_the_start_is_not_waited_for(line: Line, connect, replica):
    line.mode = "slow"
    here = await replica(connect(line.port))
    assert not here.store.healthy
    assert await spend_a_request_s_time(here.store) < PROMISED / 2


async def test_a_server_that_is_killed_and_started_again(tmp_path, connect, replica):
    with redis_server(tmp_path) as server:
        here, there = await replica(connect(server.port)), await replica(connect(server.port))
        await here.store.add("a", 1.0, KEPT)
        server.kill()
        await here.store.add("a", 1.0, KEPT)
        await here.lose()
        await there.lose()
        assert await there.store.add("a", 0.0, KEPT) == 0
        held = await here.store.acquire("a", 1)
        server.start()
        await here.come_back()
        await there.come_back()
        assert await there.store.add("a", 0.0, KEPT) == 2
        assert await there.store.acquire("a", 1) is None
        await here.store.release("a", held)
        assert await there.store.acquire("a", 1) is not None


async def test_real_replicas_on_one_server(server: RedisServer, connect, replica):
    replicas = [await replica(connect(server.port)) for _ in range(3)]
    granted = [await made.store.acquire("real", 2) for made in replicas]
    assert [place is not None for place in granted] == [True, True, False]
    waits = [await made.store.take("real", 0.1, 2.0, 1.0, 0.0) for made in replicas]
    assert [wait > 0 for wait in waits] == [False, False, True]
    assert [await made.store.add("real", 1.0, KEPT) for made in replicas] == [1, 2, 3]
