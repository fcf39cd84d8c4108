import pytest

from gateway.events import AttemptFinished, FailedOver, UpstreamVanished
from gateway.migrate.gone import Absence, GonePolicy, GoneWatch
from tests.fakes import Events, FakeClock


def course(*outcomes: tuple[str, float], attempts: int = 3, over: float = 600) -> list[bool]:
    """Whether it counts as gone after each of these outcomes, at these seconds."""
    absence = Absence(GonePolicy(attempts=attempts, over=over))
    states = []
    for outcome, now in outcomes:
        was = absence.gone
        assert absence.saw(outcome, now) is (absence.gone != was)
        states.append(absence.gone)
    return states


def test_it_takes_so_many_in_a_row_and_so_much_time():
    assert course(("gone", 0), ("gone", 1), ("gone", 599), ("gone", 600)) == [False, False, False, True]
    assert course(("gone", 0), ("gone", 6000), ("gone", 6001)) == [False, False, True]
    assert course(("gone", 0), attempts=1, over=0) == [True]


@pytest.mark.parametrize("outcome", ["ok", "no_document", "timeout", "unavailable", "throttled", "misconfigured"])
def test_anything_else_is_a_sign_of_life(outcome):
    assert (
        course(("gone", 0), ("gone", 500), (outcome, 600), ("gone", 700), ("gone", 800), ("gone", 1299)) == [False] * 6
    )
    assert course(("gone", 0), (outcome, 1), attempts=1, over=0) == [True, False]


@pytest.mark.parametrize("outcome", ["cancelled", "deadline_exceeded"])
def test_an_attempt_that_nobody_waited_for_says_nothing(outcome):
    assert course(("gone", 0), (outcome, 1), ("gone", 300), ("gone", 600)) == [False, False, False, True]


def test_the_watch_tells_when_one_vanishes_and_when_it_returns(caplog):
    told, clock = Events(), FakeClock(0.0)
    watch = GoneWatch({"old": GonePolicy(), "new": GonePolicy()}, observer=told, clock=clock)
    for now in (0, 300, 600, 900):
        clock.now = now
        watch(AttemptFinished("old", "primary", "gone", 0.1, 404))
        watch(AttemptFinished("new", "primary", "ok", 0.1, 200))
        watch(AttemptFinished("third", "primary", "gone", 0.1, 404))
        watch(FailedOver("r", "new", "old", "gone"))
    assert told == [UpstreamVanished("old", gone=True, attempts=3, seconds=600)]
    assert "upstream old is gone" in caplog.text
    watch(AttemptFinished("old", "primary", "ok", 0.1, 200))
    assert told[1:] == [UpstreamVanished("old", gone=False)]
