"""The sex field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model import Sex
from gateway.normalize.sex import mrz_sex, sex_of


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("F", Sex.FEMALE),
        ("M", Sex.MALE),
        ("<", Sex.UNSPECIFIED),
        ("X", Sex.UNSPECIFIED),
        ("", Sex.UNSPECIFIED),
        ("K", None),
        ("m", None),
    ],
)
def test_sex(code, expected):
    assert mrz_sex(code) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M", Sex.MALE),
        ("f", Sex.FEMALE),
        ("MALE", Sex.MALE),
        ("Female", Sex.FEMALE),
        ("Female F", Sex.FEMALE),
        ("NAM", Sex.MALE),
        ("N\u1eef", Sex.FEMALE),
        ("NU\u031b\u0303", Sex.FEMALE),
        ("男", Sex.MALE),
        ("女", Sex.FEMALE),
        ("女F", Sex.FEMALE),
        ("男/M", Sex.MALE),
        ("M/M", Sex.MALE),
        ("M / M", Sex.MALE),
        ("ชาย", Sex.MALE),
        ("หญิง", Sex.FEMALE),
        ("LELAKI", Sex.MALE),
        ("P/F", Sex.FEMALE),
        ("L/M", Sex.MALE),
        ("\u0416/F", Sex.FEMALE),
        ("\u0427/M", Sex.MALE),
        ("FEMENINO", Sex.FEMALE),
        ("MASCULINO", Sex.MALE),
        ("X", Sex.UNSPECIFIED),
        ("<", Sex.UNSPECIFIED),
        ("Other", Sex.UNSPECIFIED),
    ],
)
def test_what_vendors_call_it(text, expected):
    assert sex_of(text) is expected


@pytest.mark.parametrize(
    "text", [None, "", "3.7F", "U", "Unknown", "F/M", "女M", "M F", "0", "NAM/NỮ", "FF", "LEAKI", "/", "M/", "sex"]
)
def test_neither_word_nor_letter(text):
    assert sex_of(text) is None


@given(st.text())
def test_any_text(text):
    assert sex_of(text) in {None, *Sex}
