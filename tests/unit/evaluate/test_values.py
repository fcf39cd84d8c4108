from __future__ import annotations

from datetime import date

import msgspec

from gateway.evaluate.values import Values, present, values_of
from gateway.model import DocumentType, IdDocument, Sex, Side
from gateway.shadow.compare import FIELDS

FULL = IdDocument(
    country_region="THA",
    id_type=DocumentType.IDENTITY_CARD,
    side=Side.FRONT,
    first_name="SOMCHAI",
    last_name="TUAYANG",
    sex=Sex.MALE,
    nationality="THA",
    birth_date=date(1990, 1, 31),
    issue_date=date(2020, 1, 31),
    expiry_date=date(2030, 1, 31),
    document_number="1234567890121",
    address="1 ROAD",
    issuing_authority="OFFICE",
)


def test_it_has_every_field_that_is_compared():
    assert Values.__struct_fields__ == FIELDS


def test_what_is_put_on_file_comes_back():
    stored = msgspec.json.encode(values_of(FULL))
    assert msgspec.json.decode(stored, type=Values).document() == FULL


def test_absent_fields_take_no_room():
    assert msgspec.json.encode(values_of(IdDocument(sex=Sex.MALE))) == b'{"sex":"M"}'


def test_values_do_not_reach_a_log():
    assert "TUAYANG" not in repr(values_of(FULL))


def test_the_fields_that_are_there():
    assert present(FULL) == FIELDS
    assert present(IdDocument(sex=Sex.MALE, confidence={"sex": 1.0})) == ("sex",)
