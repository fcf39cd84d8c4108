from datetime import UTC, timedelta, timezone

import pytest

from gateway.credentials.clock_skew import TOLERANCE, VendorClock
from tests.unit.credentials.vendor import NOON, Calendar, answer


def test_it_is_our_clock_until_an_answer_is_followed():
    ours = Calendar()
    clock = VendorClock(ours)
    assert clock.now() == NOON

    clock.follow(answer(401, at=NOON + timedelta(minutes=20)))
    ours.advance(seconds=5)

    assert clock.now() == NOON + timedelta(minutes=20, seconds=5)
    assert clock.now().tzinfo is UTC


def test_our_clock_may_be_set_right_afterwards():
    ours = Calendar()
    clock = VendorClock(ours)
    clock.follow(answer(at=NOON + timedelta(hours=7)))
    ours.advance(hours=7)
    clock.follow(answer(at=NOON + timedelta(hours=7)))
    assert clock.now() == ours.now


def test_the_time_is_told_in_utc():
    assert VendorClock(lambda: NOON.astimezone(timezone(timedelta(hours=7)))).now().hour == 12


@pytest.mark.parametrize(
    ("off", "contradicted"),
    [
        (timedelta(), False),
        (TOLERANCE, False),
        (-TOLERANCE, False),
        (TOLERANCE + timedelta(seconds=1), True),
        (-TOLERANCE - timedelta(seconds=1), True),
    ],
)
def test_a_minute_is_no_contradiction(off: timedelta, contradicted: bool):
    assert VendorClock().contradicted(NOON, answer(401, at=NOON + off)) is contradicted


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -0100",
        "Thu, 01 Jan 2026 12:00:00 -0000",
        "Thu, 99 Jan 2026 12:00:00 GMT",
    ],
)
def test_a_date_that_cannot_be_changes_nothing(date: str):
    clock = VendorClock(Calendar())
    stranger = answer(401, date=date)

    assert not clock.contradicted(NOON - timedelta(days=1), stranger)
    clock.follow(stranger)
    assert clock.now() == NOON


def test_no_date_changes_nothing():
    clock = VendorClock(Calendar())
    clock.follow(answer(401))
    assert clock.now() == NOON
    assert not clock.contradicted(NOON, answer(401))
