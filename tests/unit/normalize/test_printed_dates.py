"""Dates as passports print them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.printed_dates import Order, printed_dates

DAY = date(1990, 5, 12)
AUGUST = date(1990, 8, 15)


def days(text, order=None):
    return [printed.under(order) for printed in printed_dates(text)]


@pytest.mark.parametrize(
    "text",
    [
        "15 AGU 1990",
        "15AGU1990",
        "15 AGS 1990",
        "15-Aug-1990",
        "15/AGO/1990",
        "15. August 1990",
        "15 AUG/AOÛT 1990",
        "15 AUG /AOUT 1990",
        "15 AGO/AUG 1990",
        "15 \u0421\u0415\u0420/AUG 1990",
        "15 CEP/AUG 1990",
        "15 GUSHT 1990",
        "15 OGOS 1990",
        "15 SINGHAKHOM 2533",
        "15 8月/AUG 1990",
        "15 CEP4/AUG 1990",
        "15 AUG/UNREAD 1990",
        "August 15, 1990",
        "1990-08-15",
        "1990.08.15",
        "2533-08-15",
        "15 AUG 2533",
        "民國79年8月15日",
        "ROC 79.08.15",
        "Date of issue 15 AGU 1990 JAKARTA",
    ],
)
def test_the_print_tells_day_and_month(text):
    assert days(text) == [(AUGUST,)]


@pytest.mark.parametrize(
    "text", ["12.05.1990", "12/05/1990", "12-05-1990", "12 05 1990", "12. 05. 1990", "12.05.1990."]
)
def test_a_numeric_date_has_two_readings(text):
    assert days(text) == [()]
    assert days(text, Order.DAY_FIRST) == [(DAY,)]
    assert days(text, Order.MONTH_FIRST) == [(date(1990, 12, 5),)]


def test_a_numeric_date_that_only_one_order_allows_needs_no_order():
    assert days("25/12/1990") == [(date(1990, 12, 25),)]
    assert days("25/12/1990", Order.DAY_FIRST) == [(date(1990, 12, 25),)]
    assert days("25/12/1990", Order.MONTH_FIRST) == [()]
    assert days("07/07/2007") == [(date(2007, 7, 7),)]


def test_two_digit_years_mean_either_century():
    assert set(days("23 APR /AVR 12")[0]) == {date(1912, 4, 23), date(2012, 4, 23)}
    assert set(days("21/08/71", Order.DAY_FIRST)[0]) == {date(1971, 8, 21), date(2071, 8, 21)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A1234567",
        "31 FEB 2020",
        "30.02.2020",
        "00.05.1990",
        "99/99/9999",
        "1.78 m",
        "12 34567",
        "10 000 2000",
        "79.08.15.22",
        "REG 1990",
        "15 QQQ 1990",
        "02 CI 4/JAN 24",
        "XX4/JAN 24",
        "15 MAR/MAI 1990",
        "3174012305900001",
        "12.05.3990",
    ],
)
def test_no_date(text):
    assert [found for found in printed_dates(text) if not found.weak] == []


@pytest.mark.parametrize("text", ["15022021", "15 022021", "15 02 21"])
def test_forms_that_may_as_well_be_numbers_are_weak(text):
    (found,) = printed_dates(text)
    assert found.weak
    assert date(2021, 2, 15) in found.under(Order.DAY_FIRST)


def test_several_dates_in_one_line_keep_their_places():
    text = "12 DEC 2015   11 DEC 2025"
    first, second = printed_dates(text)
    assert (text[first.start : first.end], text[second.start : second.end]) == ("12 DEC 2015", "11 DEC 2025")
    assert text[slice(*second.year)] == "2025"
    assert [text[slice(*name)] for name in second.months] == ["DEC"]


def test_only_known_month_names_are_places_of_the_month():
    text = "25 QQQ/SEP 13"
    (found,) = printed_dates(text)
    assert [text[slice(*name)] for name in found.months] == ["SEP"]


FORMS = ["%d %b %Y", "%d %B %Y", "%d%b%Y", "%d/%b/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %m %Y"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)), st.sampled_from(FORMS))
def test_every_form_comes_back(day, form):
    assert days(day.strftime(form), Order.DAY_FIRST) == [(day,)]


@given(st.text(alphabet="0123456789 ./-ADEJNRU月民國", max_size=40))
def test_any_text_is_survived_and_finds_do_not_overlap(text):
    found = printed_dates(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
