"""National numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model import DocumentType, IdDocument, Sex
from gateway.truth.national import chilean, hong_kong, number_holds, thai, vietnamese

ID = DocumentType.IDENTITY_CARD


def card(country, number, **known):
    return IdDocument(country_region=country, id_type=ID, document_number=number, **known)


@pytest.mark.parametrize("number", ["1101700230708", "1234567890121", "0084011550639"])
def test_thai(number):
    assert thai(number)
    assert number_holds(card("THA", number))


@pytest.mark.parametrize(
    "number", ["1101700230709", "1101700230780", "110170023070", "11017002307088", "110170023070A"]
)
def test_no_thai(number):
    assert not thai(number)
    assert not number_holds(card("THA", number))


@given(st.text("0123456789", min_size=12, max_size=12))
def test_one_thai_check_digit_holds(body):
    total = sum((13 - place) * int(digit) for place, digit in enumerate(body))
    assert [last for last in "0123456789" if thai(body + last)] == [str((11 - total % 11) % 10)]


@pytest.mark.parametrize("number", ["A1234563", "G123456A", "AB9876543", "C6686689"])
def test_hong_kong(number):
    assert hong_kong(number)
    assert number_holds(card("HKG", number))


@pytest.mark.parametrize(
    "number", ["A1234564", "B1234563", "C000000E", "A123456(4)", "1234563", "ABC1234563", "A12345", "A12345633"]
)
def test_no_hong_kong(number):
    assert not hong_kong(number)
    assert not number_holds(card("HKG", number))


@given(st.from_regex(r"[A-Z]{1,2}[0-9]{6}", fullmatch=True))
def test_one_hong_kong_check_digit_holds(body):
    values = [36] * (8 - len(body)) + [int(character, 36) for character in body]
    rest = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) % 11
    assert [last for last in "0123456789A" if hong_kong(body + last)] == ["0A987654321"[rest]]


@pytest.mark.parametrize("number", ["98685030", "62658371", "12667869K"])
def test_runs(number):
    assert chilean(number)
    assert number_holds(card("CHL", number))


@pytest.mark.parametrize("number", ["98685031", "6265837K", "12667868K", "12345678"])
def test_no_runs(number):
    assert not chilean(number)
    assert not number_holds(card("CHL", number))


@pytest.mark.parametrize("number", ["123456785", "123456780", "512666391", "A012345678", "A01234567"])
def test_what_may_be_the_number_of_a_chilean_card(number):
    assert number_holds(card("CHL", number))


@given(st.text("0123456789", min_size=7, max_size=7))
def test_one_chilean_check_digit_holds(body):
    total = sum(int(digit) * weight for digit, weight in zip(body, (2, 7, 6, 5, 4, 3, 2), strict=True))
    assert [last for last in "0123456789K" if chilean(body + last)] == ["0K987654321"[total % 11]]


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("020093001656", 1993, Sex.MALE),
        ("001190123456", 1990, Sex.FEMALE),
        ("096205123456", 2005, Sex.MALE),
        ("079305123456", 2005, Sex.FEMALE),
        ("145093001656", 1993, Sex.MALE),
        ("012345678", 1950, Sex.FEMALE),
    ],
)
def test_vietnamese(number, born, sex):
    for birth in (None, date(born, 5, 1)):
        for known in (None, sex, Sex.UNSPECIFIED):
            assert number_holds(card("VNM", number, birth_date=birth, sex=known))


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("020093001656", {"birth_date": date(1992, 5, 1)}),
        ("020093001656", {"birth_date": date(2093, 5, 1)}),
        ("020093001656", {"sex": Sex.FEMALE}),
        ("020193001656", {"sex": Sex.MALE}),
        ("020293001656", {"birth_date": date(1993, 5, 1)}),
        ("000093001656", {}),
        ("097093001656", {}),
        ("02009300165", {}),
        ("0200930016560", {}),
        ("02009300165A", {}),
        ("01234567", {}),
    ],
)
def test_no_vietnamese(number, known):
    document = card("VNM", number, **known)
    assert not vietnamese(number, document)
    assert not number_holds(document)


@pytest.mark.parametrize(
    ("country", "number"),
    [("THA", "1 2345 67890 12 1"), ("HKG", "A123456(3)"), ("CHL", "12.667.869-K"), ("VNM", "020 093 001656")],
)
def test_layout_does_not_count(country, number):
    assert number_holds(card(country, number))
    assert not number_holds(card(country, number[1:]))


@pytest.mark.parametrize(
    "document",
    [
        IdDocument(document_number="1"),
        IdDocument(country_region="THA", document_number="1"),
        IdDocument(country_region="THA", id_type=ID),
        IdDocument(country_region="THA", id_type=DocumentType.PASSPORT, document_number="AA1234567"),
        IdDocument(country_region="VNM", id_type=DocumentType.DRIVING_LICENCE, document_number="790123456789"),
        card("ALB", "J12345678W"),
        card("PHL", "011112345678"),
        card(None, "1"),
    ],
)
def test_nothing_is_known_of_other_numbers(document):
    assert number_holds(document)


@given(st.text(), st.sampled_from(["THA", "HKG", "CHL", "VNM"]))
def test_any_text(text, country):
    assert number_holds(card(country, text)) in {True, False}
