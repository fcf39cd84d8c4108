"""Asking a second target beside a slow first one."""

import asyncio

import pytest

from gateway.errors import GatewayError, InvalidParameter, NoDocument, UpstreamTimeout
from gateway.events import FailedOver
from gateway.model import IdDocument, Query, Recognition
from gateway.resilience.failover import Failover, Target
from gateway.resilience.hedge import HedgePolicy
from tests.fakes import Events, make_query

READ = IdDocument(document_number="X1")


class Slow:
    """Ends when it is let, or at once where ``go`` is set from the start."""

    def __init__(self, name: str, end: IdDocument | BaseException = READ, *, at_once: bool = False) -> None:
        self.name = name
        self.end = end
        self.calls: list[Query] = []
        self.cancelled = 0
        self.asked = asyncio.Event()
        self.go = asyncio.Event()
        if at_once:
            self.go.set()

    async def recognize(self, query: Query, /) -> Recognition:
        self.calls.append(query)
        self.asked.set()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if isinstance(self.end, BaseException):
            raise self.end
        return Recognition(self.end, self.name)


def race(*runners: Slow, budget: float = 1.0, after: float = 0.1) -> tuple[Failover, Events]:
    events = Events()
    targets = [Target(runner.name, runner, lambda _query: True) for runner in runners]
    return Failover("route", targets, observer=events, hedge=HedgePolicy(after=after, budget=budget)), events


async def test_a_quick_answer_needs_no_company():
    first, second = Slow("a", at_once=True), Slow("b")
    failover, events = race(first, second)
    assert (await failover.recognize(make_query())).upstream == "a"
    assert (second.calls, events) == ([], [])


async def test_the_second_may_win_and_the_first_is_let_go():
    first, second = Slow("a"), Slow("b", at_once=True)
    failover, events = race(first, second)
    assert (await failover.recognize(make_query())).upstream == "b"
    assert first.cancelled == 1
    assert [query.purpose for query in (*first.calls, *second.calls)] == ["", "hedge"]
    assert events == [FailedOver("route", "a", "b", "hedged")]


async def test_the_first_may_still_win():
    first, second = Slow("a"), Slow("b")
    failover, _ = race(first, second)
    asking = asyncio.get_running_loop().create_task(failover.recognize(make_query()))
    await second.asked.wait()
    first.go.set()
    assert (await asking).upstream == "a"
    assert second.cancelled == 1


async def test_when_one_fails_the_other_is_waited_for():
    first, second, third = Slow("a", UpstreamTimeout()), Slow("b"), Slow("c")
    failover, _ = race(first, second, third)
    asking = asyncio.get_running_loop().create_task(failover.recognize(make_query()))
    await second.asked.wait()
    first.go.set()
    for _ in range(5):
        await asyncio.sleep(0)
    assert not third.calls
    second.go.set()
    assert (await asking).upstream == "b"


async def test_a_failure_before_the_time_is_plain_failover():
    failover, events = race(Slow("a", UpstreamTimeout(), at_once=True), Slow("b", at_once=True))
    assert (await failover.recognize(make_query())).upstream == "b"
    assert events == [FailedOver("route", "a", "b", "timeout")]


async def test_when_both_fail_the_third_is_asked_and_then_the_most_telling_error_told():
    runners = [
        Slow("a", UpstreamTimeout()),
        Slow("b", NoDocument(), at_once=True),
        Slow("c", UpstreamTimeout(), at_once=True),
    ]
    failover, _ = race(*runners)
    asking = asyncio.get_running_loop().create_task(failover.recognize(make_query()))
    await runners[1].asked.wait()
    runners[0].go.set()
    with pytest.raises(NoDocument):
        await asking
    assert len(runners[2].calls) == 1


@pytest.mark.parametrize("error", [InvalidParameter(), KeyError("bug")])
async def test_an_error_that_is_final_ends_the_race(error: GatewayError | KeyError):
    first, second = Slow("a", error), Slow("b")
    failover, _ = race(first, second)
    asking = asyncio.get_running_loop().create_task(failover.recognize(make_query()))
    await second.asked.wait()
    first.go.set()
    with pytest.raises(type(error)):
        await asking
    assert second.cancelled == 1


async def test_hedges_are_few():
    first, second = Slow("a"), Slow("b", at_once=True)
    failover, _ = race(first, second, budget=0.01)
    await failover.recognize(make_query())
    first.go.set()
    first.asked.clear()
    asking = asyncio.get_running_loop().create_task(failover.recognize(make_query()))
    await asking
    assert len(second.calls) == 1


class Open:
    may_insist = True
    failed_at = 1.0

    def __init__(self) -> None:
        self.available = False


async def test_company_is_somebody_who_would_let_the_query_in():
    slow, dead, quick = Slow("a"), Slow("b", UpstreamTimeout(), at_once=True), Slow("c", at_once=True)
    events = Events()
    targets = [Target(runner.name, runner, lambda _query: True) for runner in (slow, quick)]
    targets.insert(1, Target(dead.name, dead, lambda _query: True, Open()))
    failover = Failover("route", targets, observer=events, hedge=HedgePolicy(after=0.1, budget=1.0))
    assert (await failover.recognize(make_query())).upstream == "c"
    assert events == [FailedOver("route", "a", "c", "hedged")]
    assert dead.calls == []


async def test_where_nobody_would_the_budget_is_kept():
    slow, other, circuit = Slow("a"), Slow("b", at_once=True), Open()
    targets = [Target("a", slow, lambda _query: True), Target("b", other, lambda _query: True, circuit)]
    failover = Failover("route", targets, observer=Events(), hedge=HedgePolicy(after=0.1, budget=0.01))
    asking = asyncio.get_running_loop().create_task(failover.recognize(make_query()))
    await asyncio.wait((asking,), timeout=0.15)
    assert other.calls == []
    slow.go.set()
    assert (await asking).upstream == "a"
    slow.go.clear()
    circuit.available = True
    assert (await failover.recognize(make_query())).upstream == "b"


async def test_a_caller_who_goes_away_stops_both():
    first, second = Slow("a"), Slow("b")
    failover, _ = race(first, second)
    asking = asyncio.get_running_loop().create_task(failover.recognize(make_query()))
    await second.asked.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (first.cancelled, second.cancelled) == (1, 1)
