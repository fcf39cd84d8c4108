"""Addresses on one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.addresses import address


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("12 SAMPLE ST.", "BARANGAY UNO"), "12 SAMPLE ST., BARANGAY UNO"),
        (("12  SAMPLE\tST., BARANGAY",), "12 SAMPLE ST., BARANGAY"),
        (("S\u1ed0 1 \u1ea4P 2,\nX\u00c3 M\u1eaaU",), "S\u1ed0 1 \u1ea4P 2, X\u00c3 M\u1eaaU"),
        (("S\u1ed0 1 \u1ea4P 2,", ", X\u00c3 M\u1eaaU;", None, " "), "S\u1ed0 1 \u1ea4P 2, X\u00c3 M\u1eaaU"),
        (("ที่อยู่ 27 ต.หนองปรือ",), "27 ต.หนองปรือ"),
        (("ที่อยู่: 27", "ต.หนองปรือ"), "27, ต.หนองปรือ"),
        (("ที่อยู่",), None),
        ((None, "", ",", "\n\n"), None),
        ((), None),
    ],
)
def test_address(lines, expected):
    assert address(*lines) == expected


@given(st.lists(st.none() | st.text()))
def test_any_lines_make_one(lines):
    once = address(*lines)
    assert once is None or len(once.splitlines()) == 1
