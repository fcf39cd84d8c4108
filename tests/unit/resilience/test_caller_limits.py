from __future__ import annotations

import asyncio

import pytest

from gateway import tasks
from gateway.errors import BudgetSpent, ConcurrencyExceeded, LimitExceeded, RateExceeded
from gateway.resilience.caller_limits import CallerLimitPolicy, CallerLimits
from gateway.state.memory import MemoryStore
from tests.fakes import FakeClock


def limits(clock: FakeClock | None = None, **policy: float) -> CallerLimits:
    return CallerLimits({"billing": CallerLimitPolicy(**policy)}, MemoryStore(clock=clock or FakeClock()))


async def ask(kept: CallerLimits, caller: str = "billing") -> None:
    async with kept.within(caller):
        pass


async def test_who_has_no_limits_has_none():
    kept = limits(rate=0.1, concurrency=1, budget=1)
    for _ in range(5):
        async with kept.within("claims"), kept.within("claims"):
            pass
    assert set(kept.purses) == {"billing"}


async def test_so_many_a_second_and_a_burst():
    clock = FakeClock()
    kept = limits(clock, rate=2.0, burst=3.0)
    for _ in range(3):
        await ask(kept)
    with pytest.raises(RateExceeded) as refused:
        await ask(kept)
    assert refused.value.retry_after == 0.5
    clock.now += 0.5
    await ask(kept)


async def test_refusals_use_nothing_up():
    clock = FakeClock()
    kept = limits(clock, rate=1.0)
    await ask(kept)
    for _ in range(100):
        with pytest.raises(RateExceeded):
            await ask(kept)
    clock.now += 1
    await ask(kept)


async def test_so_many_at_once():
    kept = limits(concurrency=2)
    async with kept.within("billing"):
        async with kept.within("billing"):
            with pytest.raises(ConcurrencyExceeded) as refused:
                await ask(kept)
            assert refused.value.retry_after == 1
        await ask(kept)


@pytest.mark.parametrize("error", [ValueError, asyncio.CancelledError])
async def test_a_place_comes_back_whatever_happens(error: type[BaseException]):
    kept = limits(concurrency=1)
    with pytest.raises(error):
        async with kept.within("billing"):
            raise error
    await ask(kept)


async def test_a_caller_that_goes_away_gives_its_place_back():
    kept = limits(concurrency=1)

    async def request() -> None:
        async with kept.within("billing"):
            await asyncio.sleep(100)

    running = tasks.start(request(), name="request")
    await asyncio.sleep(0)
    with pytest.raises(ConcurrencyExceeded):
        await ask(kept)
    await tasks.stop(running)
    await ask(kept)


async def test_so_much_money_a_day():
    kept = limits(budget=1.0)
    await kept.purses["billing"].spend(0.99)
    await ask(kept)
    await kept.purses["billing"].spend(0.02)
    with pytest.raises(BudgetSpent) as refused:
        await ask(kept)
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 86400


async def test_what_is_refused_for_its_rate_is_not_looked_up_further():
    kept = limits(rate=0.1, concurrency=1, budget=1.0)
    await ask(kept)
    await kept.purses["billing"].spend(2.0)
    with pytest.raises(RateExceeded):
        await ask(kept)


async def test_gateways_with_one_store_keep_one_limit():
    store = MemoryStore(clock=FakeClock())
    here, there = (CallerLimits({"billing": CallerLimitPolicy(concurrency=1, rate=2.0)}, store) for _ in range(2))
    async with here.within("billing"):
        with pytest.raises(ConcurrencyExceeded):
            await ask(there)
    with pytest.raises(RateExceeded):
        await ask(there)


async def test_the_reason_names_the_account_and_no_amount():
    kept = limits(rate=123.0, concurrency=1, budget=456.0)
    await kept.purses["billing"].spend(789.0)
    with pytest.raises(LimitExceeded) as refused:
        await ask(kept)
    assert str(refused.value) == "account billing: the budget of the day is spent"


def test_a_burst_needs_a_rate():
    with pytest.raises(ValueError, match="burst: only together with rate"):
        CallerLimitPolicy(burst=3)
