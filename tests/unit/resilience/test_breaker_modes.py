import contextlib
from dataclasses import replace

from gateway.errors import (
    GatewayError,
    UpstreamMisconfigured,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.model import IdDocument
from gateway.resilience.circuit import REASONS, State
from tests.unit.resilience.benches import FOUND, Bench


async def outage(bench: Bench) -> None:
    """Five failures, a minute of requests every 5 s that fail for half of it, and refused credentials."""
    for error in [UpstreamUnavailable()] * 5:
        await let(bench, error)
    for step in range(12):
        bench.clock.now += 5
        await let(bench, UpstreamUnavailable() if step < 6 else FOUND)
    await let(bench, UpstreamMisconfigured())
    await let(bench, FOUND)


async def let(bench: Bench, outcome: IdDocument | BaseException) -> None:
    with contextlib.suppress(GatewayError):
        await bench.ask(outcome)


async def test_looking_on_it_tells_the_same_and_refuses_nobody():
    enforcing, observing = Bench(), Bench(mode="observe")
    await outage(enforcing)
    await outage(observing)
    assert enforcing.told == observing.told
    assert [state for state, _ in observing.told] == ["open", "half_open", "open", "half_open", "closed", "open"]
    assert observing.events == [replace(event, observed=True) for event in enforcing.events]
    assert observing.calls == 5 + 12 + 2
    assert enforcing.calls < observing.calls
    assert observing.breaker.available
    assert observing.breaker.retry_in == 0
    assert observing.breaker.state is State.OPEN


async def test_looking_on_it_lets_a_throttled_upstream_be_asked():
    bench = Bench(mode="observe")
    error = UpstreamThrottled()
    await bench.fail(error, 3)
    assert error.retry_after is None
    assert (await bench.ask()).document is FOUND
    assert bench.calls == 4


async def test_disabled_it_does_not_even_look():
    bench = Bench(mode="disabled")
    await bench.fail(UpstreamUnavailable(), 50)
    await bench.fail(UpstreamMisconfigured(), 5)
    await bench.fail(UpstreamThrottled(), 5)
    assert (await bench.ask()).document is FOUND
    assert bench.calls == 61
    assert bench.events == []
    assert bench.breaker.state is State.CLOSED
    assert bench.breaker.available


async def test_every_reason_is_one_that_is_known():
    bench = Bench()
    await outage(bench)
    bench.breaker.hold_open()
    bench.breaker.release()
    assert {reason for _, reason in bench.told} <= set(REASONS)
