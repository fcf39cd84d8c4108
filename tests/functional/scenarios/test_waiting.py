"""S01 to S03: failures that pass when one waits, with the default retry, breaker and limits in real time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.functional.scenarios.faulty import Behaviour, Call, Faulty, answers, refuses
from tests.functional.scenarios.front import SETTLED_SOON, Reply, ask, in_front_of


async def throttled_until_a_date(call: Call) -> None:
    """Retry-After as a date, two seconds after the answer's own (RFC 9110 section 10.2.3)."""
    now = datetime.now(UTC)
    dates = {
        "date": format_datetime(now, usegmt=True),
        "retry_after": format_datetime(now + timedelta(seconds=2), usegmt=True),
    }
    await refuses(429, "APIG.0308", **dates)(call)


async def throttled_once(throttled: Behaviour) -> None:
    """A vendor alone, and one with a reserve behind it."""
    alone, first, reserve = Faulty(throttled, answers()), Faulty(throttled, answers()), Faulty()
    async with in_front_of(alone) as one, in_front_of(first, reserve) as two:
        replies = await asyncio.gather(ask(one), ask(two))
    assert [reply.outcome for reply in replies] == ["ok", "ok"]
    assert len(alone.calls) == 2
    assert alone.moments[1] >= 1.8
    if len(first.calls) > 1:
        assert first.moments[1] >= 1.8
    else:
        assert replies[1].upstream == "second"


async def test_s01_429_with_retry_after():
    """429 with Retry-After of 2 s, once: waits at least 1.8 s or falls back; at most 2 attempts within 1.5 s"""
    forms = (refuses(429, "APIG.0308", retry_after=2), refuses(429, retry_after=2), throttled_until_a_date)
    long, reserve = Faulty(refuses(429, retry_after=60)), Faulty()

    async def falls_back_at_once() -> Reply:
        async with in_front_of(long, reserve) as gateway:
            return await ask(gateway)

    reply, *_ = await asyncio.gather(falls_back_at_once(), *map(throttled_once, forms))
    assert (reply.trail, reply.seconds < SETTLED_SOON) == ([("first", "throttled"), ("second", "ok")], True)


async def test_s02_429_forever():
    """429 on every attempt, without a wait: at most 4 attempts within 3 s and 6 in all"""
    vendor = Faulty(refuses(429))
    async with in_front_of(vendor) as gateway:

        async def come(tenths: int) -> Reply:
            await asyncio.sleep(tenths / 10)
            return await ask(gateway)

        replies = await asyncio.gather(*map(come, range(30)))
    assert {reply.status for reply in replies} <= {429, 503}
    assert all(int(reply.headers["Retry-After"]) >= 1 for reply in replies)
    assert len([moment for moment in vendor.moments if moment <= 3]) <= 4
    assert 2 <= len(vendor.calls) <= 6


async def test_s03_500_once():
    """500 once: the same vendor is asked again and answers"""
    first, second = Faulty(refuses(500), answers()), Faulty()
    async with in_front_of(first, second) as gateway:
        reply = await ask(gateway)
    assert reply.trail == [("first", "unavailable"), ("first", "ok")]
    assert not second.calls
