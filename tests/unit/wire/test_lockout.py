from __future__ import annotations

from gateway.wire.lockout import STRANGERS, Lockout
from tests.fakes import FakeClock


def fail(lockout: Lockout, name: str, times: int) -> None:
    for _ in range(times):
        lockout.failed(name)


def test_more_than_five_failures_in_a_row_lock_for_five_minutes():
    clock = FakeClock()
    for name in ("known", "stranger"):
        lockout = Lockout(["known"], clock)
        fail(lockout, name, 5)
        assert not lockout.locked(name)
        lockout.failed(name)
        assert lockout.locked(name)
        clock.now += 299
        assert lockout.locked(name)
        clock.now += 1
        assert not lockout.locked(name)
        fail(lockout, name, 5)
        assert not lockout.locked(name)


def test_success_begins_the_count_anew():
    lockout = Lockout(["a"], FakeClock())
    for _ in range(3):
        fail(lockout, "a", 5)
        lockout.succeeded("a")
    assert not lockout.locked("a")


def test_success_opens_no_lock():
    lockout = Lockout(["a"], FakeClock())
    fail(lockout, "a", 6)
    lockout.succeeded("a")
    assert lockout.locked("a")


def test_one_name_does_not_lock_another():
    lockout = Lockout(["a", "b"], FakeClock())
    fail(lockout, "a", 6)
    assert not lockout.locked("b")
    assert not lockout.locked("c")


def test_a_flood_of_names_takes_bounded_memory_and_pushes_out_no_known_one():
    lockout = Lockout(["a"], FakeClock())
    fail(lockout, "a", 6)
    for number in range(STRANGERS + 100):
        lockout.failed(f"stranger {number}")
    assert lockout.locked("a")
    assert len(lockout._strangers) == STRANGERS
    lockout.failed("x" * 60_000)
    assert max(map(len, lockout._strangers._entries)) < 200
