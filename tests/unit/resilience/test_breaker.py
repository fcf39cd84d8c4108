import asyncio

import pytest

from gateway import errors
from gateway.errors import (
    CircuitOpen,
    DeadlineExceeded,
    GatewayError,
    InvalidParameter,
    NoDocument,
    UpstreamBusy,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.model import Recognition
from gateway.resilience.breaker import Breaker
from gateway.resilience.circuit import PROBING, BreakerPolicy, State
from tests.fakes import Events, FakeClock, make_query
from tests.unit.resilience.benches import FOUND, Bench, Gated


def subclasses(kind: type[GatewayError]) -> list[type[GatewayError]]:
    return [kind, *(found for child in kind.__subclasses__() for found in subclasses(child))]


ALL = sorted(
    {kind for kind in subclasses(GatewayError) if kind.__module__ == errors.__name__}, key=lambda k: k.__name__
)
AT_ONCE = {UpstreamMisconfigured: 1800.0, UpstreamExhausted: 1800.0, UpstreamGone: 300.0}


async def test_what_is_well_is_let_through():
    bench = Bench()
    for _ in range(20):
        assert (await bench.ask()).document is FOUND
    assert bench.events == []
    assert bench.breaker.available
    assert (bench.breaker.retry_in, bench.breaker.failed_at) == (0, None)


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind not in AT_ONCE and kind is not UpstreamThrottled])
async def test_the_class_of_an_error_says_whether_it_counts(kind):
    bench = Bench()
    await bench.fail(kind(), 5)
    assert (bench.breaker.state is State.OPEN) is kind.trips_breaker
    assert bench.told == ([("open", "consecutive")] if kind.trips_breaker else [])
    assert bench.breaker.available is not kind.trips_breaker


def test_those_that_count_are_the_failures_of_the_upstream():
    assert {kind for kind in ALL if kind.trips_breaker} == {
        UpstreamUnavailable,
        UpstreamTimeout,
        UpstreamProtocolError,
        *AT_ONCE,
    }


async def test_refuses_while_open_and_tells_when_to_come_back():
    bench = Bench()
    await bench.open()
    assert await bench.refused() == 30
    bench.clock.now += 20
    assert await bench.refused() == 10
    assert (bench.breaker.retry_in, bench.breaker.failed_at, bench.breaker.available) == (10, 1000.0, False)
    assert bench.told == [("open", "consecutive")]  # told once, however many are refused


async def test_finds_out_with_one_request():
    bench = Bench()
    await bench.open()
    bench.clock.now += 30
    assert bench.breaker.available
    await bench.ask()
    assert bench.told[1:] == [("half_open", "cooled_down"), ("closed", "recovered")]
    await bench.ask()


async def half_open() -> tuple[Breaker, Gated, asyncio.Task[Recognition]]:
    """A breaker with its probe under way."""
    clock, gated = FakeClock(1000.0), Gated()
    breaker = Breaker(gated, "a", BreakerPolicy(consecutive=1), observer=Events(), clock=clock)
    first = asyncio.get_running_loop().create_task(breaker.recognize(make_query()))
    await asyncio.sleep(0)
    gated.answers[0].set_exception(UpstreamUnavailable())
    with pytest.raises(UpstreamUnavailable):
        await first
    clock.now += 30
    probe = asyncio.get_running_loop().create_task(breaker.recognize(make_query()))
    await asyncio.sleep(0)
    assert len(gated.answers) == 2
    return breaker, gated, probe


async def test_others_are_refused_while_the_probe_is_under_way():
    breaker, gated, probe = await half_open()
    assert breaker.state is State.HALF_OPEN
    assert not breaker.available
    for _ in range(10):
        with pytest.raises(CircuitOpen) as refusal:
            await breaker.recognize(make_query())
        assert refusal.value.retry_after == PROBING
    gated.answers[1].set_result(Recognition(FOUND, "a"))
    await probe
    assert breaker.state is State.CLOSED
    assert len(gated.answers) == 2


@pytest.mark.parametrize(
    "error", [DeadlineExceeded(), UpstreamBusy(), UpstreamIncapable(), InvalidParameter(), KeyError("a defect of ours")]
)
async def test_a_probe_that_says_nothing_makes_room_for_the_next(error):
    breaker, gated, probe = await half_open()
    gated.answers[1].set_exception(error)
    with pytest.raises(type(error)):
        await probe
    assert breaker.state is State.HALF_OPEN
    assert breaker.available


async def test_a_probe_whose_caller_left_makes_room_for_the_next():
    breaker, gated, probe = await half_open()
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    assert breaker.available
    following = asyncio.get_running_loop().create_task(breaker.recognize(make_query()))
    await asyncio.sleep(0)
    gated.answers[2].set_result(Recognition(FOUND, "a"))
    await following
    assert breaker.state is State.CLOSED


async def test_a_probe_that_finds_no_document_has_found_a_vendor():
    breaker, gated, probe = await half_open()
    gated.answers[1].set_exception(NoDocument())
    with pytest.raises(NoDocument):
        await probe
    assert breaker.state is State.CLOSED


async def test_callers_who_leave_do_not_open_it():
    gated = Gated()
    breaker = Breaker(gated, "a", BreakerPolicy(consecutive=1), observer=Events(), clock=FakeClock())
    for _ in range(5):
        request = asyncio.get_running_loop().create_task(breaker.recognize(make_query()))
        await asyncio.sleep(0)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
    assert breaker.available


@pytest.mark.parametrize(("kind", "seconds"), AT_ONCE.items())
async def test_what_would_be_said_to_everybody_is_heard_once(kind, seconds):
    bench = Bench()
    await bench.fail(kind())
    assert bench.told == [("open", kind.outcome)]
    assert await bench.refused() == seconds
    assert not bench.breaker.may_insist
    bench.clock.now += seconds
    await bench.ask()
    assert bench.breaker.state is State.CLOSED


@pytest.mark.parametrize(("told", "seconds"), [(5.0, 30.0), (60.0, 60.0), (86_400.0, 1800.0)])
async def test_a_quota_that_is_known_to_return_is_waited_for(told, seconds):
    bench = Bench()
    await bench.fail(UpstreamExhausted(retry_after=told))
    assert await bench.refused() == seconds


@pytest.mark.parametrize(("told", "seconds"), [(None, 1.0), (0.1, 1.0), (2.0, 2.0), (900.0, 300.0)])
async def test_a_throttled_upstream_rests_and_has_not_failed(told, seconds):
    bench = Bench()
    error = UpstreamThrottled(retry_after=told)
    await bench.fail(error)
    assert error.retry_after == max(seconds, told or 0)  # what a retry or the caller should wait
    assert await bench.refused() == seconds
    assert bench.breaker.state is State.CLOSED
    assert bench.breaker.failed_at is None
    assert not bench.breaker.available
    assert bench.events == []
    bench.clock.now += seconds
    assert bench.breaker.available
    await bench.ask()


async def test_throttled_for_ever_it_is_asked_ever_less():
    """Asked ten times a second for ten seconds."""
    bench = Bench()
    moments = []
    for _ in range(100):
        if bench.breaker.available:
            moments.append(bench.clock.now - 1000)
            await bench.fail(UpstreamThrottled())
        else:
            await bench.refused()
        bench.clock.now += 0.125
    assert moments == [0, 1, 3, 7]


async def test_an_answer_in_between_makes_the_rest_short_again():
    bench = Bench()
    for answer in (FOUND, NoDocument()):
        for _ in range(3):
            await bench.fail(UpstreamThrottled())
            bench.clock.now += 60
        if isinstance(answer, NoDocument):
            await bench.fail(answer)
        else:
            await bench.ask(answer)
        await bench.fail(UpstreamThrottled())
        assert await bench.refused() == 1
        bench.clock.now += 60


async def test_a_throttled_probe_is_repeated_after_the_rest():
    bench = Bench()
    await bench.open()
    bench.clock.now += 30
    await bench.fail(UpstreamThrottled(retry_after=7.0))
    assert bench.breaker.state is State.HALF_OPEN
    assert await bench.refused() == 7
    bench.clock.now += 7
    await bench.ask()
    assert bench.breaker.state is State.CLOSED


async def test_a_query_that_insists_is_let_in():
    bench = Bench()
    await bench.open()
    assert bench.breaker.may_insist
    await bench.fail(UpstreamUnavailable(), insist=True)
    assert bench.breaker.state is State.OPEN
    await bench.ask(insist=True)
    assert bench.told == [("open", "consecutive"), ("closed", "recovered")]


@pytest.mark.parametrize("kind", [*AT_ONCE, UpstreamThrottled])
async def test_insisting_does_not_help_against_the_vendors_own_word(kind):
    bench = Bench()
    await bench.fail(kind())
    assert not bench.breaker.may_insist
    await bench.refused(insist=True)
