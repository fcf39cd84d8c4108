"""Text in one form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.text import clean, joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CARTER", "CARTER"),
        ("  ZHAO  MIN\n", "ZHAO MIN"),
        ("TRA\u0302\u0300N", "TR\u1ea6N"),
        ("a\u00a0b\u3000c\u200bd\ufeff", "a b cd"),
        ("a\x00b", "a b"),
        ("", None),
        (" \t\r\n", None),
        ("\u200b", None),
        (None, None),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("N/A", None), ("n/a", None), (" N/A ", None), ("-", None), ("N/A N/A", "N/A N/A"), ("NA", "NA")],
)
def test_a_vendors_words_for_nothing(text, expected):
    assert clean(text, "N/A", "-") == expected


def test_joined():
    assert joined("DE", None, " ", " LA  CRUZ") == "DE LA CRUZ"
    assert joined("a", "b", by=", ") == "a, b"
    assert joined(None, "") is None
    assert joined() is None


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert once is None or unicodedata.is_normalized("NFC", once)
