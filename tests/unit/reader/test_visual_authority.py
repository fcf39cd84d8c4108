"""The issuing authority: right or absent."""

import pytest

from gateway.reader.labelled import labelled_page
from gateway.reader.page import visual_spans
from gateway.reader.visual_authority import issuing_authority
from tests.unit.reader.pages import line, page, passport

LABEL = (400, 100, "Authority / Autorité")


def authority(lines, country="NGA"):
    found = issuing_authority(labelled_page(visual_spans(lines, passport())), country=country)
    return found and found.value


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([LABEL, (400, 122, "ALAUSA")], "ALAUSA"),
        ([LABEL, (400, 122, "MINISTRY OF FOREIGN"), (400, 144, "AFFAIRS")], "MINISTRY OF FOREIGN AFFAIRS"),
        ([LABEL, (400, 122, "MINISTRY OF"), (540, 122, "FOREIGN AFFAIRS")], "MINISTRY OF FOREIGN AFFAIRS"),
        ([LABEL, (400, 122, "ALAUSA"), (400, 144, "E")], None),
        ([LABEL, (400, 122, "ALAUSA"), (400, 144, "an unknown label")], "ALAUSA"),
        ([LABEL, (400, 122, "ALAUSA"), (700, 100, "Authority"), (700, 122, "IKOYI")], None),
        ([LABEL, (400, 122, "ALAUSA"), (700, 100, "Authority"), (700, 122, "ALAUSA")], "ALAUSA"),
        ([(400, 100, "Place of issue"), (400, 122, "KOCHI")], None),
        ([(400, 122, "ALAUSA")], None),
        ([], None),
    ],
)
def test_authority(rows, expected):
    assert authority(page(rows)) == expected


def test_every_character_has_to_be_certain():
    assert authority([*page([LABEL]), line("ALAUSA", 400, 122, score=0.8)]) is None


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        ("BRA", "SR/DPF/SP", "SR/DPF/SP"),
        ("BRA", "POLÍCIA FEDERAL", "POLÍCIA FEDERAL"),
        ("NGA", "POLÍCIA FEDERAL", None),
        ("UKR", "4617", "4617"),
        ("DEU", "STADT KÖLN", "STADT KÖLN"),
        ("UKR", "MBC 4617", None),
        ("RUS", "MBД 69004", None),
        ("RUS", "69004", None),
        ("VNM", "CUC QUAN LY", None),
        ("UTO", "SOMEWHERE", None),
        (None, "SOMEWHERE", None),
    ],
)
def test_only_of_states_whose_print_is_read_dependably(country, text, expected):
    assert authority(page([LABEL, (400, 122, text)]), country) == expected


def test_a_code_needs_no_label_but_has_to_be_the_only_one():
    assert authority(page([(400, 122, "4617")]), "UKR") == "4617"
    assert authority(page([(400, 122, "4617"), (700, 122, "8001")]), "UKR") is None
    assert authority([line("4617", 400, 122, score=0.8)], "UKR") is None
