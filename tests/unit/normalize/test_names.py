"""Names in one string."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalize.names import comma_name, family_first, given_names, without_title


@pytest.mark.parametrize(
    ("full", "last", "first"),
    [
        ("NGUYỄN VĂN AN", "NGUYỄN", "VĂN AN"),
        (" Trần  Thị\nBình ", "Trần", "Thị Bình"),
        ("SUKARNO", "SUKARNO", None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_family_first(full, last, first):
    assert family_first(full) == (last, first)


@pytest.mark.parametrize(
    ("full", "last", "first"),
    [
        ("CHAN, Tai Man", "CHAN", "Tai Man"),
        ("CHAN,Tai Man", "CHAN", "Tai Man"),
        ("CHAN\uff0cTai Man", "CHAN", "Tai Man"),
        ("AU YEUNG, Siu Ming, Peter", "AU YEUNG", "Siu Ming, Peter"),
        ("CHAN TAI MAN", "CHAN TAI MAN", None),
        ("CHAN,", "CHAN", None),
        (",TAI MAN", "TAI MAN", None),
        (",", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_comma_name(full, last, first):
    assert comma_name(full) == (last, first)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("Mr. Somchai", "Somchai"),
        ("Mr.Somchai", "Somchai"),
        ("MISS Nattacha", "Nattacha"),
        ("Mrs. Anong Mai", "Anong Mai"),
        ("Master Chai", "Chai"),
        ("น.ส. ณัชชา", "ณัชชา"),
        ("นาย สมชาย", "สมชาย"),
        ("นางสาว ณัชชา", "ณัชชา"),
        ("ด.ช. ชัย", "ชัย"),
        ("Somchai", "Somchai"),
        ("Missy", "Missy"),
        ("Mrinal", "Mrinal"),
        ("นายิกา", "นายิกา"),
        ("Dr. Somchai", "Dr. Somchai"),
        ("Somchai Mr.", "Somchai Mr."),
        ("Mr.", None),
        ("", None),
        (None, None),
    ],
)
def test_without_title(first, expected):
    assert without_title(first) == expected


def test_given_names():
    assert given_names("MARIA", None, " ANA ") == "MARIA ANA"
    assert given_names("Tai Man", "") == "Tai Man"
    assert given_names(None) is None


@given(st.text())
def test_nothing_is_lost_or_made_up(text):
    letters = "".join(text.split())
    for part in (*family_first(text), *comma_name(text), without_title(text)):
        assert part != ""
    last, first = family_first(text)
    if last is not None and letters.isascii() and letters.isprintable():
        assert (last + (first or "")).replace(" ", "") == letters
