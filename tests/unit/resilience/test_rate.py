import pytest

from gateway.resilience.rate import StoreBucket, burst_of
from gateway.state.memory import MemoryStore
from tests.fakes import FakeClock


async def test_gateways_with_one_store_draw_from_one_bucket():
    store = MemoryStore(clock=FakeClock())
    here, there, other = (StoreBucket(store, key, rate=2.0, burst=1.0) for key in ("a", "a", "b"))
    assert await here.take(1.0, 0.0) == 0
    assert await there.take(1.0, 0.0) == 0.5
    assert await other.take(1.0, 0.0) == 0


async def test_the_patience_of_who_asks_counts():
    bucket = StoreBucket(MemoryStore(clock=FakeClock()), "a", rate=2.0, burst=1.0)
    assert [await bucket.take(1.0, 0.6) for _ in range(3)] == [0, 0.5, 1.0]
    assert await bucket.take(1.0, 0.0) == 1.0


@pytest.mark.parametrize(("rate", "burst", "most"), [(10, None, 10), (0.5, None, 1), (10, 3, 3), (0.5, 4, 4)])
def test_a_burst_is_a_second_s_worth_where_none_is_given(rate, burst, most):
    assert burst_of(rate, burst) == most
