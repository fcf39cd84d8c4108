from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest
from huaweicloudsdkocr.v1.model import IdDocumentItem
from hypothesis import given
from hypothesis import strategies as st

from gateway.errors import InvalidParameter
from gateway.model import DocumentType, IdDocument, Sex, Side
from gateway.table1 import TABLE_1
from gateway.wire.decode import decode
from gateway.wire.encode import encode
from gateway.wire.openapi.schemas import schemas
from tests.unit.wire.openapi.conforms import conforms

ABSENT = object()


def codes(known):
    code = st.sampled_from([*known, "USA", "id", ""])
    return st.one_of(st.just(ABSENT), st.none(), code, st.lists(code, max_size=3), st.integers(0, 1))


BODIES = st.fixed_dictionaries(
    {
        "image": st.sampled_from([ABSENT, None, "", "/9j/wAAL"]),
        "url": st.sampled_from([ABSENT, ABSENT, None, "", "https://pictures.example.com/1.jpg"]),
        "country_region": codes(TABLE_1),
        "id_type": codes(DocumentType),
        "return_portrait_image": st.sampled_from([ABSENT, None, True, False, "true", 1]),
        "unknown": st.sampled_from([ABSENT, 1]),
    }
).map(lambda body: {name: value for name, value in body.items() if value is not ABSENT})


def is_taken(body) -> bool:
    try:
        decode(json.dumps(body).encode())
    except InvalidParameter:
        return False
    return True


@given(BODIES)
def test_a_request_conforms_exactly_if_it_is_taken(body):
    assert conforms("IdDocumentRequestBody", body) == is_taken(body)


@pytest.mark.parametrize("country", TABLE_1)
@pytest.mark.parametrize("kind", DocumentType)
def test_every_pair_of_table_1_and_no_other(country, kind):
    body = {"image": "/9j/wAAL", "country_region": [country], "id_type": kind.value}
    assert conforms("IdDocumentRequestBody", body) == (kind in TABLE_1[country])


def test_the_item_has_the_fields_of_the_sdk():
    assert set(schemas()["IdDocumentItem"]["properties"]) == set(IdDocumentItem.openapi_types)


def test_a_whole_answer_and_an_empty_one_conform():
    whole = IdDocument(
        country_region="USA",
        id_type=DocumentType.PASSPORT,
        side=Side.BACK,
        first_name="Anna",
        last_name="Specimen",
        sex=Sex.UNSPECIFIED,
        nationality="ALB",
        birth_date=date(1965, 3, 7),
        issue_date=date(2020, 1, 1),
        expiry_date=date(2030, 1, 1),
        document_number="BA0000001",
        address="Rruga 1",
        issuing_authority="MPB",
        portrait_image=b"/9j/4AAQ",
        confidence={field.name: 0.5 for field in fields(IdDocument) if field.name != "mrz"},
    )
    for item in (whole, IdDocument()):
        assert conforms("IdDocumentResponse", json.loads(encode(item, portrait=True)))


@pytest.mark.parametrize(
    "item",
    [
        {"sex": "W"},
        {"first_name": None},
        {"first_name": ""},
        {"birth_date": 19650307},
        {"confidence": {"x": 1}},
        {"x": 1},
    ],
)
def test_what_is_never_sent_does_not_conform(item):
    assert not conforms("IdDocumentItem", item)
