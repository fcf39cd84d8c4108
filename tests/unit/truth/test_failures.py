"""What does not hold, by name."""

from dataclasses import replace
from datetime import date

import pytest

from gateway.model import DocumentType, IdDocument, Sex
from gateway.truth.check import check
from gateway.truth.failures import NAMES, failures
from tests.unit.truth.documents import PERSON, TODAY, UTOPIA, UTOPIA_CARD, td1, wrong

ID = DocumentType.IDENTITY_CARD
HONG_KONG = IdDocument(country_region="HKG", id_type=ID, document_number="A1234563", birth_date=date(1990, 1, 1))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (PERSON, ()),
        (IdDocument(), ()),
        (HONG_KONG, ()),
        (replace(PERSON, mrz=()), ()),
        (replace(PERSON, mrz=UTOPIA[:1]), ()),
        (replace(PERSON, mrz=wrong(UTOPIA)), ("mrz",)),
        (replace(PERSON, id_type=ID, mrz=wrong(UTOPIA_CARD)), ("mrz",)),
        (replace(PERSON, birth_date=date(1974, 8, 13)), ("zone_differs",)),
        (replace(PERSON, last_name="Dolores", first_name="Jane"), ("zone_differs",)),
        (replace(PERSON, sex=Sex.MALE), ("zone_differs",)),
        (replace(HONG_KONG, document_number="A1234564"), ("national_number",)),
        (replace(PERSON, issue_date=date(1970, 1, 1)), ("dates",)),
        (
            replace(HONG_KONG, document_number="A1", issue_date=date(1980, 1, 1), mrz=wrong(td1())),
            ("mrz", "national_number", "dates"),
        ),
    ],
)
def test_failures(document, expected):
    assert failures(document) == expected
    assert failures(document, today=TODAY) == expected


def test_with_a_calendar_the_future_fails_as_well():
    unborn = replace(HONG_KONG, birth_date=date(2031, 1, 1))
    assert failures(unborn) == ()
    assert failures(unborn, today=TODAY) == ("dates",)


def test_a_number_that_the_zone_bears_out_does_not_fail():
    card = IdDocument(country_region="VNM", id_type=ID, document_number="097093004417")
    assert failures(card) == ("national_number",)
    zone = td1(state="VNM", number="093004417", optional="097093004417")
    assert failures(replace(card, mrz=zone)) == ()


def test_the_names_are_closed_and_in_order():
    document = replace(
        HONG_KONG, document_number="A1", issue_date=date(1980, 1, 1), birth_date=date(1990, 1, 1), mrz=td1(state="HKG")
    )
    assert failures(document) == NAMES[1:]
    assert failures(replace(document, mrz=wrong(document.mrz))) == (NAMES[0], *NAMES[2:])


def test_nothing_fails_of_what_was_checked():
    misread = replace(PERSON, birth_date=date(1974, 8, 13), issue_date=date(1970, 1, 1), document_number="X")
    assert failures(misread, today=TODAY) == ("zone_differs", "dates")
    assert failures(check(misread, today=TODAY), today=TODAY) == ()
