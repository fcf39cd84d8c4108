from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from gateway.model import DocumentType, IdDocument, Sex
from gateway.replay.dice import Dice
from gateway.replay.misread import MISREADABLE, misread

ZONE = ("first line", "second line")
DOCUMENT = IdDocument(
    country_region="VNM",
    id_type=DocumentType.PASSPORT,
    first_name="THỊ HOA",
    last_name="NGUYỄN",
    sex=Sex.FEMALE,
    nationality="VNM",
    birth_date=date(1990, 2, 28),
    issue_date=date(2020, 1, 31),
    expiry_date=date(9999, 12, 31),
    document_number="C0000000",
    address="12 Lê Lợi",
    issuing_authority="CỤC QUẢN LÝ",
    confidence={"birth_date": 0.97},
    mrz=ZONE,
)


@pytest.mark.parametrize("name", sorted(MISREADABLE))
def test_one_field_is_another_value_of_its_form_and_the_others_are_untouched(name):
    for number in range(50):
        wrong = misread(DOCUMENT, [name], Dice(name, number))
        before, after = getattr(DOCUMENT, name), getattr(wrong, name)
        assert after != before
        assert type(after) is type(before)
        if isinstance(before, str):
            assert len(after) == len(before)
        rest = {field.name for field in fields(DOCUMENT)} - {name, "mrz"}
        assert all(getattr(wrong, other) == getattr(DOCUMENT, other) for other in rest)


@pytest.mark.parametrize(
    ("name", "left"),
    [("birth_date", ()), ("sex", ()), ("document_number", ()), ("issue_date", ZONE), ("address", ZONE)],
)
def test_a_zone_that_knows_better_goes(name, left):
    assert misread(DOCUMENT, [name], Dice("zone")).mrz == left


def test_what_is_absent_cannot_be_misread():
    document = IdDocument(last_name="...", mrz=ZONE)
    assert misread(document, ["birth_date", "last_name"], Dice("absent")) == IdDocument(last_name="...")
    assert misread(document, ["birth_date"], Dice("absent")) == document
