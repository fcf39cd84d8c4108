from __future__ import annotations

import re
from datetime import date

import pytest

from gateway.model import DocumentType, IdDocument, Sex
from gateway.normalize.document_numbers import pair_number
from gateway.replay.dice import Dice
from gateway.replay.numbers import invented_number
from gateway.table1 import TABLE_1
from gateway.truth.national import number_holds

PAIRS = [(country, kind) for country, kinds in TABLE_1.items() for kind in sorted(kinds)]


@pytest.mark.parametrize(("country", "kind"), PAIRS)
def test_a_number_has_the_form_of_its_pair(country, kind):
    for number in range(50):
        sex, birth = (Sex.FEMALE, Sex.MALE)[number % 2], date(1950 + number, 1, 1)
        invented = invented_number(country, kind, sex, birth, Dice(country, kind, number))
        assert pair_number(invented, country, kind) == invented
        document = IdDocument(country_region=country, id_type=kind, document_number=invented, birth_date=birth, sex=sex)
        assert number_holds(document)


@pytest.mark.parametrize(
    ("country", "kind", "form"),
    [
        ("VNM", "ID", r"0\d\d0(90)\d{6}"),
        ("THA", "ID", r"[1-8]\d{12}"),
        ("HKG", "ID", r"[A-Z]\d{6}[0-9A]"),
        ("CHL", "ID", r"\d{8}[0-9K]"),
        ("PHL", "PP", r"P\d{7}A"),
    ],
)
def test_some_forms(country, kind, form):
    number = invented_number(country, DocumentType(kind), Sex.MALE, date(1990, 1, 1), Dice("form"))
    assert re.fullmatch(form, number)
