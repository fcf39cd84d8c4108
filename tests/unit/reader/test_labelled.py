"""Values beside and below their labels."""

import pytest

from gateway.reader.label_table import Label
from gateway.reader.labelled import is_value, labelled_page, values_of
from gateway.reader.page import visual_spans
from tests.unit.reader.pages import line, page, passport


def values(rows, label=Label.AUTHORITY):
    found = labelled_page(visual_spans(page(rows), passport()))
    return [span.text.strip() for span in values_of(label, found)]


def test_below():
    assert values([(400, 100, "Authority / Autorité"), (400, 122, "ALAUSA")]) == ["ALAUSA"]


def test_below_a_label_of_two_lines():
    assert (
        values([(400, 100, "Instantie / Autorité"), (400, 116, "Behörde / Authority"), (400, 140, "ALAUSA")])[0]
        == "ALAUSA"
    )


def test_right_aligned():
    assert values([(700, 100, "Kantor yang mengeluarkan/"), (764, 118, "Issuing office"), (780, 142, "DENPASAR")]) == [
        "DENPASAR"
    ]


def test_beside_and_behind_a_colon():
    assert values([(400, 100, "Authority"), (500, 98, "ALAUSA")]) == ["ALAUSA"]
    assert values([(400, 100, "Authority: ALAUSA")]) == ["ALAUSA"]
    assert values([(400, 100, "Authority: the one")]) == []


def test_a_value_beside_and_one_below_are_both_told():
    assert values([(400, 100, "Behörde / Authority"), (585, 98, "FOD"), (400, 122, "BUITENLANDSE ZAKEN")]) == [
        "FOD",
        "BUITENLANDSE ZAKEN",
    ]


@pytest.mark.parametrize(
    "below",
    ["Date of expiry / Date d'expiration", "Signature", "Holder's signature", "12 MAR 2020", "organ of state", "·"],
)
def test_what_is_no_value(below):
    assert values([(400, 100, "Authority / Autorité"), (400, 122, below)]) == []


def test_a_label_of_another_field_ends_the_search():
    assert values([(400, 100, "Authority"), (400, 122, "PLACE OF BIRTH"), (400, 144, "ABEOKUTA")]) == []


def test_a_label_beside_is_no_value():
    assert values([(400, 100, "Authority"), (500, 98, "SIGNATURE")]) == []


def test_a_value_that_holds_the_label_s_word_is_not_taken_for_the_label():
    rows = [(400, 100, "Authority"), (400, 122, "IMMIGRATION AUTHORITY"), (400, 144, "ALAUSA")]
    assert values(rows) == []


def test_too_far_away():
    assert values([(400, 100, "Authority"), (400, 160, "ALAUSA"), (700, 100, "LAGOS")]) == []


def test_is_value():
    def span(text):
        return visual_spans([line(text, 0, 0)], passport())[0]

    assert is_value(span("SR/DPF/PE"))
    assert is_value(span("4617"))
    assert not is_value(span("Lagos"))
    assert not is_value(span("12.03.2020"))
    assert not is_value(span("--"))
