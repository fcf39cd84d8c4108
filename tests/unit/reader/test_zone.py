"""What becomes of single fields of the zone."""

import pytest

from gateway.reader.evidence import Evidence
from gateway.reader.zone import checked_field, country_field, names_cut, unchecked_field
from tests.unit.reader.pages import card, passport

NUMBER = "L898902C3"


def checked(record, printed=None, value=NUMBER):
    choice = checked_field("document_number", value, record, printed=printed)
    return choice and choice.evidence


@pytest.mark.parametrize(
    ("checks", "printed", "expected"),
    [
        ({}, True, Evidence.CHECKED_AND_PRINTED),
        ({}, False, Evidence.PRINTED_OTHERWISE),
        ({}, None, Evidence.CHECKED),
        ({"composite": False}, None, Evidence.OWN_CHECK_ONLY),
        ({"composite": False}, True, Evidence.CHECKED_AND_PRINTED),
        ({"document_number": False}, None, Evidence.COMPOSITE_ONLY),
        ({"document_number": False}, True, Evidence.CHECK_FAILED_PRINTED),
        ({"document_number": False, "composite": False}, None, Evidence.CHECK_FAILED),
        ({"document_number": False, "composite": False}, True, Evidence.CHECK_FAILED_PRINTED),
    ],
)
def test_check_digits(checks, printed, expected):
    record = passport()
    object.__setattr__(record, "checks", {**record.checks, **checks})
    assert checked(record, printed) is expected


def test_a_zone_without_checks_has_failed_them():
    record = passport()
    object.__setattr__(record, "checks", {})
    assert checked(record) is Evidence.CHECK_FAILED


def test_repairs_are_told_unless_print_agrees():
    record = passport(repaired=1)
    assert checked(record) is Evidence.REPAIRED
    assert checked(record, True) is Evidence.CHECKED_AND_PRINTED


def test_a_failed_check_needs_certain_characters():
    assert checked(passport(wrong=["document_number"], score=0.89)) is None
    assert checked(passport(wrong=["document_number"], score=0.91)) is Evidence.CHECK_FAILED
    assert checked(passport(wrong=["document_number"], score=0.2), True) is Evidence.CHECK_FAILED_PRINTED


def test_nothing_is_nothing():
    assert checked(passport(), value=None) is None
    assert unchecked_field("sex", None, 1.0, printed=True) is None


def test_unchecked_fields_have_to_be_legible_or_printed():
    assert unchecked_field("last_name", "KAO", 0.6, printed=False).evidence is Evidence.UNCHECKED
    assert unchecked_field("last_name", "KAO", 0.4, printed=False) is None
    assert unchecked_field("last_name", "KAO", 0.4, printed=True).evidence is Evidence.PRINTED


@pytest.mark.parametrize(
    ("code", "other", "score", "printed", "expected"),
    [
        ("IDN", "IDN", 0.9, False, ("IDN", Evidence.REPEATED)),
        ("IDN", "IND", 0.9, False, ("IDN", Evidence.UNCHECKED)),
        ("IDN", "IND", 0.4, False, None),
        ("IDN", "IND", 0.4, True, ("IDN", Evidence.PRINTED)),
        ("D", "D", 0.9, False, ("DEU", Evidence.REPEATED)),
        ("GBD", "GBR", 0.9, False, ("GBR", Evidence.REPEATED)),
        ("ZZZ", "ZZZ", 0.95, False, ("ZZZ", Evidence.UNLISTED)),
        ("ZZZ", "ZZZ", 0.8, False, ("ZZZ", Evidence.UNLISTED)),
        ("ZZZ", "ZZZ", 0.4, False, None),
        ("", "IDN", 0.99, False, None),
    ],
)
def test_countries(code, other, score, printed, expected):
    choice = country_field("nationality", code, other, score, printed=printed)
    assert (choice and (choice.value, choice.evidence)) == expected


def test_names_that_fill_their_field_are_cut():
    long = "CHRISTELLE HELENE LAURENCE ANTOINETTE"
    assert names_cut(passport(given_names=long))
    assert not names_cut(passport())
    assert names_cut(card(given_names=long))
    assert not names_cut(card())
