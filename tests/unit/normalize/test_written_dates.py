"""Dates in the forms that vendors write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.written_dates import DateForm, written_date


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("ISO", "2031-02-10", "2031-02-10"),
        ("ISO", " 2031-02-10 ", "2031-02-10"),
        ("ISO", "2030-10-14T00:00:00", "2030-10-14"),
        ("ISO", "2030-10-14T00:00:00.000Z", "2030-10-14"),
        ("ISO", "2030-10-14 00:00:00+07:00", "2030-10-14"),
        ("YEAR_FIRST", "2032/02/10", "2032-02-10"),
        ("YEAR_FIRST", "2031.2.9", "2031-02-09"),
        ("YEAR_FIRST", "2031-02-09", "2031-02-09"),
        ("YEAR_FIRST", "1990年06月02日", "1990-06-02"),
        ("YEAR_FIRST", "1990 年 6 月 2 日", "1990-06-02"),
        ("COMPACT", "19900411", "1990-04-11"),
        ("DAY_FIRST", "23/03/1988", "1988-03-23"),
        ("DAY_FIRST", "01-02-2001", "2001-02-01"),
        ("DAY_FIRST", "1.2.2001", "2001-02-01"),
        ("DAY_FIRST", "10 02 2031", "2031-02-10"),
        ("DAY_FIRST", "10 / 02 / 2031", "2031-02-10"),
        ("MONTH_FIRST", "02/10/2031", "2031-02-10"),
        ("MONTH_FIRST", "6/7/1979", "1979-06-07"),
        ("NAMED", "11 Apr 1990", "1990-04-11"),
        ("NAMED", "28 Jan. 1999", "1999-01-28"),
        ("NAMED", "5 Feb. 1950", "1950-02-05"),
        ("NAMED", "24NOV1990", "1990-11-24"),
        ("NAMED", "JULY 7,1980", "1980-07-07"),
        ("NAMED", "July 7, 1980", "1980-07-07"),
        ("NAMED", "078月/AUG2024", "2024-08-07"),
        ("NAMED", "07 8月/AUG 2024", "2024-08-07"),
        ("NAMED", "12 SEPT 2020", "2020-09-12"),
        ("NAMED", "07 SEPT 1990", "1990-09-07"),
        ("NAMED", "22 JUN/JUIN 2016", "2016-06-22"),
        ("NAMED", "15 AGU 1990", "1990-08-15"),
        ("NAMED", "14 ДЕК/DEC 2019", "2019-12-14"),
        ("THAI_BUDDHIST", "26 มี.ค. 2565", "2022-03-26"),
        ("THAI_BUDDHIST", "28 ม.ค. 2542", "1999-01-28"),
        ("THAI_BUDDHIST", "5 ก.พ. 2493", "1950-02-05"),
        ("THAI_BUDDHIST", "7 กุมภาพันธ์ พ.ศ. 2542", "1999-02-07"),
        ("THAI_BUDDHIST", "26/03/2565", "2022-03-26"),
        ("MINGUO", "民國75年8月3日", "1986-08-03"),
        ("MINGUO", "中華民國 110 年 1 月 31 日", "2021-01-31"),
        ("MINGUO", "075/08/03", "1986-08-03"),
        ("MINGUO", "75.08.03", "1986-08-03"),
        ("DAY_FIRST_SHORT_ISSUE", "23-09-10", "2010-09-23"),
        ("DAY_FIRST_SHORT_ISSUE", "23-09-69", "2069-09-23"),
        ("DAY_FIRST_SHORT_ISSUE", "23-09-70", "1970-09-23"),
        ("DAY_FIRST_SHORT_EXPIRY", "23-09-31", "2031-09-23"),
        ("DAY_FIRST_SHORT_EXPIRY", "23/09/79", "2079-09-23"),
    ],
)
def test_date(form, text, expected):
    assert written_date(text, DateForm[form]) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("ISO", "2031/02/10"),
        ("ISO", "2031-2-10"),
        ("ISO", "2031-02-30"),
        ("ISO", "0031-02-10"),
        ("ISO", "2565-03-26"),
        ("ISO", "2031-02-10 until"),
        ("YEAR_FIRST", "2031/02.10"),
        ("YEAR_FIRST", "1992/**/22"),
        ("YEAR_FIRST", "10/02/2031"),
        ("COMPACT", "1990041"),
        ("COMPACT", "19901341"),
        ("DAY_FIRST", "03/23/1988"),
        ("DAY_FIRST", "26/03/2565"),
        ("DAY_FIRST", "23/03/88"),
        ("DAY_FIRST", "23/03-1988"),
        ("DAY_FIRST", "KHÔNG THỜI HẠN"),
        ("DAY_FIRST", "N/A"),
        ("MONTH_FIRST", "23/03/1988"),
        ("NAMED", "2921.DCF.3B"),
        ("NAMED", "XX Mar 1957"),
        ("NAMED", "11/04/1990"),
        ("NAMED", "1990-04-11"),
        ("NAMED", "11 Apr 90"),
        ("NAMED", "11 Apr 1990 01 Jan 2000"),
        ("NAMED", "11 MAR/MAI 1990"),
        ("NAMED", "30 Feb 1990"),
        ("NAMED", "LIFELONG"),
        ("NAMED", "INDEFINIDO"),
        ("NAMED", "26 มี.ค. 2565"),
        ("THAI_BUDDHIST", "26 มี.ค. 2022"),
        ("THAI_BUDDHIST", "ตลอดชีพ"),
        ("THAI_BUDDHIST", "XX มี.ค. 2500"),
        ("THAI_BUDDHIST", "- ม.ค. 2480"),
        ("THAI_BUDDHIST", "26 กกก. 2565"),
        ("MINGUO", "民國75年13月3日"),
        ("MINGUO", "1986/08/03"),
        ("DAY_FIRST_SHORT_ISSUE", "(09-99)"),
        ("DAY_FIRST_SHORT_ISSUE", "23-09-2010"),
        ("DAY_FIRST_SHORT_ISSUE", "31-02-10"),
        ("DAY_FIRST_SHORT_EXPIRY", "31-12-99"),
    ],
)
def test_no_date(form, text):
    assert written_date(text, DateForm[form]) is None


def test_nothing_written_or_nothing_asked():
    assert written_date(None, *DateForm) is None
    assert written_date("", *DateForm) is None
    assert written_date("2031-02-10") is None


def test_the_form_that_fits():
    forms = (DateForm.ISO, DateForm.DAY_FIRST, DateForm.NAMED, DateForm.THAI_BUDDHIST)
    written = ("2022-03-26", "26/03/2022", "26 Mar. 2022", "26 มี.ค. 2565")
    assert {written_date(text, *forms) for text in written} == {date(2022, 3, 26)}


def test_two_orders_are_never_weighed_against_each_other():
    both = (DateForm.DAY_FIRST, DateForm.MONTH_FIRST)
    assert written_date("02/10/2031", *both) is None
    assert written_date("10/10/2031", *both) == date(2031, 10, 10)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_what_is_written_is_read(day):
    assert written_date(day.isoformat(), DateForm.ISO) == day
    assert written_date(f"{day:%Y%m%d}", DateForm.COMPACT) == day
    assert written_date(f"{day:%d/%m/%Y}", DateForm.DAY_FIRST) == day
    assert written_date(f"{day:%d} {day:%b} {day:%Y}", DateForm.NAMED) == day
    assert written_date(f"{day:%d/%m}/{day.year + 543}", DateForm.THAI_BUDDHIST) == day


@given(st.text() | st.from_regex(r"[0-9]{1,4}[ ./-][0-9A-Za-z\u0e01-\u0e4e.]{1,9}[ ./-][0-9]{1,4}", fullmatch=True))
def test_any_text(text):
    for form in DateForm:
        found = written_date(text, form)
        assert found is None or isinstance(found, date)
