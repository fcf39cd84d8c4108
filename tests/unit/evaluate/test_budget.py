from __future__ import annotations

import asyncio

from gateway import tasks
from gateway.evaluate.budget import Budget


async def test_without_a_limit_everything_may_be_spent():
    assert await Budget(None).reserve(1e9)


async def test_amounts_that_add_up_to_the_limit_fit():
    budget = Budget(0.3)
    for _ in range(3):
        assert await budget.reserve(0.1)
        await budget.settle(0.1, 0.1)
    assert not await budget.reserve(0.1)
    assert round(budget.spent, 9) == 0.3


async def test_earlier_runs_count():
    assert not await Budget(1.0, 0.95).reserve(0.1)


async def test_what_is_under_way_is_waited_for_where_it_may_leave_enough():
    budget = Budget(0.3)
    assert await budget.reserve(0.2)
    second = tasks.start(budget.reserve(0.2), name="second")
    await asyncio.sleep(0)
    assert not second.done()
    await budget.settle(0.2, 0.1)
    assert await second


async def test_and_refused_where_it_does_not():
    budget = Budget(0.3)
    assert await budget.reserve(0.2)
    second = tasks.start(budget.reserve(0.2), name="second")
    await budget.settle(0.2, 0.2)
    assert not await second
