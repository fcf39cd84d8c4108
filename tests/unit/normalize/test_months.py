"""Month names of the passports' languages."""

import pytest

from gateway.normalize.months import MONTHS, fold, month, thai_month


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("AGU",), 8),
        (("Ags",), 8),
        (("MEI",), 5),
        (("OGOS",), 8),
        (("DIS",), 12),
        (("MAC",), 3),
        (("FEV",), 2),
        (("SET",), 9),
        (("DEZ",), 12),
        (("ENE",), 1),
        (("DICIEMBRE",), 12),
        (("SHK",), 2),
        (("NËN",), 11),
        (("DHJ",), 12),
        (("Février",), 2),
        (("AOÛT",), 8),
        (("MÄR",), 3),
        (("JÄNNER",), 1),
        (("СІЧ",), 1),
        (("ГРУ",), 12),
        (("МАЯ",), 5),
        (("THANWAKHOM",), 12),
        (("JUIL", "JUL"), 7),
        (("??", "SEP"), 9),
        (("BEP", "SEP"), 9),
        (("MAR", "MAI"), None),
        (("QQQ",), None),
        ((), None),
    ],
)
def test_month(names, expected):
    assert month(*names) == expected


def test_cyrillic_capitals_read_as_latin_ones_name_the_same_month():
    assert month("MAP") == month("\u041c\u0410\u0420") == 3
    assert month("CEP") == month("\u0421\u0415\u0420") == 8


def test_the_name_that_looks_like_two_months_is_settled_by_the_other_name():
    assert {name: months for name, months in MONTHS.items() if len(months) > 1} == {"BEP": {3, 9}}
    assert month("BEP") is None
    assert month("BEP", "MAR") == 3


def test_fold_takes_case_marks_and_look_alikes_away():
    assert fold("Dès\u0415") == "DESE"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ม.ค.", 1),
        ("มค", 1),
        ("มี.ค.", 3),
        ("มิ.ย.", 6),
        ("เม.ย", 4),
        ("ธ. ค.", 12),
        ("พฤศจิกายน", 11),
        ("JAN", None),
        ("", None),
    ],
)
def test_thai_month(name, expected):
    assert thai_month(name) == expected
