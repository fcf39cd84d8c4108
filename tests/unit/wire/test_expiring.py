from __future__ import annotations

from gateway.wire.expiring import Expiring
from tests.fakes import FakeClock


def test_an_entry_lasts_until_its_moment():
    clock = FakeClock(100)
    store: Expiring[str, int] = Expiring(3, clock)
    store.put("a", 1, 110)
    assert store.get("a") == 1
    clock.now = 110
    assert store.get("a") is None
    assert store.get("b") is None


def test_a_new_value_takes_the_place_of_the_old_one():
    store: Expiring[str, int] = Expiring(3, FakeClock(100))
    store.put("a", 1, 101)
    store.put("a", 2, 110)
    assert (store.get("a"), len(store)) == (2, 1)
    store.drop("a")
    store.drop("a")
    assert (store.get("a"), len(store)) == (None, 0)


def test_the_oldest_makes_room():
    store: Expiring[int, int] = Expiring(3, FakeClock(100))
    for number in range(1000):
        store.put(number, number, 200)
        assert len(store) <= 3
    assert [store.get(number) for number in (996, 997, 998, 999)] == [None, 997, 998, 999]


def test_what_is_over_goes():
    clock = FakeClock(100)
    store: Expiring[str, int] = Expiring(10, clock)
    store.put("a", 1, 110)
    store.put("b", 1, 120)
    clock.now = 115
    store.put("c", 1, 130)
    assert len(store) == 2
