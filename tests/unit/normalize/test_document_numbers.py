"""Document numbers without their layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model import DocumentType
from gateway.normalize.document_numbers import document_number, pair_number, prints_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("X1234567", "X1234567"),
        ("X1234567<", "X1234567"),
        ("AB<123<4", "AB1234"),
        ("590-1234567-89", "590123456789"),
        ("ab 12 34", "AB1234"),
        ("<<<", None),
        ("", None),
    ],
)
def test_document_number(text, expected):
    assert document_number(text) == expected


@pytest.mark.parametrize(
    "text", ["X1234567", "X 1234567", "X-1234567", "Passport No. X1234567", "No.X1234567", "X1234567 P IDN"]
)
def test_printed(text):
    assert prints_number(text, "X1234567")


@pytest.mark.parametrize("text", ["X1234568", "X12345678", "1234567", "", "X1234567890"])
def test_not_printed(text):
    assert not prints_number(text, "X1234567")


def test_a_short_number_has_to_be_a_word_of_its_own():
    assert not prints_number("NO1234", "1234")
    assert prints_number("NO 1234", "1234")


@pytest.mark.parametrize(
    ("country", "kind", "text", "expected"),
    [
        ("THA", "ID", "1 1017 00230 70 8", "1101700230708"),
        ("THA", "ID", "1-1017-00230-70-8", "1101700230708"),
        ("THA", "ID", "\u0e51 1017 00230 70 8", "1101700230708"),
        ("HKG", "ID", "A123456(3)", "A1234563"),
        ("HKG", "ID", "XA123456(A)", "XA123456A"),
        ("HKG", "ID", "a123456\uff083\uff09", "A1234563"),
        ("CHL", "ID", "12.345.678-5", "123456785"),
        ("CHL", "ID", "12.667.869-k", "12667869K"),
        ("VNM", "ID", "079 090 123 456", "079090123456"),
        ("PHL", "DL", "N01-23-456789", "N0123456789"),
        ("PHL", "ID", "CRN-0111-1234567-8", "011112345678"),
        ("PHL", "ID", "0111-1234567-8", "011112345678"),
        ("PHL", "PP", "CRN123456", "CRN123456"),
        ("RUS", "PP", "75\u21161234567", "751234567"),
        ("TWN", "PP", "\uff13\uff11\uff10234567", "310234567"),
        (None, None, "p 1234567", "P1234567"),
    ],
)
def test_the_number_of_a_pair(country, kind, text, expected):
    assert pair_number(text, country, kind and DocumentType(kind)) == expected


@pytest.mark.parametrize(
    "text",
    [None, "", " ", "1 6604 ***** 52 4", "A12?456(3)", "N02-\u2022\u2022-1", "12\ufffd4", "PASSPORT", "CRN-", "-"],
)
def test_no_number(text):
    assert pair_number(text, "PHL", DocumentType.IDENTITY_CARD) is None


@given(st.text(), st.sampled_from([None, "THA", "PHL"]), st.none() | st.sampled_from(DocumentType))
def test_one_rule_for_any_text(text, country, kind):
    number = pair_number(text, country, kind)
    if number is not None:
        assert number.isascii()
        assert number.isalnum()
        assert number == number.upper()
        assert pair_number(number, "THA", kind) == number
