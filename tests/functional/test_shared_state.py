"""Limits and budgets through the whole gateway, over replicas that share a Redis, and with a Redis that fails (S22)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median
from typing import Any

import pytest

from gateway import tasks
from gateway.events import StateChanged
from gateway.state.guard import FAILURES
from tests.functional.scenarios.faulty import Call, Faulty, answers
from tests.functional.scenarios.front import Reply, ask, configuration, picture
from tests.inprocess import Running, running
from tests.redis_server import RedisServer, line_to, redis_server

PROMISED = 0.05
"""Seconds that a Redis in whatever state may add to a request."""

TOO_OFTEN = (429, "APIG.0308")


@pytest.fixture
def redis(tmp_path: Any) -> Iterator[RedisServer]:
    with redis_server(tmp_path) as server:
        yield server


@asynccontextmanager
async def replicas(
    port: int, *vendors: Faulty, count: int = 2, limits: str = "", each: dict[str, Any] | None = None, **settings: Any
) -> AsyncIterator[list[Running]]:
    """Gateways over ``vendors`` that share the Redis at ``port``; ``limits`` are those of callers without a name."""
    callers = f"{{anonymous: true, limits: {{{limits}}}}}"
    state = {"url": f"redis://127.0.0.1:{port}/0"}
    async with AsyncExitStack() as stack:
        for vendor in vendors:
            await stack.enter_async_context(vendor.serving())
        named = dict(zip(("first", "second"), vendors, strict=False))
        config = configuration(named, each=each, state=state, **settings)
        yield [await stack.enter_async_context(running(config, callers=callers)) for _ in range(count)]


def kind(reply: Reply) -> tuple[int, str]:
    return reply.status, reply.outcome


async def test_a_rate_holds_for_all_replicas(redis: RedisServer):
    async with replicas(redis.port, Faulty(), limits="rate: 0.1, burst: 2") as (here, there):
        replies = [await ask(gateway) for gateway in (here, there, here, there)]
    assert [kind(reply) for reply in replies] == [(200, "ok"), (200, "ok"), TOO_OFTEN, TOO_OFTEN]
    assert replies[2].headers["Retry-After"] in {"9", "10"}
    assert replies[2].trail == []


async def test_so_many_requests_under_way_at_all_replicas(redis: RedisServer):
    asked, answer = asyncio.Event(), asyncio.Event()

    async def when_told(call: Call) -> None:
        asked.set()
        await answer.wait()
        await answers()(call)

    async with replicas(redis.port, Faulty(when_told), limits="concurrency: 1") as (here, there):
        first = tasks.start(ask(here), name="first")
        await asked.wait()
        refused = await ask(there)
        answer.set()
        assert (await first).status == 200
        assert (kind(refused), refused.headers["Retry-After"]) == (TOO_OFTEN, "1")
        assert (await ask(there)).status == 200


async def test_a_day_s_money_is_one_purse_for_all_replicas(redis: RedisServer):
    """Every attempt is paid, and one that is under way exceeds the budget by its own price."""
    async with replicas(redis.port, Faulty(), limits="budget: 0.025") as (here, there):
        replies = [await ask(gateway) for gateway in (here, there, here, there, here)]
    assert [reply.status for reply in replies] == [200, 200, 200, 429, 429]
    assert kind(replies[-1]) == TOO_OFTEN
    assert 1 <= int(replies[-1].headers["Retry-After"]) <= 86400


async def test_an_answer_that_was_kept_costs_nothing_and_counts(redis: RedisServer):
    server, same = {"cache": {}}, picture("same")
    async with replicas(redis.port, Faulty(), limits="budget: 0.02, rate: 0.1, burst: 4", server=server) as (here, _):
        replies = [await ask(here, image=image) for image in (same, same, same, picture("other"), same)]
    assert [reply.headers.get("X-Gateway-Cost") for reply in replies[:4]] == ["0.01", "0", "0", "0.01"]
    assert [reply.status for reply in replies] == [200, 200, 200, 200, 429]


async def test_an_upstream_whose_money_is_spent_is_passed_over(redis: RedisServer):
    first, second = Faulty(), Faulty()
    async with replicas(redis.port, first, second, upstreams={"first": {"budget": 0.015}}) as (here, there):
        replies = [await ask(gateway) for gateway in (here, there, here, there)]
    assert [reply.upstream for reply in replies] == ["first", "first", "second", "second"]
    assert [len(vendor.calls) for vendor in (first, second)] == [2, 2]


async def test_without_another_upstream_the_caller_is_told_to_come_back_tomorrow(redis: RedisServer):
    async with replicas(redis.port, Faulty(), count=1, each={"budget": 0.01}) as (gateway,):
        await ask(gateway)
        refused = await ask(gateway)
    assert kind(refused) == (503, "ModelArts.4403")
    assert 1 <= int(refused.headers["Retry-After"]) <= 86400


async def test_the_rate_of_an_upstream_is_that_of_all_replicas(redis: RedisServer):
    vendor = Faulty()
    limits = {"limits": {"rate": 0.1, "burst": 2, "wait": 0}}
    async with replicas(redis.port, vendor, each=limits) as (here, there):
        replies = [await ask(gateway) for gateway in (here, there, here)]
    assert [kind(reply) for reply in replies] == [(200, "ok"), (200, "ok"), (429, "ModelArts.4401")]
    assert len(vendor.calls) == 2


EVERYTHING = "rate: 10000, concurrency: 1000, budget: 1000"
BOUNDED = {"limits": {"rate": 10000}, "budget": 1000}


@pytest.mark.parametrize("mode", ["slow", "mute", "reset"])
async def test_s22_slow_redis(redis: RedisServer, mode: Any):
    """Redis takes 2 s to answer, or never does, or hangs up: no request is delayed by more than 50 ms"""
    delays = []
    while not delays or (min(delays) >= PROMISED and len(delays) < 3):  # a busy machine may be late by itself
        async with (
            line_to(redis.port, delay=2.0) as line,
            replicas(line.port, Faulty(), count=1, limits=EVERYTHING, each=BOUNDED) as (gateway,),
        ):
            usual = median([(await ask(gateway)).seconds for _ in range(9)])
            assert gateway.gateway.state.healthy
            line.mode = mode
            while_failing = [await ask(gateway) for _ in range(FAILURES)]
            assert not gateway.gateway.state.healthy
            asked = line.bytes_in
            left_alone = [await ask(gateway) for _ in range(9)]
            assert line.bytes_in == asked
        assert {reply.status for reply in while_failing + left_alone} == {200}
        assert median(reply.seconds for reply in left_alone) - usual < PROMISED / 5
        assert [event for event in gateway.events if isinstance(event, StateChanged)] == [StateChanged(healthy=False)]
        delays.append(max(reply.seconds for reply in while_failing) - usual)
    assert min(delays) < PROMISED


async def test_limits_hold_without_redis_for_each_replica(redis: RedisServer):
    async with replicas(redis.port, Faulty(), limits="rate: 0.01, burst: 2, budget: 1") as (here, there):
        assert (await ask(here)).status == 200
        redis.kill()
        replies = [await ask(gateway) for gateway in (here, here, there, there, there)]
    assert [reply.status for reply in replies] == [200, 429, 200, 200, 429]
