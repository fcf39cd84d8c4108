import contextlib
import gc
import weakref

import pytest

from gateway.errors import (
    DeadlineExceeded,
    GatewayError,
    InvalidParameter,
    NoDocument,
    NoRoute,
    Overloaded,
    RecognitionFailed,
    UnreadableDocument,
    UpstreamBusy,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamTimeout,
    UpstreamUnavailable,
    WrongDocument,
)
from gateway.events import FailedOver
from gateway.model import IdDocument, Query, Recognition, Trail
from gateway.resilience.failover import Failover, Target
from tests.fakes import Events, FakeClock, FakeRecognizer, make_query

FOUND = IdDocument(country_region="THA")


def able(_query: object) -> bool:
    return True


def unable(_query: object) -> bool:
    return False


def chain(*outcomes: IdDocument | BaseException, clock: FakeClock | None = None):
    """A failover over one target for each outcome, named a, b, c …; the targets; the events."""
    events = Events()
    fakes = [FakeRecognizer(name, outcome) for name, outcome in zip("abcd", outcomes, strict=False)]
    targets = [Target(fake.name, fake, able) for fake in fakes]
    return Failover("route", targets, observer=events, clock=clock or FakeClock()), fakes, events


async def test_the_first_that_answers_is_the_answer():
    failover, fakes, events = chain(FOUND, FOUND)
    assert (await failover.recognize(make_query(deadline=200.0))).upstream == "a"
    assert [len(fake.calls) for fake in fakes] == [1, 0]
    assert events == []


@pytest.mark.parametrize(
    "error",
    [
        UpstreamUnavailable,
        UpstreamTimeout,
        UpstreamThrottled,
        UpstreamMisconfigured,
        UpstreamGone,
        UpstreamProtocolError,
        UpstreamIncapable,
        UpstreamBusy,
        NoDocument,
        UnreadableDocument,
        WrongDocument,
        RecognitionFailed,
    ],
)
async def test_the_next_is_asked_and_it_is_told_why(error: type[GatewayError]):
    failover, _, events = chain(error(), FOUND)
    assert (await failover.recognize(make_query(deadline=200.0))).upstream == "b"
    assert events == [FailedOver("route", "a", "b", error.outcome)]


@pytest.mark.parametrize("error", [InvalidParameter, DeadlineExceeded, Overloaded])
async def test_an_error_that_no_other_target_can_mend_ends_the_walk(error: type[GatewayError]):
    failover, fakes, events = chain(error(), FOUND)
    with pytest.raises(error):
        await failover.recognize(make_query(deadline=200.0))
    assert not fakes[1].calls
    assert events == []


async def test_a_defect_of_ours_is_not_hidden_by_the_next_target():
    failover, fakes, _ = chain(KeyError("bug"), FOUND)
    with pytest.raises(KeyError):
        await failover.recognize(make_query(deadline=200.0))
    assert not fakes[1].calls


async def test_targets_that_cannot_take_the_query_are_passed_over_in_silence():
    events = Events()
    first, second, third = (FakeRecognizer(name, UpstreamGone()) for name in "abc")
    targets = [Target("a", first, able), Target("b", second, unable), Target("c", third, able)]
    with pytest.raises(UpstreamGone):
        await Failover("route", targets, observer=events, clock=FakeClock()).recognize(make_query(deadline=200.0))
    assert not second.calls
    assert events == [FailedOver("route", "a", "c", "gone")]


async def test_no_target_can_take_it():
    targets = [Target(name, FakeRecognizer(name), unable) for name in "ab"]
    with pytest.raises(NoRoute, match="no target of route takes such a document; passed over: a, b"):
        await Failover("route", targets, observer=Events()).recognize(make_query())


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ((UpstreamTimeout(), UpstreamGone()), UpstreamTimeout),
        ((UpstreamGone(), UpstreamIncapable()), UpstreamGone),
        ((UpstreamIncapable(), UpstreamGone()), UpstreamGone),
        ((UpstreamGone(), UpstreamBusy()), UpstreamGone),
        ((UpstreamBusy(), UpstreamThrottled()), UpstreamThrottled),
        ((UpstreamIncapable(), UpstreamBusy()), UpstreamIncapable),
        ((UpstreamGone(), UnreadableDocument()), UnreadableDocument),
        ((NoDocument(), UpstreamTimeout()), NoDocument),
        ((NoDocument(), UnreadableDocument()), NoDocument),
        ((UpstreamGone(), NoRoute()), UpstreamGone),
        ((UpstreamTimeout(), DeadlineExceeded()), UpstreamTimeout),
        ((UpstreamIncapable(), DeadlineExceeded()), DeadlineExceeded),
        ((UpstreamIncapable(), UpstreamGone(), WrongDocument(), UpstreamBusy()), WrongDocument),
    ],
)
async def test_when_all_fail_the_most_telling_error_is_the_answer(outcomes, told):
    failover, _, events = chain(*outcomes)
    with pytest.raises(told):
        await failover.recognize(make_query(deadline=200.0))
    assert len(events) == len(outcomes) - 1


async def test_the_very_error_is_passed_on_with_its_wait():
    failover, _, _ = chain(UpstreamThrottled(retry_after=7.0), UpstreamIncapable())
    with pytest.raises(UpstreamThrottled) as throttled:
        await failover.recognize(make_query(deadline=200.0))
    assert throttled.value.retry_after == 7.0


async def test_nobody_is_asked_once_the_time_is_up():
    clock, events = FakeClock(100.0), Events()

    def pass_time() -> None:
        clock.now = 130.0

    slow = FakeRecognizer("a", UpstreamTimeout(), when_asked=pass_time)
    next_one = FakeRecognizer("b", FOUND)
    targets = [Target("a", slow, able), Target("b", next_one, able)]
    with pytest.raises(UpstreamTimeout):
        await Failover("route", targets, observer=events, clock=clock).recognize(make_query(deadline=130.0))
    assert not next_one.calls
    assert events == []


class Watched(Trail):
    """A trail that can be watched; it lives exactly as long as its query."""


class Refusing:
    """Raises a new error for each call, so that nothing but the failover could keep it."""

    async def recognize(self, _query: Query, /) -> Recognition:
        raise UpstreamGone


async def test_errors_do_not_keep_the_query_alive():
    """An error knows the frames that it passed, and these the picture: a circle would hold it until a collection."""
    failover = Failover("route", [Target(name, Refusing(), able) for name in "ab"], observer=Events())
    query = make_query(trail=Watched())
    watched = weakref.ref(query.trail)
    gc.disable()
    try:
        with contextlib.suppress(UpstreamGone):
            await failover.recognize(query)
        del query
        assert watched() is None
    finally:
        gc.enable()
