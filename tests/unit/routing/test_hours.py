from datetime import UTC, datetime, timedelta

import pytest

from gateway.routing.hours import Hours


def at(hour: int, minute: int = 0, day: int = 1) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "now", "holds"),
    [
        ("08:00-18:00", at(8), True),
        ("08:00-18:00", at(7, 59), False),
        ("08:00-18:00", at(18), False),
        ("08:00-18:00Z", at(17, 59), True),
        ("08:00-18:00+07:00", at(1), True),
        ("08:00-18:00+07:00", at(0, 59), False),
        ("08:00-18:00+07:00", at(10, 59), True),
        ("08:00-18:00-03:30", at(11, 29), False),
        ("08:00-18:00-03:30", at(11, 30), True),
        ("22:00-06:00", at(23), True),
        ("22:00-06:00", at(5, 59), True),
        ("22:00-06:00", at(6), False),
        ("22:00-06:00", at(21, 59), False),
    ],
)
def test_holds(text: str, now: datetime, holds: bool):
    assert Hours.parse(text).holds(now) is holds


@pytest.mark.parametrize(
    "value",
    ["8:00-18:00", "08:00", "24:00-25:00", "08:00-08:00", "08:00-18:00+15:00", "08:00-18:00 Asia/Bangkok", 480, None],
)
def test_anything_else_is_refused(value: object):
    with pytest.raises(ValueError, match="hours such as"):
        Hours.parse(value)


def test_the_part_after_midnight_belongs_to_the_day_before():
    hours = Hours.parse("22:00-06:00+07:00")  # 15:00 to 23:00 UTC
    friday = at(20, day=1)
    assert friday.weekday() == 4
    assert (hours.weekday(friday), hours.weekday(friday - timedelta(hours=4))) == (4, 4)


@pytest.mark.parametrize("text", ["08:00-18:00Z", "22:00-06:30+07:00", "00:00-12:00-03:30"])
def test_is_written_as_it_was_read(text: str):
    assert str(Hours.parse(text)).replace("Z", "").startswith(text.removesuffix("Z")[:11])
    assert Hours.parse(str(Hours.parse(text))) == Hours.parse(text)
