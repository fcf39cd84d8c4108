"""Dates that cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model import IdDocument
from gateway.truth.dates import impossible_dates
from tests.unit.truth.documents import TODAY

BIRTH, ISSUE, EXPIRY = "birth_date", "issue_date", "expiry_date"


def impossible(birth, issue, expiry, vouched=(), today=TODAY):
    days = (None if day is None else date.fromisoformat(day) for day in (birth, issue, expiry))
    document = IdDocument(**dict(zip((BIRTH, ISSUE, EXPIRY), days, strict=True)))
    return impossible_dates(document, frozenset(vouched), today=today)


@pytest.mark.parametrize(
    ("birth", "issue", "expiry"),
    [
        (None, None, None),
        ("1990-01-01", "2020-01-01", "2030-01-01"),
        ("1990-01-01", "2010-01-01", "2020-01-01"),
        ("1906-07-01", None, None),
        ("2026-07-02", "2026-07-02", "2026-07-03"),
        ("2026-07-01", "2026-07-01", None),
        (None, None, "2099-12-31"),
    ],
)
def test_possible(birth, issue, expiry):
    assert impossible(birth, issue, expiry) == frozenset()


@pytest.mark.parametrize(
    ("birth", "issue", "expiry", "expected"),
    [
        ("2026-07-03", None, None, {BIRTH}),
        ("1906-06-30", None, None, {BIRTH}),
        (None, "2026-07-03", None, {ISSUE}),
        ("2030-01-01", "2020-01-01", "2029-12-31", {BIRTH}),
        ("1990-01-01", "2030-01-01", "2029-12-31", {ISSUE}),
    ],
)
def test_wrong_by_itself(birth, issue, expiry, expected):
    assert impossible(birth, issue, expiry) == expected
    assert impossible(birth, issue, None, today=None) <= {BIRTH, ISSUE}


def test_without_a_calendar_the_future_is_not_known():
    assert impossible("2090-01-01", None, None, today=None) == frozenset()
    assert impossible("1690-01-01", None, None, today=None) == frozenset()
    assert impossible("1990-01-01", "2080-01-01", None, today=None) == frozenset()


@pytest.mark.parametrize(
    ("birth", "issue", "expiry", "vouched", "expected"),
    [
        # two that contradict one another, and nothing tells which is wrong
        ("1990-01-01", "1989-12-31", None, (), {BIRTH, ISSUE}),
        ("1990-01-01", None, "1990-01-01", (), {BIRTH, EXPIRY}),
        (None, "2020-01-01", "2020-01-01", (), {ISSUE, EXPIRY}),
        (None, "2020-01-01", "2019-12-31", (), {ISSUE, EXPIRY}),
        ("1990-01-01", "1985-01-01", "1995-01-01", (), {BIRTH, ISSUE}),
        # a check digit tells
        ("1990-01-01", "1985-01-01", "1995-01-01", (BIRTH,), {ISSUE}),
        ("1990-01-01", None, "1985-01-01", (BIRTH,), {EXPIRY}),
        ("1990-01-01", None, "1985-01-01", (EXPIRY,), {BIRTH}),
        (None, "2020-01-01", "2019-12-31", (EXPIRY,), {ISSUE}),
        ("1990-01-01", "2020-01-01", "2019-12-31", (BIRTH, EXPIRY), {ISSUE}),
        ("1990-01-01", None, "1985-01-01", (BIRTH, EXPIRY), {BIRTH, EXPIRY}),
        # one is at odds with the two others, which agree
        ("2020-01-01", "2005-01-01", "2015-01-01", (), {BIRTH}),
        ("1990-01-01", "2020-01-01", "1985-01-01", (), {EXPIRY}),
        # all are at odds with one another
        ("2020-01-01", "2015-01-01", "2010-01-01", (), {BIRTH, ISSUE, EXPIRY}),
    ],
)
def test_contradicting(birth, issue, expiry, vouched, expected):
    assert impossible(birth, issue, expiry, vouched) == expected
    assert impossible(birth, issue, expiry, vouched, today=None) == expected


DAYS = st.none() | st.dates()


@given(DAYS, DAYS, DAYS, st.frozensets(st.sampled_from([BIRTH, ISSUE, EXPIRY])), st.booleans())
def test_what_is_left_is_possible(birth, issue, expiry, vouched, dated):
    today = TODAY if dated else None
    document = IdDocument(birth_date=birth, issue_date=issue, expiry_date=expiry)
    wrong = impossible_dates(document, vouched, today=today)
    assert all(getattr(document, name) is not None for name in wrong)
    kept = {name: getattr(document, name) for name in (BIRTH, ISSUE, EXPIRY) if name not in wrong}
    assert impossible_dates(IdDocument(**kept), vouched, today=today) == frozenset()
