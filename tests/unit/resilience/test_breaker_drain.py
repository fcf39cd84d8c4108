import asyncio

import pytest

from gateway.errors import (
    UpstreamMisconfigured,
    UpstreamThrottled,
)
from gateway.model import Recognition
from gateway.resilience.breaker import Breaker
from gateway.resilience.circuit import BreakerPolicy, State
from tests.fakes import Events, FakeClock, make_query
from tests.unit.resilience.benches import FOUND, Bench, Gated


async def test_a_drained_upstream_is_not_asked_until_it_is_resumed():
    bench = Bench()
    bench.breaker.hold_open()
    bench.breaker.hold_open()
    assert bench.told == [("open", "drained")]
    assert (bench.breaker.held, bench.breaker.state, bench.breaker.retry_in) == (True, State.OPEN, None)
    assert not bench.breaker.available
    assert not bench.breaker.may_insist
    assert await bench.refused() is None
    assert await bench.refused(insist=True) is None
    bench.clock.now += 100_000
    assert await bench.refused() is None
    bench.breaker.release()
    bench.breaker.release()
    assert bench.told == [("open", "drained"), ("closed", "resumed")]
    await bench.ask()


async def test_resuming_ends_a_cooldown_and_a_rest():
    bench = Bench()
    await bench.fail(UpstreamMisconfigured())
    bench.breaker.release()
    assert bench.told[1:] == [("half_open", "resumed")]
    await bench.fail(UpstreamThrottled(retry_after=60.0))
    assert not bench.breaker.available
    bench.breaker.release()
    await bench.ask()
    assert bench.breaker.state is State.CLOSED


async def test_drained_while_open_it_is_resumed_with_a_probe():
    bench = Bench()
    await bench.open()
    bench.breaker.hold_open()
    bench.breaker.release()
    assert bench.told[1:] == [("open", "drained"), ("half_open", "resumed")]


async def test_what_is_under_way_when_drained_goes_on():
    gated = Gated()
    breaker = Breaker(gated, "a", BreakerPolicy(), observer=Events(), clock=FakeClock())
    request = asyncio.get_running_loop().create_task(breaker.recognize(make_query()))
    await asyncio.sleep(0)
    breaker.hold_open()
    gated.answers[0].set_result(Recognition(FOUND, "a"))
    assert (await request).document is FOUND


@pytest.mark.parametrize("mode", ["observe", "disabled"])
async def test_draining_works_in_every_mode(mode):
    bench = Bench(mode=mode)
    bench.breaker.hold_open()
    await bench.refused()
