"""S04 to S07: a vendor that is down, gone silent or slow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.functional.scenarios.faulty import (
    Behaviour,
    Faulty,
    answers,
    falls_silent,
    found,
    head,
    refuses,
    resets,
    sends,
)
from tests.functional.scenarios.front import QUICK, SETTLED_SOON, Reply, ask, in_front_of

SCALED = {"each": QUICK}


async def first_and_second(behaviour: Behaviour, **settings: Any) -> tuple[Reply, Faulty, Faulty]:
    """One request, where the first vendor behaves so for ever and the second is well."""
    first, second = Faulty(behaviour), Faulty()
    async with in_front_of(first, second, **settings) as gateway:
        return await ask(gateway), first, second


async def alone(behaviour: Behaviour, **settings: Any) -> Reply:
    async with in_front_of(Faulty(behaviour), **settings) as gateway:
        return await ask(gateway)


async def test_s04_503_forever():
    """503 on every attempt: the next vendor answers inside the retry budget, after at most 6 attempts at the first"""
    reply, first, second = await first_and_second(refuses(503))
    assert (reply.outcome, reply.upstream) == ("ok", "second")
    assert (len(first.calls), len(second.calls)) == (2, 1)
    assert reply.seconds < SETTLED_SOON
    lone = await alone(refuses(503))
    assert (lone.status, lone.outcome) == (503, "ModelArts.4403")


async def test_s05_tcp_reset():
    """The connection is reset before the answer: asked again or elsewhere, and answered either way"""
    once, reserve = Faulty(resets, answers()), Faulty()
    async with in_front_of(once, reserve) as gateway:
        reply = await ask(gateway)
    assert reply.trail == [("first", "unavailable"), ("first", "ok")]
    reply, first, _ = await first_and_second(resets)
    assert (reply.outcome, reply.upstream) == ("ok", "second")
    assert len(first.calls) == 2


async def test_s06_never_answers():
    """No answer at all: the silent vendor is not asked twice and the call ends inside its budget (limit of 20 s scaled to 0.3 s)"""
    reply, first, _ = await first_and_second(falls_silent, **SCALED)
    assert reply.trail == [("first", "timeout"), ("second", "ok")]
    assert len(first.calls) == 1
    assert reply.seconds < SETTLED_SOON
    lone = await alone(falls_silent, **SCALED)
    assert (lone.status, lone.outcome, lone.trail) == (504, "ModelArts.4402", [("first", "timeout")])


@pytest.mark.parametrize(
    "slow",
    [
        pytest.param(answers(after=60.0), id="headers"),
        pytest.param(sends(head(content_length=len(found())), then=falls_silent), id="body"),
    ],
)
async def test_s07_slow_first_byte(slow: Behaviour):
    """The first byte takes far too long: the limit on it fires and the next vendor answers (20 s scaled to 0.3 s)"""
    reply, first, _ = await first_and_second(slow, **SCALED)
    assert reply.trail == [("first", "timeout"), ("second", "ok")]
    assert len(first.calls) == 1
    assert reply.seconds < SETTLED_SOON
