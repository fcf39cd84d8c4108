"""S21: callers that do not wait for their answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from gateway import tasks
from gateway.resilience.circuit import State
from tests.functional.scenarios.faulty import MALEE, Faulty, answers, falls_silent
from tests.functional.scenarios.front import ask, in_front_of, picture


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError


async def test_s21_client_hang_up():
    """A caller hangs up: the attempt is called off, no circuit counts it, and whoever waits for the same answer gets it"""
    silent = Faulty(falls_silent)
    async with in_front_of(silent) as gateway:
        for number in range(6):  # one more than would open a circuit
            asking = tasks.start(ask(gateway), name="caller")
            await until(lambda expected=number + 1: len(silent.calls) == expected)
            asking.cancel()
            await until(lambda: silent.calls[-1].hung_up)
        breaker = gateway.gateway.nests["first"].breaker
        assert (breaker.state, breaker.failed_at) == (State.CLOSED, None)

    slow = Faulty(answers(after=0.3))
    async with in_front_of(slow) as gateway:
        same = picture("same")
        leader = tasks.start(ask(gateway, image=same), name="caller")
        await until(lambda: len(slow.calls) == 1)
        follower = tasks.start(ask(gateway, image=same), name="caller")
        await asyncio.sleep(0.05)
        leader.cancel()
        reply = await follower
    assert (reply.result, reply.headers["X-Gateway-Cache"]) == (MALEE, "coalesced")
    assert (len(slow.calls), slow.calls[0].hung_up) == (1, False)
