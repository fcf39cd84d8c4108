"""The tables of ICAO Doc 9303-3 section 6."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.transliteration import spellings


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("Ä", ("AE", "A")),
        ("Å", ("AA", "A")),
        ("Ñ", ("N", "NXX")),
        ("Ö", ("OE", "O")),
        ("Ø", ("OE", "O")),
        ("Ü", ("UE", "UXX", "U")),
        ("ß", ("SS",)),
        ("Þ", ("TH",)),
        ("Ł", ("L",)),
        ("Ë", ("E",)),
        ("Ç", ("C",)),
        ("Ã", ("A",)),
        ("Ș", ("S",)),
        ("İ", ("I",)),
        ("Ấ", ("A",)),
        ("Ơ", ("O",)),
        ("Щ", ("SHCH", "SHT")),
        ("Є", ("IE", "YE")),
        ("\u042c", ("", "Y")),
        ("1", ()),
        ("<", ()),
        ("ก", ()),
        ("中", ()),
    ],
)
def test_spellings(letter, expected):
    assert spellings(letter) == expected


@given(st.characters())
def test_spellings_are_letters_of_the_zone(letter):
    assert all(set(spelling) <= set(string.ascii_uppercase) for spelling in spellings(letter))
