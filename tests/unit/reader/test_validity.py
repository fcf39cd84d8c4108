"""Birth and expiry, zone against print."""

from datetime import date

from gateway.reader.evidence import Evidence
from gateway.reader.labelled import labelled_page
from gateway.reader.page import visual_spans
from gateway.reader.validity import date_choices
from tests.unit.reader.pages import page, passport

TODAY = date(2026, 3, 1)


def dates(record, rows=()):
    found = date_choices(record, labelled_page(visual_spans(page(rows), record)), today=TODAY)
    return {choice.field: (choice.value, choice.evidence) for choice in found if choice is not None}


def test_from_the_zone_alone():
    assert dates(passport()) == {
        "birth_date": (date(1974, 8, 12), Evidence.CHECKED),
        "expiry_date": (date(2032, 4, 15), Evidence.CHECKED),
    }


def test_print_agrees():
    found = dates(passport(), [(400, 100, "12 AUG/AOUT 74"), (400, 200, "15.04.2032")])
    assert found["birth_date"] == (date(1974, 8, 12), Evidence.CHECKED_AND_PRINTED)
    assert found["expiry_date"] == (date(2032, 4, 15), Evidence.CHECKED_AND_PRINTED)


def test_print_under_the_label_contradicts():
    found = dates(passport(), [(400, 100, "Date of birth"), (400, 122, "12 AUG 1975")])
    assert found["birth_date"] == (date(1974, 8, 12), Evidence.PRINTED_OTHERWISE)


def test_print_under_the_label_replaces_a_date_whose_check_fails():
    rows = [(400, 100, "Date of birth"), (400, 122, "12 AUG 1975")]
    found = dates(passport(wrong=["birth_date"]), rows)
    assert found["birth_date"] == (date(1975, 8, 12), Evidence.PRINTED_LABELLED)
    assert dates(passport(wrong=["birth_date"]))["birth_date"] == (date(1974, 8, 12), Evidence.CHECK_FAILED)
    assert "birth_date" not in dates(passport(wrong=["birth_date"], score=0.7))


def test_a_failed_check_that_print_bears_out():
    found = dates(passport(wrong=["birth_date"], score=0.7), [(400, 100, "12 AUG 1974")])
    assert found["birth_date"] == (date(1974, 8, 12), Evidence.CHECK_FAILED_PRINTED)


def test_holders_over_a_hundred_are_believed_only_when_print_says_so():
    assert dates(passport(birth="200105"))["birth_date"][0] == date(2020, 1, 5)
    found = dates(passport(birth="200105"), [(400, 100, "05 JAN 1920")])
    assert found["birth_date"] == (date(1920, 1, 5), Evidence.CHECKED_AND_PRINTED)


def test_unknown_parts_are_absent():
    assert set(dates(passport(birth="74<<<<"))) == {"expiry_date"}
    assert set(dates(passport(expiry="991231"))) == {"birth_date"}


def test_an_expiry_before_birth_is_absent():
    assert set(dates(passport(birth="200105", expiry="150101"))) == {"birth_date"}
