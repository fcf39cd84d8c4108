from __future__ import annotations

from gateway.state.memory import KEYS, MemoryStore
from tests.fakes import FakeClock


async def test_a_rate_that_was_changed_begins_anew():
    store = MemoryStore(clock=FakeClock())
    assert await store.take("a", 1.0, 1.0, 1.0, 0.0) == 0
    assert await store.take("a", 1.0, 1.0, 1.0, 0.0) == 1
    assert await store.take("a", 2.0, 1.0, 1.0, 0.0) == 0


async def test_a_sum_ends_with_its_time():
    clock = FakeClock()
    store = MemoryStore(clock=clock)
    await store.add("a", 2.0, 60.0)
    clock.now += 40
    assert await store.add("a", 1.0, 60.0) == 3
    clock.now += 59
    assert await store.add("a", 0.0, 60.0) == 3
    clock.now += 2
    assert await store.add("a", 0.0, 60.0) == 0


async def test_it_knows_who_has_a_place_and_forgets_keys_without():
    store = MemoryStore()
    first, second = await store.acquire("a", 2), await store.acquire("a", 2)
    assert {key: set(holders) for key, holders in store.holders.items()} == {"a": {first, second}}
    for holder in (first, second, "nobody"):
        await store.release("a", holder or "")
    await store.release("b", "nobody")
    assert store.holders == {}


async def test_it_is_bounded():
    store = MemoryStore(clock=FakeClock())
    for number in range(KEYS + 100):
        await store.take(str(number), 1.0, 1.0, 1.0, 0.0)
        await store.add(str(number), 1.0, 60.0)
    assert (len(store._buckets), len(store._sums)) == (KEYS, KEYS)


def test_it_is_always_well():
    assert MemoryStore().healthy
