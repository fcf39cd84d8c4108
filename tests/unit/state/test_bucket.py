import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.state.bucket import TokenBucket
from tests.fakes import FakeClock


async def test_a_burst_then_one_by_one():
    clock = FakeClock()
    bucket = TokenBucket(rate=2.0, burst=3.0, clock=clock)
    assert [await bucket.take(1.0, 10.0) for _ in range(6)] == [0, 0, 0, 0.5, 1.0, 1.5]


async def test_tokens_come_back_up_to_the_burst():
    clock = FakeClock()
    bucket = TokenBucket(rate=2.0, burst=3.0, clock=clock)
    for _ in range(3):
        await bucket.take(1.0, 0.0)
    clock.now += 0.5
    assert [await bucket.take(1.0, 0.0) for _ in range(2)] == [0, 0.5]
    clock.now += 1000
    assert [await bucket.take(1.0, 0.0) for _ in range(4)] == [0, 0, 0, 0.5]


async def test_what_would_take_too_long_is_not_taken():
    clock = FakeClock()
    bucket = TokenBucket(rate=1.0, burst=1.0, clock=clock)
    assert await bucket.take(1.0, 0.0) == 0
    for _ in range(100):
        assert await bucket.take(1.0, 0.5) == 1.0
    assert await bucket.take(1.0, 1.0) == 1.0
    assert await bucket.take(1.0, 1.0) == 2.0


async def test_a_call_may_cost_more_than_one():
    clock = FakeClock()
    bucket = TokenBucket(rate=1.0, burst=2.0, clock=clock)
    assert await bucket.take(5.0, 10.0) == 3.0
    clock.now += 3.0
    assert await bucket.take(1.0, 10.0) == 1.0


@pytest.mark.parametrize("rate", [0.5, 7.0])
async def test_the_rate_is_kept_and_used(rate):
    clock = FakeClock()
    bucket = TokenBucket(rate=rate, burst=2.0, clock=clock)
    made = 0
    for _ in range(8000):
        made += await bucket.take(1.0, 0.0) == 0
        clock.now += 0.0125
    assert 100 * rate <= made <= 100 * rate + 2


@given(
    rate=st.floats(0.1, 100),
    burst=st.floats(1, 20),
    asked=st.lists(st.tuples(st.floats(0, 2), st.floats(0, 5)), max_size=40),
)
async def test_never_more_than_the_burst_and_the_rate(rate, burst, asked):
    """In any stretch of time, however long the patience of those who ask."""
    clock = FakeClock()
    bucket = TokenBucket(rate=rate, burst=burst, clock=clock)
    calls: list[float] = []
    for pause, patience in asked:
        clock.now += pause
        wait = await bucket.take(1.0, patience)
        assert wait >= 0
        if wait <= patience:
            calls.append(clock.now + wait)
    assert calls == sorted(calls)
    for first in range(len(calls)):
        for last in range(first, len(calls)):
            assert last - first + 1 <= burst + rate * (calls[last] - calls[first]) + 1e-6
