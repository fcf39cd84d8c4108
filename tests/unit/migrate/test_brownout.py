from datetime import UTC, datetime, timedelta

import pytest

from gateway.errors import UpstreamGone
from gateway.migrate.brownout import Brownout, BrownoutPolicy, Day
from gateway.routing.hours import Hours
from tests.fakes import FakeRecognizer, make_query
from tests.unit.migrate.clocks import WallClock

TUESDAY = datetime(2026, 12, 1, 3, 15, tzinfo=UTC)
BANGKOK = Hours.parse("10:00-10:30+07:00")


@pytest.mark.parametrize(
    ("options", "now", "holds"),
    [
        ({"between": BANGKOK}, TUESDAY, True),
        ({"between": BANGKOK}, TUESDAY + timedelta(minutes=15), False),
        ({"between": BANGKOK, "days": {"tue", "thu"}}, TUESDAY, True),
        ({"between": BANGKOK, "days": {"tue", "thu"}}, TUESDAY + timedelta(days=1), False),
        ({"between": BANGKOK, "before": TUESDAY}, TUESDAY, False),
        ({"after": TUESDAY, "before": TUESDAY + timedelta(hours=1)}, TUESDAY, True),
        ({"after": TUESDAY, "before": TUESDAY + timedelta(hours=1)}, TUESDAY - timedelta(seconds=1), False),
        ({"before": TUESDAY + timedelta(days=9), "days": {"mon"}}, TUESDAY, False),
        ({"before": TUESDAY + timedelta(days=9), "days": {"tue"}}, TUESDAY, True),
        ({"between": Hours.parse("23:00-05:00"), "days": {"mon"}}, TUESDAY, True),
    ],
)
def test_when(options, now, holds):
    options = {**options, "days": frozenset(map(Day, options.get("days", ())))}
    assert BrownoutPolicy(**options).holds(now) is holds


def test_a_rehearsal_has_an_end():
    with pytest.raises(ValueError, match="between or before"):
        BrownoutPolicy(after=TUESDAY)
    with pytest.raises(ValueError, match="after is not earlier"):
        BrownoutPolicy(after=TUESDAY, before=TUESDAY)


async def finds_it_gone(brownout: Brownout, request_id: str) -> bool:
    try:
        await brownout.recognize(make_query(request_id=request_id))
    except UpstreamGone:
        return True
    return False


async def test_a_share_of_the_requests_finds_it_gone_and_always_the_same():
    clock, inner = WallClock(TUESDAY), FakeRecognizer("old")
    brownout = Brownout(inner, "old", BrownoutPolicy(between=BANGKOK, fraction=0.2), now=clock)
    gone = [await finds_it_gone(brownout, f"r{number}") for number in range(1000)]
    assert 150 < sum(gone) < 250
    assert len(inner.calls) == 1000 - sum(gone)
    assert [await finds_it_gone(brownout, f"r{number}") for number in range(100)] == gone[:100]
    clock.pass_(3600)
    assert not any([await finds_it_gone(brownout, f"r{number}") for number in range(100)])


async def test_as_a_whole():
    brownout = Brownout(FakeRecognizer("old"), "old", BrownoutPolicy(between=BANGKOK), now=WallClock(TUESDAY))
    assert all([await finds_it_gone(brownout, f"r{number}") for number in range(50)])


def test_what_is_told_of_it():
    policy = BrownoutPolicy(between=BANGKOK, fraction=0.25)
    assert policy.note(TUESDAY) == "counts now, in a rehearsal, as gone for 25 % of requests"
    assert policy.note(TUESDAY - timedelta(hours=1)) == "a rehearsal is planned, as gone for 25 % of requests"
