"""Zone and print brought together, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import NoDocument, UnreadableDocument, WrongDocument
from gateway.model import DocumentType, IdDocument, Sex, Side
from gateway.reader.confidence import confidence
from gateway.reader.document import explain_document, read_document
from gateway.reader.mrz.record import MrzFormat
from gateway.reader.text import Line
from tests.unit.reader.pages import card, field, page, passport, zone_lines

TODAY = date(2026, 3, 1)


def read(record, rows=()):
    return read_document(record, page(rows), today=TODAY)


def test_a_passport_s_zone_alone():
    document = read(passport())
    assert replace(document, confidence={}) == IdDocument(
        country_region="UTO",
        id_type=DocumentType.PASSPORT,
        side=Side.FRONT,
        first_name="ANNA MARIA",
        last_name="ERIKSSON",
        sex=Sex.FEMALE,
        nationality="UTO",
        birth_date=date(1974, 8, 12),
        expiry_date=date(2032, 4, 15),
        document_number="L898902C3",
    )


def test_a_card_s_back():
    document = read(card("CHL"), [(60, 40, "Date of issue"), (60, 62, "16 APR 2022")])
    assert (document.id_type, document.side) == (DocumentType.IDENTITY_CARD, Side.BACK)
    assert document.issue_date == date(2022, 4, 16)
    assert document.address is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("P", DocumentType.PASSPORT),
        ("PM", DocumentType.PASSPORT),
        ("PD", DocumentType.PASSPORT),
        ("I", DocumentType.IDENTITY_CARD),
        ("ID", DocumentType.IDENTITY_CARD),
        ("A", DocumentType.IDENTITY_CARD),
        ("AC", DocumentType.IDENTITY_CARD),
        ("C", DocumentType.IDENTITY_CARD),
    ],
)
def test_document_codes(code, expected):
    assert read(passport(code=code)).id_type is expected


@pytest.mark.parametrize(
    ("form", "side"), [(MrzFormat.TD1, Side.BACK), (MrzFormat.TD2, Side.FRONT), (MrzFormat.TD3, Side.FRONT)]
)
def test_sides(form, side):
    assert read(replace(passport(code="I"), format=form)).side is side


def test_without_a_zone_there_is_no_document():
    with pytest.raises(NoDocument):
        read(None, [(400, 100, "ERIKSSON")])


@pytest.mark.parametrize("code", ["V", "VI", "X", ""])
def test_visas_and_unknown_kinds_are_wrong(code):
    with pytest.raises(WrongDocument):
        read(passport(code=code))


def test_nothing_certain_is_unreadable():
    every = ("document_number", "birth_date", "expiry_date")
    with pytest.raises(UnreadableDocument):
        read(passport(wrong=every, score=0.8))
    assert read(passport(wrong=every, score=0.95)).document_number == "L898902C3"


def test_print_makes_an_uncertain_zone_readable():
    record = passport(wrong=("document_number", "birth_date"), score=0.8)
    document = read(record, [(400, 100, "ERIKSSON"), (400, 150, "L898902C3")])
    assert (document.last_name, document.document_number, document.birth_date) == ("ERIKSSON", "L898902C3", None)


def test_a_printed_wrong_check_digit_is_returned_as_it_stands_with_little_confidence():
    document = read(passport(wrong=["document_number"]))
    assert document.document_number == "L898902C3"
    assert document.confidence["document_number"] < 0.5
    assert document.confidence["birth_date"] > 0.5


def test_confidence_is_given_for_every_field_returned():
    document = read(passport(), [(400, 180, "Date of issue"), (400, 200, "16 APR 2022")])
    present = {name for name in IdDocument.__dataclass_fields__ if getattr(document, name) is not None} - {
        "confidence",
        "mrz",
    }
    assert set(document.confidence) == present
    assert all(0 < value < 1 for value in document.confidence.values())


def test_print_raises_confidence_and_a_contradiction_lowers_it():
    alone = read(passport()).confidence["birth_date"]
    agreed = read(passport(), [(400, 100, "12 AUG 1974")]).confidence["birth_date"]
    denied = read(passport(), [(400, 100, "Date of birth"), (400, 122, "12 AUG 1975")]).confidence["birth_date"]
    assert denied < alone <= agreed


def test_explained_choices_are_what_is_read():
    record = passport()
    choices = explain_document(record, zone_lines(record), today=TODAY)
    document = read_document(record, zone_lines(record), today=TODAY)
    assert {choice.field: choice.value for choice in choices} == {
        name: getattr(document, name) for name in document.confidence
    }
    assert document.confidence["sex"] == confidence(field(choices, "sex"))


def test_nothing_personal_in_messages():
    for record in (passport(code="V"), passport(wrong=["document_number", "birth_date"], score=0.1)):
        with pytest.raises((WrongDocument, UnreadableDocument)) as caught:
            read(record)
        assert "ERIKSSON" not in str(caught.value)


numbers = st.floats(min_value=-50, max_value=2000)
points = st.tuples(numbers, numbers)
words = st.sampled_from(
    ["Date of issue", "Authority", "12 MAR 2020", "03/04/2015", "F", "/", ":", "ERIKSSON", "Passport No."]
)
texts = st.one_of(st.text(max_size=40), st.lists(words, max_size=4).map(" ".join))


@given(st.lists(st.builds(Line, texts, st.tuples(points, points, points, points), st.just(())), max_size=12))
def test_any_page_is_survived_and_leaves_the_zone_s_fields_alone(lines):
    document = read_document(passport(), lines, today=TODAY)
    assert (document.document_number, document.birth_date) == ("L898902C3", date(1974, 8, 12))
    assert document.issue_date is None
    assert document.issuing_authority is None
