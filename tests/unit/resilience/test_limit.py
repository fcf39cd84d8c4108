import asyncio
import random

import pytest

from gateway.errors import UpstreamBusy, UpstreamUnavailable
from gateway.model import IdDocument, Query, Recognition
from gateway.resilience.limit import SOONEST, Limit, LimitPolicy
from gateway.resilience.patience import WORTHWHILE
from tests.fakes import FakeRecognizer, make_query
from tests.virtual_time import virtual_time

FOUND = IdDocument(country_region="THA")


def now() -> float:
    return asyncio.get_running_loop().time()


def start(coroutine):
    return asyncio.get_running_loop().create_task(coroutine)


class Slow:
    """Takes its time over each call, and counts."""

    def __init__(self, seconds: float = 1.0):
        self.seconds = seconds
        self.under_way = self.most = 0
        self.moments: list[float] = []
        self.asked: list[str] = []

    async def recognize(self, query: Query, /) -> Recognition:
        self.moments.append(now())
        self.asked.append(query.request_id)
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self.under_way -= 1
        return Recognition(FOUND, "a")


def limit(recognizer, **policy: object) -> Limit:
    return Limit(recognizer, "a", LimitPolicy(**policy), clock=now)


async def ask(limited: Limit, left: float = 30.0, **query: object) -> Recognition:
    return await limited.recognize(make_query(deadline=now() + left, **query))


async def ask_all(limited: Limit, number: int, left: float = 30.0) -> list[object]:
    return await asyncio.gather(
        *(ask(limited, left, request_id=str(each)) for each in range(number)), return_exceptions=True
    )


def refusals(results: list[object]) -> list[UpstreamBusy]:
    return [result for result in results if isinstance(result, UpstreamBusy)]


@virtual_time
async def test_so_many_at_once_and_the_others_in_order():
    slow = Slow(0.5)
    results = await ask_all(limit(slow, concurrency=3), 12)
    assert {type(result) for result in results} == {Recognition}
    assert slow.most == 3
    assert slow.asked == [str(each) for each in range(12)]


@virtual_time
async def test_who_would_wait_too_long_is_refused():
    slow = Slow(1.0)
    started = now()
    results = await ask_all(limit(slow, concurrency=1, wait=2.5), 10)
    assert len(slow.asked) == 3
    assert len(refusals(results)) == 7
    assert now() == started + 3.0


@virtual_time
async def test_a_full_queue_refuses_at_once():
    slow = Slow(1.0)
    limited = limit(slow, concurrency=1, queue=2, wait=10.0)
    requests = [start(ask(limited)) for _ in range(3)]
    await asyncio.sleep(0)
    assert (limited.in_flight, limited.queued) == (1, 2)
    started = now()
    with pytest.raises(UpstreamBusy, match="a: too many calls at once"):
        await ask(limited)
    assert now() == started
    await asyncio.gather(*requests)
    assert (limited.in_flight, limited.queued) == (0, 0)


@virtual_time
async def test_without_a_queue_nobody_waits():
    slow = Slow(1.0)
    results = await ask_all(limit(slow, concurrency=2, queue=0), 5)
    assert len(refusals(results)) == 3
    assert now() == slow.moments[0] + 1.0


@virtual_time
async def test_nobody_waits_until_it_is_too_late():
    slow = Slow(1.0)
    limited = limit(slow, concurrency=1, wait=10.0)
    first = start(ask(limited))
    await asyncio.sleep(0)
    started = now()
    with pytest.raises(UpstreamBusy):
        await ask(limited, left=0.5 + WORTHWHILE)
    assert now() == pytest.approx(started + 0.5)
    with pytest.raises(UpstreamBusy):
        await ask(limited, left=-1.0)
    await first
    await ask(limited, left=0.0)  # a free place is no wait; the leaf knows about the deadline


@virtual_time
async def test_a_refusal_tells_when_it_is_worth_coming_back():
    slow = Slow(10.0)
    limited = limit(slow, concurrency=2, queue=5, wait=1.0)
    first = [start(ask(limited)) for _ in range(2)]
    await asyncio.sleep(0)
    refused = refusals(await ask_all(limited, 6))
    assert sorted(refusal.retry_after for refusal in refused) == [SOONEST, 1.0, 1.5, 2.0, 2.5, 3.0]
    await asyncio.gather(*first)
    for _ in range(30):
        await ask(limited)
    first = [start(ask(limited)) for _ in range(2)]
    await asyncio.sleep(0)
    [refusal] = refusals(await ask_all(limited, 1))
    assert refusal.retry_after == pytest.approx(5.0, rel=0.01)  # one in front, two at a time, ten seconds each
    await asyncio.gather(*first)


@virtual_time
async def test_any_number_at_once():
    slow = Slow(1.0)
    limited = limit(slow, concurrency=None)
    assert refusals(await ask_all(limited, 500)) == []
    assert slow.most == 500
    assert (limited.in_flight, limited.queued) == (0, 0)


@virtual_time
async def test_so_many_a_second():
    slow = Slow(1.0)
    started = now()
    results = await ask_all(limit(slow, concurrency=None, rate=4.0, burst=2.0, wait=2.0), 20)
    assert [moment - started for moment in slow.moments] == pytest.approx([0, 0, *(each / 4 for each in range(1, 9))])
    refused = refusals(results)
    assert len(refused) == 10
    assert {str(refusal) for refusal in refused} == {"a: too many calls a second"}
    assert {refusal.retry_after for refusal in refused} == {2.25}


@pytest.mark.parametrize(("rate", "at_once"), [(4.0, 4), (0.5, 1)])
def test_the_burst_is_a_second_of_the_rate(rate, at_once):
    @virtual_time
    async def run() -> None:
        slow = Slow()
        await ask_all(limit(slow, rate=rate, wait=0.0), 10)
        assert len(slow.moments) == at_once

    run()


@virtual_time
async def test_a_wait_for_a_token_is_no_call_under_way():
    slow = Slow(0.5)
    limited = limit(slow, concurrency=5, rate=1.0, burst=1.0, wait=10.0)
    requests = [start(ask(limited)) for _ in range(4)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (limited.in_flight, limited.queued) == (1, 3)
    await asyncio.gather(*requests)
    assert slow.most == 1
    assert (limited.in_flight, limited.queued) == (0, 0)


@virtual_time
async def test_those_who_wait_for_a_token_fill_the_queue_too():
    slow = Slow(0.1)
    results = await ask_all(limit(slow, concurrency=None, queue=2, rate=1.0, burst=1.0, wait=100.0), 10)
    assert len(refusals(results)) == 7


@virtual_time
async def test_both_waits_together_are_one():
    slow = Slow(1.5)
    limited = limit(slow, concurrency=1, rate=0.5, burst=1.0, wait=1.9)
    results = await ask_all(limited, 2)
    assert len(refusals(results)) == 1  # 1.5 s for the place, and half a second for the token would be too much
    assert now() == slow.moments[0] + 1.5
    await asyncio.sleep(0.5)
    await ask(limited)


class Shared:
    """A bucket that somebody else keeps."""

    def __init__(self, *waits: float | Exception):
        self.waits = list(waits)
        self.asked: list[tuple[float, float]] = []

    async def take(self, cost: float, patience: float, /) -> float:
        self.asked.append((cost, patience))
        wait = self.waits.pop(0)
        if isinstance(wait, Exception):
            raise wait
        return wait


@virtual_time
async def test_another_bucket_can_be_used():
    shared = Shared(0.0, 0.5, 3.0)
    fake = FakeRecognizer("a", FOUND)
    limited = Limit(fake, "a", LimitPolicy(rate=1000.0), bucket=shared, clock=now)
    await ask(limited)
    started = now()
    await ask(limited)
    assert now() == started + 0.5
    with pytest.raises(UpstreamBusy) as refusal:
        await ask(limited)
    assert refusal.value.retry_after == 3.0
    assert shared.asked == [(1.0, 2.0)] * 3
    assert len(fake.calls) == 2


@virtual_time
async def test_a_bucket_that_fails_costs_no_place():
    shared = Shared(KeyError("bug"), 0.0)
    limited = Limit(FakeRecognizer("a", FOUND), "a", LimitPolicy(concurrency=1), bucket=shared, clock=now)
    with pytest.raises(KeyError):
        await ask(limited)
    await ask(limited)
    assert (limited.in_flight, limited.queued) == (0, 0)


@virtual_time
async def test_a_call_that_fails_leaves_its_place():
    fake = FakeRecognizer("a", UpstreamUnavailable(), FOUND)
    limited = limit(fake, concurrency=1, queue=0)
    with pytest.raises(UpstreamUnavailable):
        await ask(limited)
    await ask(limited)


@pytest.mark.parametrize("seed", range(10))
def test_nothing_is_lost_whatever_happens(seed):
    """Hundreds of requests of any patience, cancelled at any moment, within both limits; then all is as it was."""
    die = random.Random(seed)  # noqa: S311 - repeatable

    @virtual_time
    async def run() -> None:
        class Moody(Slow):
            async def recognize(self, query: Query, /) -> Recognition:
                self.seconds = die.choice([0, 0.1, 0.5, 1])
                await super().recognize(query)
                raise UpstreamUnavailable

        moody = Moody()
        limited = limit(moody, concurrency=5, queue=20, wait=3.0, rate=20.0, burst=5.0)

        async def come() -> None:
            await asyncio.sleep(die.uniform(0, 10))
            await ask(limited, left=die.choice([0.5, 1, 5, 30]))

        requests = [start(come()) for _ in range(500)]
        for request in die.sample(requests, 200):
            asyncio.get_running_loop().call_later(die.uniform(0, 12), request.cancel)
        results = await asyncio.gather(*requests, return_exceptions=True)
        kinds = {type(result) for result in results}
        assert kinds <= {UpstreamBusy, UpstreamUnavailable, asyncio.CancelledError}
        assert UpstreamBusy in kinds
        assert moody.most == 5
        assert (limited.in_flight, limited.queued) == (0, 0)
        for moment in moody.moments:
            assert sum(moment <= other < moment + 1 for other in moody.moments) <= 5 + 20
        await asyncio.sleep(10)
        fresh = await asyncio.gather(*(ask(limited) for _ in range(5)), return_exceptions=True)
        assert [type(result) for result in fresh] == [UpstreamUnavailable] * 5

    run()


def test_a_burst_without_a_rate_is_a_mistake():
    with pytest.raises(ValueError, match="burst: only together with rate"):
        LimitPolicy(burst=5.0)
