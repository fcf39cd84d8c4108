"""Documents held against themselves."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import ContradictedDocument, UnreadableDocument
from gateway.model import DocumentType, IdDocument, Sex
from gateway.truth.check import check
from tests.unit.reader.mrz.zones import three_lines, two_lines
from tests.unit.truth.documents import PERSON, TODAY, UTOPIA, UTOPIA_CARD, td1, td3, wrong

ID = DocumentType.IDENTITY_CARD
THAI = IdDocument(
    country_region="THA",
    id_type=ID,
    last_name="Jaidee",
    first_name="Somchai",
    document_number="1234567890121",
    birth_date=date(1966, 12, 14),
    confidence={"document_number": 0.9, "last_name": 0.8},
)


def test_what_holds_is_returned_as_it_came():
    assert check(PERSON, today=TODAY) == PERSON
    assert check(THAI, today=TODAY) == THAI
    assert check(IdDocument(), today=TODAY) == IdDocument()


def test_a_sound_zone_overrules_and_the_score_goes_with_the_value():
    misread = replace(
        PERSON,
        birth_date=date(1974, 8, 13),
        first_name=None,
        confidence={"birth_date": 0.99, "last_name": 0.7, "expiry_date": 0.6},
    )
    checked = check(misread, today=TODAY)
    assert checked.birth_date == date(1974, 8, 12)
    assert checked.first_name == "ANNA MARIA"
    assert checked.last_name == "Eriksson"
    assert checked.confidence == {"last_name": 0.7, "expiry_date": 0.6}
    assert checked.mrz == misread.mrz
    assert misread.confidence == {"birth_date": 0.99, "last_name": 0.7, "expiry_date": 0.6}


def test_the_zone_stays_as_the_vendor_sent_it():
    lines = ("\n".join(UTOPIA).lower(),)
    assert check(replace(PERSON, mrz=lines), today=TODAY).mrz == lines


@pytest.mark.parametrize(
    "document",
    [
        replace(PERSON, mrz=wrong(UTOPIA)),
        replace(PERSON, mrz=(UTOPIA[0], UTOPIA[1].replace("740812", "740813"))),
        replace(PERSON, id_type=None, mrz=wrong(UTOPIA)),
    ],
)
def test_a_passport_whose_zone_contradicts_itself(document):
    with pytest.raises(ContradictedDocument) as refused:
        check(document, today=TODAY)
    assert "740813" not in str(refused.value)


@pytest.mark.parametrize(
    "document",
    [
        replace(PERSON, mrz=wrong(UTOPIA)[:1]),
        replace(PERSON, mrz=(UTOPIA[0], wrong(UTOPIA)[1][:-3])),
        replace(PERSON, mrz=(UTOPIA[0], UTOPIA[1].replace("L", "*"))),
        replace(PERSON, id_type=ID, mrz=wrong(UTOPIA_CARD)),
        replace(PERSON, id_type=None, mrz=wrong(UTOPIA_CARD)),
        replace(PERSON, id_type=DocumentType.DRIVING_LICENCE, mrz=wrong(UTOPIA_CARD)),
    ],
)
def test_an_incomplete_zone_and_a_cards_that_fails_say_nothing(document):
    assert check(document, today=TODAY) == document


@pytest.mark.parametrize(
    ("document", "dropped"),
    [
        (replace(THAI, document_number="1234567890122"), {"document_number"}),
        (replace(THAI, birth_date=date(2031, 1, 1)), {"birth_date"}),
        (replace(THAI, issue_date=date(2031, 1, 1)), {"issue_date"}),
        (replace(THAI, issue_date=date(1960, 1, 1)), {"issue_date", "birth_date"}),
        (replace(THAI, issue_date=date(2020, 1, 1), expiry_date=date(2019, 1, 1)), {"issue_date", "expiry_date"}),
        (replace(PERSON, issue_date=date(2012, 5, 1)), {"issue_date"}),
        (replace(PERSON, issue_date=date(1970, 5, 1)), {"issue_date"}),
    ],
)
def test_what_cannot_be_is_dropped_with_its_score(document, dropped):
    document = replace(document, confidence=dict.fromkeys(("last_name", *dropped), 0.9))
    checked = check(document, today=TODAY)
    changed = {
        field.name for field in fields(IdDocument) if getattr(checked, field.name) != getattr(document, field.name)
    }
    assert changed == dropped | {"confidence"}
    assert all(getattr(checked, name) is None for name in dropped)
    assert checked.confidence == {"last_name": 0.9}


def test_a_number_that_the_zone_bears_out_is_not_questioned():
    zone = td1(state="VNM", number="093004417", optional="097093004417", birth="930115", sex="M")
    card = IdDocument(country_region="VNM", id_type=ID, document_number="097093004417", mrz=zone)
    assert check(card, today=TODAY).document_number == "097093004417"
    with pytest.raises(UnreadableDocument):
        check(replace(card, mrz=()), today=TODAY)


def test_a_birth_date_that_cannot_be_is_no_witness_against_a_number():
    card = IdDocument(
        country_region="VNM",
        id_type=ID,
        last_name="TRẦN",
        document_number="079090123456",
        birth_date=date(2090, 1, 1),
        sex=Sex.MALE,
    )
    checked = check(card, today=TODAY)
    assert (checked.birth_date, checked.document_number) == (None, "079090123456")


@pytest.mark.parametrize(
    "document",
    [
        IdDocument(country_region="HKG", id_type=ID, document_number="A1234564"),
        IdDocument(id_type=ID, birth_date=date(2031, 1, 1), sex=Sex.FEMALE),
        IdDocument(birth_date=date(1990, 1, 1), issue_date=date(1980, 1, 1), issuing_authority="A"),
    ],
)
def test_nothing_personal_is_left(document):
    with pytest.raises(UnreadableDocument):
        check(document, today=TODAY)


def test_a_back_that_had_nothing_personal_is_not_refused_for_it():
    back = IdDocument(country_region="VNM", id_type=ID, issue_date=date(2021, 5, 1), issuing_authority="CỤC TRƯỞNG")
    assert check(back, today=TODAY) == back
    assert check(replace(back, issue_date=date(2031, 5, 1)), today=TODAY) == replace(back, issue_date=None)


def test_a_back_with_nothing_but_its_zone():
    zone = td1(state="ALB", number="AB1234567")
    checked = check(IdDocument(mrz=zone), today=TODAY)
    assert (checked.country_region, checked.id_type, checked.document_number) == ("ALB", ID, "AB1234567")
    assert checked.birth_date == date(1974, 8, 12)


DAYS = st.none() | st.dates()
NUMBERS = st.none() | st.text(min_size=1) | st.sampled_from(["A1234563", "1234567890121", "079090123456", "L898902C3"])
ZONES = (
    st.just(()) | two_lines() | three_lines() | st.just(td3()) | st.lists(st.text(max_size=45), max_size=3).map(tuple)
)


@st.composite
def documents(draw):
    document = IdDocument(
        country_region=draw(st.sampled_from([None, "UTO", "THA", "HKG", "CHL", "VNM"])),
        id_type=draw(st.none() | st.sampled_from(DocumentType)),
        last_name=draw(st.none() | st.text(min_size=1)),
        first_name=draw(st.none() | st.text(min_size=1)),
        sex=draw(st.none() | st.sampled_from(Sex)),
        birth_date=draw(DAYS),
        issue_date=draw(DAYS),
        expiry_date=draw(DAYS),
        document_number=draw(NUMBERS),
        mrz=draw(ZONES),
    )
    present = [field.name for field in fields(IdDocument)[:13] if getattr(document, field.name) is not None]
    return replace(document, confidence=dict.fromkeys(present, 0.5))


@given(documents())
def test_checking_twice_changes_nothing(document):
    try:
        once = check(document, today=TODAY)
    except (ContradictedDocument, UnreadableDocument):
        return
    assert check(once, today=TODAY) == once
    assert once.mrz == document.mrz
    assert all(getattr(once, name) == getattr(document, name) for name in once.confidence)
