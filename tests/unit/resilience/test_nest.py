"""Retry around breaker around limit with their defaults, against vendors that misbehave."""

import asyncio
from collections.abc import Callable

import pytest

from gateway.errors import CircuitOpen, GatewayError, UpstreamThrottled, UpstreamTimeout, UpstreamUnavailable
from gateway.model import IdDocument, Query, Recognition, Recognizer
from gateway.resilience.breaker import Breaker
from gateway.resilience.circuit import BreakerPolicy
from gateway.resilience.limit import Limit, LimitPolicy
from gateway.resilience.retry import Retry, RetryPolicy
from tests.fakes import Events, make_query
from tests.virtual_time import virtual_time

FOUND = IdDocument(country_region="THA")


def now() -> float:
    return asyncio.get_running_loop().time()


class Vendor:
    """Fails as ``fault`` says of the number of the call and the seconds since the first, after a while."""

    def __init__(self, fault: Callable[[int, float], GatewayError | None], seconds: float = 0.1):
        self.fault = fault
        self.seconds = seconds
        self.began = now()
        self.moments: list[float] = []

    async def recognize(self, _query: Query, /) -> Recognition:
        self.moments.append(now() - self.began)
        error = self.fault(len(self.moments), self.moments[-1])
        await asyncio.sleep(self.seconds)
        if error is not None:
            raise error
        return Recognition(FOUND, "a")


def nest(vendor: Recognizer) -> Retry:
    limit = Limit(vendor, "a", LimitPolicy(), clock=now)
    breaker = Breaker(limit, "a", BreakerPolicy(), observer=Events(), clock=now)
    return Retry(breaker, "a", RetryPolicy(), observer=Events(), clock=now)


async def ask(retry: Retry) -> Recognition:
    return await retry.recognize(make_query(deadline=now() + 30))


@virtual_time
async def test_throttled_once_and_told_to_wait_it_waits():
    vendor = Vendor(lambda number, _: UpstreamThrottled(retry_after=2.0) if number == 1 else None)
    assert (await ask(nest(vendor))).document is FOUND
    assert len(vendor.moments) == 2
    assert 2.1 <= vendor.moments[1] <= 3.1 + 1e-6


@virtual_time
async def test_throttled_once_and_not_told_it_waits_all_the_same():
    vendor = Vendor(lambda number, _: UpstreamThrottled() if number == 1 else None)
    await ask(nest(vendor))
    assert 1.1 <= vendor.moments[1] <= 1.6 + 1e-6


@virtual_time
async def test_throttled_for_ever_it_is_not_hammered():
    vendor = Vendor(lambda *_: UpstreamThrottled())
    retry = nest(vendor)
    kinds = set()
    for _ in range(50):
        started = now()
        with pytest.raises((UpstreamThrottled, CircuitOpen)) as raised:
            await ask(retry)
        kinds.add(type(raised.value))
        await asyncio.sleep(max(0.0, started + 0.2 - now()))
    assert kinds == {UpstreamThrottled, CircuitOpen}
    assert sum(moment < 3 for moment in vendor.moments) <= 4
    assert len(vendor.moments) <= 6


@virtual_time
async def test_many_who_are_throttled_together_come_back_apart():
    vendor = Vendor(lambda number, _: UpstreamThrottled(retry_after=1.0) if number <= 20 else None)
    retry = nest(vendor)
    results = await asyncio.gather(*(ask(retry) for _ in range(20)), return_exceptions=True)
    answered = [result for result in results if isinstance(result, Recognition)]
    assert len(answered) == 4  # a fifth of twenty
    assert len({round(moment, 6) for moment in vendor.moments[20:]}) == 4


@virtual_time
async def test_one_failure_is_made_good_at_the_same_vendor():
    vendor = Vendor(lambda number, _: UpstreamUnavailable() if number == 1 else None)
    await ask(nest(vendor))
    assert len(vendor.moments) == 2


@virtual_time
async def test_a_vendor_that_does_not_answer_is_not_asked_twice():
    vendor = Vendor(lambda *_: UpstreamTimeout(), seconds=8.0)
    with pytest.raises(UpstreamTimeout):
        await ask(nest(vendor))
    assert len(vendor.moments) == 1


@virtual_time
async def test_down_for_a_minute_it_is_left_alone_and_back_in_use_soon_after():
    """A request every four seconds for eighty."""
    vendor = Vendor(lambda _, seconds: UpstreamUnavailable() if seconds < 60 else None)
    retry = nest(vendor)
    answered = []
    for step in range(20):
        await asyncio.sleep(vendor.began + 4 * step - now())
        try:
            await ask(retry)
        except (UpstreamUnavailable, CircuitOpen):
            continue
        answered.append(4 * step)
    assert sum(moment < 60 for moment in vendor.moments) <= 6
    assert answered
    assert answered[0] <= 60 + 30
