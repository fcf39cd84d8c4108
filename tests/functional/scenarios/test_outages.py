"""S15 and S25: a vendor that is away for a while, and one that is gone for good."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from gateway.adapters.huawei_id_document import HuaweiIdDocument
from gateway.config.schema import UpstreamConfig
from gateway.errors import UpstreamUnavailable
from gateway.model import IdDocument, Query, Recognition
from gateway.nest import Nest, nest
from gateway.resilience.breaker import Breaker
from gateway.resilience.circuit import BreakerPolicy
from gateway.resilience.failover import Failover, Target
from gateway.resilience.limit import Limit, LimitPolicy
from gateway.resilience.retry import Retry, RetryPolicy
from gateway.upstream.transport import open_session
from gateway.upstream.upstream import Upstream
from tests.fakes import Events, FakeRecognizer, make_query
from tests.functional.scenarios.faulty import Behaviour, Call, Faulty, answers, refuses
from tests.functional.scenarios.front import ask, in_front_of, picture, process_in_front_of
from tests.unit.config.sections import section
from tests.virtual_time import virtual_time

OUTAGE, COUNT, EVERY = 60.0, 20, 4.0
BACK_WITHIN = 30.0
"""Seconds of the published scenario: twenty requests, four seconds apart, over an outage of a minute."""


def now() -> float:
    return asyncio.get_running_loop().time()


class Flapping:
    """Down for a minute, then well."""

    def __init__(self) -> None:
        self.began = now()
        self.moments: list[float] = []

    async def recognize(self, _query: Query, /) -> Recognition:
        self.moments.append(now() - self.began)
        await asyncio.sleep(0.1)
        if self.moments[-1] < OUTAGE:
            raise UpstreamUnavailable
        return Recognition(IdDocument(), "first")


def defaults(leaf: Any, events: Events) -> Target:
    """``leaf`` in the default policies, in the order of :mod:`gateway.nest`, on the clock of the event loop."""
    limit = Limit(leaf, "first", LimitPolicy(), clock=now)
    breaker = Breaker(limit, "first", BreakerPolicy(), observer=events, clock=now)
    retry = Retry(breaker, "first", RetryPolicy(), observer=events, clock=now)
    return Target("first", retry, lambda _query: True, breaker)


@virtual_time
async def test_s15_outage_with_the_default_settings():
    events, flapping, reserve = Events(), Flapping(), FakeRecognizer("second")
    targets = [defaults(flapping, events), Target("second", reserve, lambda _query: True)]
    failover = Failover("default", targets, observer=events, clock=now)
    served = []
    for number in range(COUNT):
        await asyncio.sleep(flapping.began + number * EVERY - now())
        upstream = (await failover.recognize(make_query(deadline=now() + 30))).upstream
        served.append((now() - flapping.began, upstream))
    assert len(served) == COUNT
    check(served, flapping.moments, 1.0)


def check(served: list[tuple[float, str]], moments: list[float], scale: float, late: float = 0.0) -> None:
    """All are served, the dead vendor is asked seldom, and the recovered one again in time. ``served`` has moment and
    upstream of every answer; ``late`` is by how many seconds a busy machine may be.
    """
    back = next(moment for moment, upstream in served if upstream == "first")
    assert back <= (OUTAGE + BACK_WITHIN) * scale + late
    assert {upstream for moment, upstream in served if moment < back} == {"second"}
    assert {upstream for moment, upstream in served if moment >= back} == {"first"}
    during = [moment for moment in moments if moment < OUTAGE * scale]
    assert len(during) <= 7
    assert len([moment for moment in during if moment >= 12 * scale]) <= 2  # probes


async def test_s15_outage_of_60_s(tmp_path: Path):
    """Down for 60 s, then well; 20 requests: all served, few attempts at the dead vendor, back within 30 s (also scaled to a twentieth on real ports)"""
    scale = 0.05
    began = time.monotonic()

    async def flap(call: Call) -> None:
        down = time.monotonic() - began < OUTAGE * scale
        await (refuses(503) if down else answers())(call)

    breaker = {"cooldown": 30 * scale, "max_cooldown": 300 * scale, "window": 60 * scale}
    first, second = Faulty(flap), Faulty()
    each = {"breaker": breaker, "retry": {"base": 0.01}}
    served = []
    async with process_in_front_of(first, second, folder=tmp_path, each=each) as gateway:
        began = time.monotonic()
        for number in range(COUNT + 5):
            await asyncio.sleep(began + number * EVERY * scale - time.monotonic())
            _, _, headers = await asyncio.to_thread(gateway.post, {"image": picture(str(number))})
            served.append((time.monotonic() - began, headers["X-Gateway-Upstream"]))
    check(served, [call.at - began for call in first.calls], scale, late=0.5)


class NoSuchHost(AbstractResolver):
    """What a name server says of a name that is gone."""

    async def resolve(self, *_: Any, **__: Any) -> list[ResolveResult]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("gone", [refuses(410), refuses(404, "APIG.0101"), refuses(403, "ModelArts.4204")])
async def test_s25_original_gone(gone: Behaviour):
    """The original answers 410, or its name is no more: the next target answers for good, and it is asked no more"""
    original, reserve = Faulty(gone), Faulty()
    async with in_front_of(original, reserve) as gateway:
        replies = [await ask(gateway) for _ in range(10)]
        assert {reply.upstream for reply in replies} == {"second"}
        assert [reply.trail for reply in replies[:2]] == [[("first", "gone"), ("second", "ok")], [("second", "ok")]]
        assert gateway.gateway.nests["first"].breaker.retry_in > 200
    assert len(original.calls) == 1


async def test_s25_name_gone():
    events, reserve = Events(), Faulty()
    async with (
        reserve.serving(),
        open_session(TCPConnector(resolver=NoSuchHost())) as nameless,
        open_session() as session,
    ):
        nests = [
            upstream("original", "http://ocr.original.invalid", nameless, events),
            upstream("reserve", reserve.url, session, events),
        ]
        failover = Failover("default", [each.target() for each in nests], observer=events)
        queries = [make_query() for _ in range(3)]
        for query in queries:
            assert (await failover.recognize(query)).upstream == "reserve"
    trails = [[(attempt.upstream, attempt.outcome) for attempt in query.trail] for query in queries]
    assert trails == [[("original", "gone"), ("reserve", "ok")], [("reserve", "ok")], [("reserve", "ok")]]


def upstream(name: str, endpoint: str, session: Any, observer: Callable[[Any], None]) -> Nest:
    """One upstream as it is built, over a session of the test's."""
    adapter = HuaweiIdDocument(endpoint=endpoint, project_id="p")
    leaf = Upstream(name, adapter, session=session, observer=observer)
    nothing = section("{}")
    config = UpstreamConfig(adapter="huawei_id_document", options=nothing, at=nothing)
    return nest(name, leaf, leaf.supports, config, observer=observer)
