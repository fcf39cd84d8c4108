from dataclasses import replace
from datetime import date

import pytest

from gateway.model import DocumentType, IdDocument
from gateway.shadow.proof import number_proven, proven_fields, verdict, who_is_right
from gateway.shadow.result import Result
from tests.unit.truth.documents import PERSON, TODAY, wrong

ID = DocumentType.IDENTITY_CARD
THAI = IdDocument(country_region="THA", id_type=ID, document_number="1101700230708", last_name="TUAYANG")


@pytest.mark.parametrize(
    ("country", "number", "proven"),
    [
        ("THA", "1101700230708", True),
        ("THA", "1 1017 00230 70 8", True),
        ("THA", "1101700230709", False),
        ("HKG", "A123456(3)", True),
        ("HKG", "A123456(4)", False),
        ("CHL", "12.345.678-5", False),  # nine digits may be a card's own number, which has no check digit
        ("CHL", "7.654.321-6", True),
        ("CHL", "15.776.482-K", False),
        ("VNM", "079083012345", False),  # has a structure, and no check digit
        ("MYS", "A12345678", False),
        ("THA", None, False),
        ("THA", " ", False),
    ],
)
def test_a_number_is_proven_where_another_last_digit_would_not_hold(country, number, proven):
    document = IdDocument(country_region=country, id_type=ID, document_number=number, last_name="LI")
    assert number_proven(document) is proven


def test_a_sound_zone_bears_out_what_is_as_it_says():
    assert proven_fields(PERSON) == {"birth_date", "expiry_date", "document_number"}
    assert proven_fields(replace(PERSON, birth_date=date(1974, 8, 13))) == {"expiry_date", "document_number"}
    assert proven_fields(replace(PERSON, mrz=wrong(PERSON.mrz))) == set()
    assert proven_fields(replace(PERSON, mrz=())) == set()
    assert proven_fields(THAI) == {"document_number"}


def test_a_document_holds_fails_or_says_nothing():
    assert verdict(PERSON, TODAY) == verdict(THAI, TODAY) == "holds"
    assert verdict(replace(PERSON, mrz=wrong(PERSON.mrz)), TODAY) == "fails"
    assert verdict(replace(THAI, document_number="1101700230709"), TODAY) == "fails"
    assert verdict(replace(PERSON, mrz=()), TODAY) == ""
    assert verdict(None, TODAY) == ""


def test_check_digits_decide_between_two_where_only_one_has_them():
    lost = replace(PERSON, mrz=(), birth_date=date(1974, 8, 13), document_number="L898902C8")
    results = {
        "birth_date": Result.NEAR,
        "document_number": Result.NEAR,
        "expiry_date": Result.EXACT,
        "last_name": Result.CONFLICT,
    }
    assert who_is_right(results, PERSON, lost) == {"birth_date": "control", "document_number": "control"}
    assert who_is_right(results, lost, PERSON) == {"birth_date": "candidate", "document_number": "candidate"}
    assert who_is_right(results, PERSON, PERSON) == {}
    assert who_is_right(results, lost, lost) == {}
