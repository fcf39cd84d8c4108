"""Document numbers without their layout."""

import pytest

from gateway.normalize.document_numbers import document_number, prints_number


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
