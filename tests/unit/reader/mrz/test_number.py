"""The number that a zone gives."""

import pytest

from gateway.reader.mrz.number import holder_number
from tests.unit.reader.pages import card, passport


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (passport(number="L898902C3"), "L898902C3"),
        (passport(number="AB<123"), "AB123"),
        (passport(number="<<<"), None),
        (card("UTO", number="D23145890"), "D23145890"),
        (card("VNM", number="093004417", optional="068093004417"), "068093004417"),
        (card("VNM", number="093004417", optional="068093004418"), "093004417"),
        (card("VNM", number="093004417"), "093004417"),
    ],
)
def test_number(record, expected):
    assert holder_number(record) == expected
