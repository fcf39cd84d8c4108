"""The date of issue: by label, by elimination, or absent."""

from datetime import date

import pytest

from gateway.reader.evidence import Evidence
from gateway.reader.issue_date import issue_date
from gateway.reader.labelled import labelled_page
from gateway.reader.page import visual_spans
from gateway.reader.page_dates import page_dates
from gateway.reader.text import Line
from tests.unit.reader.pages import line, page, passport

BIRTH, EXPIRY, TODAY = date(1990, 5, 12), date(2030, 2, 5), date(2026, 3, 1)
BORN, EXPIRES, ISSUED = (400, 100, "12 MAY 1990"), (400, 300, "05 FEB 2030"), (400, 200, "06 FEB 2020")
LABEL = (400, 180, "Date of issue")


def find(lines, birth=BIRTH, expiry=EXPIRY, country="UTO"):
    dates = page_dates(labelled_page(visual_spans(lines, passport())), country=country, known=(birth, expiry))
    return issue_date(dates, birth=birth, expiry=expiry, today=TODAY)


def test_under_its_label():
    choice = find(page([BORN, EXPIRES, LABEL, ISSUED]))
    assert (choice.value, choice.evidence, choice.score) == (date(2020, 2, 6), Evidence.PRINTED_LABELLED, 0.99)


@pytest.mark.parametrize("odd", ["17 SEP 2021", "30 NOV 2022"])
def test_under_its_label_any_validity_will_do(odd):
    assert find(page([BORN, EXPIRES, LABEL, (400, 200, odd)])).evidence is Evidence.PRINTED_LABELLED


def test_the_one_date_that_is_left():
    choice = find(page([BORN, EXPIRES, ISSUED]))
    assert (choice.value, choice.evidence) == (date(2020, 2, 6), Evidence.PRINTED_DEDUCED)


@pytest.mark.parametrize(
    "other",
    [
        "17 SEP 2021",  # no whole number of years before expiry
        "07 FEB 2020",  # nearly, but no state is two days off
        "03 FEB 2020",
        "05 FEB 1989",  # before birth
        "05 FEB 2027",  # in the future
        "05 FEB 2031",  # after expiry
        "12 MAY 1990",  # the birth date again
        "05 FEB 2030",  # the expiry date again
    ],
)
def test_the_one_date_that_is_left_has_to_make_sense(other):
    assert find(page([BORN, EXPIRES, (400, 200, other)])) is None


def test_two_dates_left_are_none():
    assert find(page([BORN, EXPIRES, ISSUED, (700, 200, "05 FEB 2025")])) is None


def test_two_labelled_dates_are_none():
    again = [(700, 180, "Date of issue"), (700, 200, "05 FEB 2025")]
    assert find(page([BORN, EXPIRES, LABEL, ISSUED, *again])) is None


def test_a_label_settles_it_between_two():
    assert find(page([BORN, EXPIRES, LABEL, ISSUED, (700, 200, "05 FEB 2025")])).value == date(2020, 2, 6)


def test_a_date_under_another_label_is_not_left():
    other = [(700, 180, "Place of birth"), (700, 200, "05 FEB 2025")]
    assert find(page([BORN, EXPIRES, *other])) is None
    assert find(page([BORN, EXPIRES, ISSUED, *other])).value == date(2020, 2, 6)


def test_without_the_zone_s_dates_only_a_label_counts():
    assert find(page([ISSUED]), birth=None, expiry=None) is None
    assert find(page([ISSUED]), birth=None) is None
    assert find(page([ISSUED]), expiry=None) is None
    assert find(page([LABEL, ISSUED]), birth=None, expiry=None).value == date(2020, 2, 6)


def test_an_unknown_order_of_day_and_month_is_not_guessed():
    rows = page([LABEL, (400, 200, "06/02/2020")])
    assert find(rows) is None
    assert find(rows, country="ALB").value == date(2020, 2, 6)
    assert find(page([(400, 100, "12/05/1990"), LABEL, (400, 200, "06/02/2020")])).value == date(2020, 2, 6)


def test_two_digit_years_are_settled_by_birth_and_expiry():
    assert find(page([LABEL, (400, 200, "06 FEB/FEV 20")])).value == date(2020, 2, 6)
    assert find(page([LABEL, (400, 200, "06 FEB/FEV 20")]), birth=date(1910, 1, 1)) is None


def faint(text, weak, score=0.7):
    print_ = line(text, 400, 200)
    return Line(text, print_.box, tuple(score if place in weak else 0.99 for place in range(len(text))))


def test_an_uncertain_day_is_borne_out_by_the_anniversary():
    rows = page([BORN, EXPIRES, LABEL])
    assert find([*rows, faint("06 FEB 2020", {1})]).value == date(2020, 2, 6)
    assert find([*rows, faint("06 FEB 2020", {1}, score=0.3)]) is None
    assert find([*rows, faint("06 FEB 2020", {10})]) is None
    assert find([*rows, faint("17 SEP 2021", {1})]) is None


def test_leap_days():
    rows = page([LABEL, (400, 200, "29 FEB 2020")])
    assert find(rows, expiry=date(2030, 2, 28)).value == date(2020, 2, 29)
