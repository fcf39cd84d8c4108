"""MRZ dates: centuries, fillers, impossible days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.dates import birth_date, birth_dates, calendar_date, expiry_date, same_day

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("900815", date(1990, 8, 15)),
        ("260301", date(2026, 3, 1)),
        ("260302", date(1926, 3, 2)),
        ("270101", date(1927, 1, 1)),
        ("000229", date(2000, 2, 29)),
        ("010229", None),
        ("900230", None),
        ("901301", None),
        ("900000", None),
        ("90<<<<", None),
        ("9008<<", None),
        ("<<<<<<", None),
        ("9008l5", None),
        ("٩٠٠٨١٥", None),
        ("", None),
        ("19900815", None),
    ],
)
def test_birth_date(printed, expected):
    assert birth_date(printed, today=TODAY) == expected


def test_two_birth_dates_where_the_holder_may_be_over_a_hundred():
    assert birth_dates("200105", today=TODAY) == (date(2020, 1, 5), date(1920, 1, 5))
    assert birth_dates("060228", today=TODAY) == (date(2006, 2, 28),)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("301231", date(2030, 12, 31)),
        ("760301", date(2076, 3, 1)),
        ("760302", date(1976, 3, 2)),
        ("991230", date(1999, 12, 30)),
        ("991231", None),
        ("000229", date(2000, 2, 29)),
        ("3012<<", None),
        ("301301", None),
    ],
)
def test_expiry_date(printed, expected):
    assert expiry_date(printed, today=TODAY) == expected


@given(st.dates(min_value=TODAY - timedelta(days=36000), max_value=TODAY))
def test_every_birth_date_of_the_last_98_years_comes_back(day):
    assert birth_date(day.strftime("%y%m%d"), today=TODAY) == day


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2075, 12, 31)).filter(lambda day: day != date(1999, 12, 31)))
def test_every_expiry_date_comes_back(day):
    assert expiry_date(day.strftime("%y%m%d"), today=TODAY) == day


@given(st.text(alphabet="0123456789<", min_size=6, max_size=6), st.dates(min_value=date(2000, 1, 1)))
def test_no_birth_date_lies_in_the_future(printed, today):
    assert all(day <= today for day in birth_dates(printed, today=today))


def test_calendar_date_is_absent_for_an_impossible_day():
    assert calendar_date(2023, 2, 29) is None
    assert calendar_date(2024, 2, 29) == date(2024, 2, 29)


def test_same_day_of_a_leap_day():
    assert same_day(date(2024, 2, 29), years=1) == date(2025, 2, 28)
    assert same_day(date(2024, 2, 29), years=4) == date(2028, 2, 29)
    assert same_day(date(2024, 5, 6), years=-10) == date(2014, 5, 6)
