"""What is known about an upstream goes on when its policies are replaced."""

import asyncio

import pytest

from gateway.errors import (
    CircuitOpen,
    UpstreamBusy,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamMisconfigured,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.model import IdDocument, Query, Recognition
from gateway.resilience.breaker import Breaker
from gateway.resilience.cache import Cache, CachePolicy
from gateway.resilience.circuit import BreakerPolicy, State
from gateway.resilience.coalesce import Coalesce
from gateway.resilience.hedge import HedgeBudget
from gateway.resilience.limit import Limit, LimitPolicy
from gateway.resilience.retry_budget import RetryBudget, RetryBudgetPolicy
from gateway.resilience.slots import Slots
from tests.fakes import FakeRecognizer, make_query
from tests.unit.resilience.benches import Bench
from tests.virtual_time import virtual_time

READ = IdDocument(document_number="X1")


def start(coroutine):
    return asyncio.get_running_loop().create_task(coroutine)


def now() -> float:
    return asyncio.get_running_loop().time()


def limited(recognizer, before: Limit | None = None, **policy: object) -> Limit:
    load = None if before is None else before.load
    return Limit(recognizer, "a", LimitPolicy(**policy), load=load, clock=now)


class Held:
    """Answers when it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.go = asyncio.Event()

    async def recognize(self, _query: Query, /) -> Recognition:
        self.asked += 1
        await self.go.wait()
        return Recognition(READ, "a")


# places


@virtual_time
async def test_more_places_go_to_those_who_wait():
    slots = Slots(1)
    await slots.acquire(0)
    waiting = [start(slots.acquire(10)) for _ in range(3)]
    await asyncio.sleep(0)
    slots.resize(3)
    await asyncio.sleep(0)
    assert [task.done() for task in waiting] == [True, True, False]
    assert (slots.size, slots.taken) == (3, 3)
    slots.resize(None)
    assert await waiting[2]
    assert await slots.acquire(0)
    assert slots.taken == 5


@virtual_time
async def test_fewer_places_are_kept_once_enough_are_given_up():
    slots = Slots(None)
    for _ in range(4):
        assert await slots.acquire(0)
    slots.resize(2)
    waiting = start(slots.acquire(10))
    await asyncio.sleep(0)
    slots.release()
    slots.release()
    await asyncio.sleep(0)
    assert (slots.taken, waiting.done()) == (2, False)
    slots.release()
    assert await waiting
    assert slots.taken == 2


@virtual_time
async def test_calls_under_way_count_against_the_next_limit():
    held, new = Held(), FakeRecognizer("new", READ)
    before = limited(held, concurrency=None)
    calls = [start(before.recognize(make_query(deadline=now() + 99))) for _ in range(3)]
    await asyncio.sleep(0)
    after = limited(new, before, concurrency=2, wait=1.0)
    assert after.in_flight == 3
    with pytest.raises(UpstreamBusy):
        await after.recognize(make_query(deadline=now() + 10))
    held.go.set()
    await asyncio.gather(*calls)
    assert (await after.recognize(make_query(deadline=now() + 10))).upstream == "new"
    assert (before.in_flight, after.in_flight, after.queued) == (0, 0, 0)


@virtual_time
async def test_who_waits_for_the_old_gets_the_place_of_the_new():
    held = Held()
    before = limited(held, concurrency=1, wait=60.0)
    calls = [start(before.recognize(make_query(deadline=now() + 99))) for _ in range(2)]
    await asyncio.sleep(0)
    assert (before.in_flight, before.queued) == (1, 1)
    limited(FakeRecognizer("new"), before, concurrency=2)
    await asyncio.sleep(0)
    assert held.asked == 2
    held.go.set()
    await asyncio.gather(*calls)


def test_retries_under_way_count_against_the_next_budget():
    budget = RetryBudget(RetryBudgetPolicy(ratio=0, minimum=5))
    with budget.request() as share:
        share.take()
        budget.follow(RetryBudgetPolicy(ratio=0, minimum=1))
        assert (budget.retries, budget.remaining) == (1, 0)
    assert budget.remaining == 1


def test_hedges_that_were_saved_up_stay():
    budget = HedgeBudget(1.0)
    for _ in range(3):
        budget.earn()
    budget.follow(0.001)
    assert [budget.spend() for _ in range(5)] == [True, True, True, True, False]


# circuits


def following(bench: Bench, *, another: bool = False, **policy: object) -> Breaker:
    return Breaker(
        bench.fake,
        "a",
        BreakerPolicy(**policy),
        observer=bench.events,
        standing=bench.breaker.standing,
        another=another,
        clock=bench.clock,
    )


async def test_an_open_circuit_stays_open():
    bench = Bench(cooldown=30.0)
    await bench.open()
    bench.clock.now += 10
    bench.breaker = following(bench, cooldown=30.0)
    assert await bench.refused() == pytest.approx(20.0)
    assert bench.told == [("open", "consecutive")]
    bench.clock.now += 20
    await bench.ask()
    assert bench.breaker.state is State.CLOSED


async def test_failures_are_counted_on():
    bench = Bench(consecutive=5)
    await bench.fail(UpstreamUnavailable(), 3)
    bench.breaker = following(bench, consecutive=4)
    await bench.fail(UpstreamUnavailable())
    assert bench.breaker.state is State.OPEN


async def test_what_is_under_way_counts_for_the_new_as_well():
    bench = Bench(consecutive=1)
    before, bench.breaker = bench.breaker, following(bench, consecutive=1)
    bench.fake.outcomes = [UpstreamUnavailable()]
    with pytest.raises(UpstreamUnavailable):
        await before.recognize(make_query())
    assert bench.breaker.state is State.OPEN


async def test_a_shorter_cooldown_holds_at_once_and_a_longer_one_from_the_next_on():
    bench = Bench(cooldown=30.0)
    await bench.open()
    bench.breaker = following(bench, cooldown=5.0)
    assert await bench.refused() == pytest.approx(5.0)
    bench.breaker = following(bench, cooldown=200.0)
    assert await bench.refused() == pytest.approx(5.0)


@pytest.mark.parametrize("error", [UpstreamMisconfigured, UpstreamExhausted, UpstreamGone])
async def test_what_may_have_been_put_right_is_found_out_by_the_next_call(error):
    bench = Bench()
    await bench.fail(error())
    bench.breaker = following(bench)
    assert bench.told[1:] == [("half_open", "reconfigured")]
    await bench.fail(error())
    assert bench.breaker.state is State.OPEN
    bench.breaker.reconsider()
    await bench.ask()
    assert bench.breaker.state is State.CLOSED


async def test_another_account_begins_with_a_clean_slate_but_for_the_operators_word():
    bench = Bench()
    await bench.open()
    bench.breaker = following(bench, another=True)
    assert bench.told[1:] == [("closed", "reconfigured")]
    await bench.ask()
    bench.breaker.hold_open()
    bench.breaker = following(bench, another=True)
    assert bench.breaker.held
    assert await bench.refused() is None
    bench.breaker.release()
    await bench.ask()


async def test_a_rest_goes_on_and_so_does_draining():
    bench = Bench()
    await bench.fail(UpstreamThrottled(retry_after=60.0))
    bench.breaker.hold_open()
    bench.breaker = following(bench)
    assert bench.breaker.held
    bench.breaker.standing.held = False
    assert await bench.refused() == pytest.approx(60.0)


async def test_another_window_begins_anew():
    bench = Bench(consecutive=100, minimum=4, window=60.0)
    await bench.fail(UpstreamUnavailable(), 3)
    bench.breaker = following(bench, consecutive=100, minimum=4, window=30.0)
    await bench.fail(UpstreamUnavailable(), 3)
    assert bench.breaker.state is State.CLOSED
    await bench.fail(UpstreamUnavailable())
    assert bench.breaker.state is State.OPEN
    with pytest.raises(CircuitOpen):
        await bench.ask()


# answers


async def test_kept_answers_are_given_on():
    before = Cache(FakeRecognizer("a", READ), CachePolicy())
    await before.recognize(make_query())
    fake = FakeRecognizer("a", READ)
    after = Cache(fake, CachePolicy(), kept=before.kept)
    query = make_query()
    await after.recognize(query)
    assert (query.trail.cache, fake.calls) == ("hit", [])


async def test_work_under_way_is_joined():
    held, fake = Held(), FakeRecognizer("a", READ)
    before = Coalesce(held)
    first = start(before.recognize(make_query()))
    await asyncio.sleep(0)
    after = Coalesce(fake, flights=before.flights)
    query = make_query()
    second = start(after.recognize(query))
    await asyncio.sleep(0)
    held.go.set()
    assert await first == await second
    assert (query.trail.cache, fake.calls, after.flights) == ("coalesced", [], {})
