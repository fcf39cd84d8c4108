from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gateway.state.memory import MemoryStore
from gateway.state.purse import Purse


class Day:
    """A wall clock that stands still."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_a_purse_is_empty_until_midnight_once_the_budget_is_spent():
    day = Day()
    purse = Purse(MemoryStore(), "account:billing", 1.0, now=day)
    assert await purse.empty_for() == 0
    await purse.spend(0.99)
    assert await purse.empty_for() == 0
    await purse.spend(0.5)
    assert await purse.empty_for() == 6 * 3600
    day.now += timedelta(hours=5, minutes=59, seconds=59)
    assert await purse.empty_for() == 1
    day.now += timedelta(seconds=1)
    assert await purse.empty_for() == 0


@pytest.mark.parametrize(("price", "times"), [(0.1, 10), (0.01, 100), (0.0015, 2000)])
async def test_prices_that_do_not_add_up_to_the_last_digit(price: float, times: int):
    purse = Purse(MemoryStore(), "a", price * times)
    for _ in range(times - 1):
        await purse.spend(price)
    assert await purse.empty_for() == 0
    await purse.spend(price)
    assert await purse.empty_for() > 0


async def test_purses_of_one_name_and_store_are_one():
    store, day = MemoryStore(), Day()
    here, there, other = (Purse(store, name, 1.0, now=day) for name in ("a", "a", "b"))
    await here.spend(1.0)
    assert await there.empty_for() > 0
    assert await other.empty_for() == 0
