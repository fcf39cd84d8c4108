"""State, number, names, sex and nationality."""

import pytest

from gateway.model import Sex
from gateway.reader.evidence import Evidence
from gateway.reader.identity import identity_choices
from gateway.reader.labelled import labelled_page
from gateway.reader.page import visual_spans
from tests.unit.reader.pages import card, page, passport


def choices(record, rows=()):
    found = identity_choices(record, labelled_page(visual_spans(page(rows), record)))
    return {choice.field: choice for choice in found if choice is not None}


def test_from_the_zone_alone():
    found = choices(passport())
    assert {name: choice.value for name, choice in found.items()} == {
        "country_region": "UTO",
        "nationality": "UTO",
        "document_number": "L898902C3",
        "last_name": "ERIKSSON",
        "first_name": "ANNA MARIA",
        "sex": Sex.FEMALE,
    }
    assert found["document_number"].evidence is Evidence.CHECKED
    assert found["last_name"].evidence is Evidence.UNCHECKED


def test_a_holder_of_one_name_has_a_last_name():
    found = choices(passport(surname="SUKARTINI", given_names=""))
    assert found["last_name"].value == "SUKARTINI"
    assert "first_name" not in found


def test_one_letter_is_a_name_that_print_cannot_confirm():
    found = choices(passport(surname="O", given_names="I"), [(400, 100, "O"), (400, 150, "I")])
    assert (found["last_name"].value, found["last_name"].evidence) == ("O", Evidence.UNCHECKED)


def test_the_number_confirmed_or_contradicted_by_print():
    label = (400, 100, "Passport No.")
    assert choices(passport(), [(400, 122, "L898902C3")])["document_number"].evidence is Evidence.CHECKED_AND_PRINTED
    assert (
        choices(passport(), [label, (400, 122, "L898902G3")])["document_number"].evidence is Evidence.PRINTED_OTHERWISE
    )
    assert choices(passport(), [label, (400, 122, "12345")])["document_number"].evidence is Evidence.CHECKED
    other = choices(card(), [label, (400, 122, "D23145899")])["document_number"]
    assert other.evidence is Evidence.CHECKED


def test_the_twelve_digits_of_a_vietnamese_citizen():
    found = choices(card("VNM", number="093004417", optional="068093004417"))
    assert found["document_number"].value == "068093004417"


@pytest.mark.parametrize("optional", ["", "068093004418", "A68093004417", "68093004417"])
def test_other_optional_data_leave_the_number_as_it_is(optional):
    assert choices(card("VNM", number="093004417", optional=optional))["document_number"].value == "093004417"


def test_only_vietnam_s_cards_print_it_so():
    assert choices(card("UTO", number="093004417", optional="068093004417"))["document_number"].value == "093004417"


@pytest.mark.parametrize(
    ("code", "rows", "expected"),
    [
        ("F", ["F"], Evidence.PRINTED),
        ("F", ["K/F"], Evidence.PRINTED),
        ("F", ["NU/F", "P"], Evidence.PRINTED),
        ("M", ["4/M"], Evidence.PRINTED),
        ("M", ["L / M"], Evidence.PRINTED),
        ("F", ["M"], Evidence.UNCHECKED),
        ("F", ["F", "M"], Evidence.UNCHECKED),
        ("F", ["FEMALE"], Evidence.UNCHECKED),
        ("F", [], Evidence.UNCHECKED),
    ],
)
def test_sex_confirmed_by_print(code, rows, expected):
    found = choices(passport(sex=code), [(400, 100 + 40 * place, text) for place, text in enumerate(rows)])
    assert found["sex"].evidence is expected


def test_sex_unspecified_and_unknown():
    assert choices(passport(sex="<"))["sex"].value is Sex.UNSPECIFIED
    assert "sex" not in choices(passport(sex="K"))


def test_a_cut_name_is_completed_from_print():
    long = "CHRISTELLE HELENE LAURENCE ANTOINETTE"
    record = passport("FRA", given_names=long)
    assert record.given_names != long
    found = choices(record, [(400, 100, "CHRISTELLE HÉLÈNE LAURENCE ANTOINETTE")])
    assert found["first_name"].value == "CHRISTELLE HÉLÈNE LAURENCE ANTOINETTE"
