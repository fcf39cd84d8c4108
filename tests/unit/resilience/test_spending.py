from __future__ import annotations

import asyncio

import pytest

from gateway import tasks
from gateway.errors import UpstreamOverBudget, UpstreamUnavailable
from gateway.model import Attempt, IdDocument, Query, Recognition, Recognizer
from gateway.resilience.cache import Cache, CachePolicy
from gateway.resilience.coalesce import Coalesce
from gateway.resilience.retry import Retry, RetryPolicy
from gateway.resilience.spending import Charging, UpstreamBudget
from gateway.state.memory import MemoryStore
from gateway.state.purse import Purse
from tests.fakes import Events, make_query


class Priced:
    """A leaf whose every attempt costs ``price``; ``outcomes`` are as those of a FakeRecognizer."""

    def __init__(self, name: str, price: float, *outcomes: BaseException | None, wait: asyncio.Event | None = None):
        self.name = name
        self.calls = 0
        self._price = price
        self._outcomes = list(outcomes) or [None]
        self._wait = wait

    async def recognize(self, query: Query, /) -> Recognition:
        self.calls += 1
        error = self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]
        try:
            if self._wait is not None:
                await self._wait.wait()
        finally:
            query.trail.add(Attempt(self.name, "ok", 0.1, self._price))
        if error is not None:
            raise error
        return Recognition(IdDocument(), self.name)


class InTurn:
    """Asks all, one after the other, and answers with the last."""

    def __init__(self, *targets: Recognizer) -> None:
        self._targets = targets

    async def recognize(self, query: Query, /) -> Recognition:
        return [await target.recognize(query) for target in self._targets][-1]


def total(store: MemoryStore, name: str) -> float:
    return sum(store.sum(key) for key in list(store._sums) if key.startswith(name))


async def test_an_upstream_is_asked_until_its_money_is_spent():
    store = MemoryStore()
    leaf = Priced("bangkok", 0.5)
    budget = UpstreamBudget(leaf, "bangkok", Purse(store, "upstream:bangkok", 1.0))
    for _ in range(2):
        assert (await budget.recognize(make_query())).upstream == "bangkok"
    with pytest.raises(UpstreamOverBudget) as refused:
        await budget.recognize(make_query())
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 86400
    assert leaf.calls == 2


async def test_only_what_this_upstream_was_paid_counts():
    store = MemoryStore()
    first = UpstreamBudget(Priced("first", 0.5), "first", Purse(store, "upstream:first", 10.0))
    second = UpstreamBudget(Priced("second", 0.25), "second", Purse(store, "upstream:second", 10.0))
    await InTurn(first, second, first).recognize(make_query())
    assert (total(store, "upstream:first"), total(store, "upstream:second")) == (1.0, 0.25)


async def test_failures_that_were_paid_count_and_the_money_ends_the_retries():
    store = MemoryStore()
    leaf = Priced("bangkok", 0.6, UpstreamUnavailable("status 500"))
    budget = UpstreamBudget(leaf, "bangkok", Purse(store, "upstream:bangkok", 1.0))
    whole = Retry(budget, "bangkok", RetryPolicy(attempts=5, base=0.001, cap=0.001), observer=Events())
    with pytest.raises(UpstreamUnavailable, match="status 500"):
        await whole.recognize(make_query())
    assert leaf.calls == 2


async def test_attempts_that_are_under_way_exceed_the_budget_by_their_own_price():
    store, wait = MemoryStore(), asyncio.Event()
    budget = UpstreamBudget(Priced("bangkok", 0.6, wait=wait), "bangkok", Purse(store, "upstream:bangkok", 1.0))
    running = [tasks.start(budget.recognize(make_query()), name="ask") for _ in range(3)]
    await asyncio.sleep(0)
    wait.set()
    await asyncio.gather(*running)
    assert total(store, "upstream:bangkok") == pytest.approx(1.8)
    with pytest.raises(UpstreamOverBudget):
        await budget.recognize(make_query())


@pytest.mark.parametrize("outcome", [None, UpstreamUnavailable()])
async def test_a_caller_is_charged_for_everything_that_was_tried(outcome: BaseException | None):
    store = MemoryStore()
    tried = InTurn(Priced("first", 0.5), Priced("second", 0.25, outcome))
    charging = Charging(tried, {"billing": Purse(store, "account:billing", 10.0)})
    await asyncio.gather(charging.recognize(make_query(caller="billing")), return_exceptions=True)
    assert total(store, "account:billing") == 0.75


async def test_what_was_charged_is_not_charged_again():
    store, query = MemoryStore(), make_query(caller="billing")
    charging = Charging(Priced("first", 0.5), {"billing": Purse(store, "account:billing", 10.0)})
    for _ in range(2):
        await charging.recognize(query)
    assert total(store, "account:billing") == 1.0


async def test_callers_without_a_purse_are_not_charged():
    store = MemoryStore()
    charging = Charging(Priced("first", 0.5), {"billing": Purse(store, "account:billing", 10.0)})
    await charging.recognize(make_query(caller="claims"))
    assert not list(store._sums)


async def test_answers_that_are_kept_or_shared_cost_nothing():
    store, wait = MemoryStore(), asyncio.Event()
    charging = Charging(Priced("first", 0.5, wait=wait), {"billing": Purse(store, "account:billing", 10.0)})
    whole = Cache(Coalesce(charging), CachePolicy())
    asked = [tasks.start(whole.recognize(make_query(caller="billing")), name="ask") for _ in range(3)]
    await asyncio.sleep(0)
    wait.set()
    await asyncio.gather(*asked)
    await whole.recognize(make_query(caller="billing"))
    assert total(store, "account:billing") == 0.5


async def test_work_is_charged_though_who_began_it_has_gone():
    store, wait = MemoryStore(), asyncio.Event()
    charging = Charging(Priced("first", 0.5, wait=wait), {"billing": Purse(store, "account:billing", 10.0)})
    whole = Coalesce(charging)
    leader = tasks.start(whole.recognize(make_query(caller="billing")), name="leader")
    await asyncio.sleep(0)
    follower = tasks.start(whole.recognize(make_query(caller="billing")), name="follower")
    await asyncio.sleep(0)
    await tasks.stop(leader)
    assert total(store, "account:billing") == 0
    wait.set()
    await follower
    assert total(store, "account:billing") == 0.5


async def test_what_was_paid_for_nobody_is_charged_too():
    store = MemoryStore()
    charging = Charging(Priced("first", 0.5, wait=asyncio.Event()), {"billing": Purse(store, "account:billing", 10.0)})
    asking = tasks.start(charging.recognize(make_query(caller="billing")), name="ask")
    await asyncio.sleep(0)
    await tasks.stop(asking)
    assert total(store, "account:billing") == 0.5
