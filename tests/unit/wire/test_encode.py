from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

from huaweicloudsdkocr.v1.model import IdDocumentItem

from gateway.model import DocumentType, IdDocument, Sex, Side
from gateway.wire.encode import encode

FULL = IdDocument(
    country_region="ALB",
    id_type=DocumentType.PASSPORT,
    side=Side.FRONT,
    first_name="ÇELIK",
    last_name='O"HARA',
    sex=Sex.UNSPECIFIED,
    nationality="ALB",
    birth_date=date(1965, 3, 7),
    issue_date=date(2009, 2, 28),
    expiry_date=date(2019, 2, 27),
    document_number="BA0042718",
    address="Rruga 1\nTiranë",
    issuing_authority="MINISTRIA",
    portrait_image=memoryview(b"/9j/4AAQ"),
    confidence={"first_name": 0.99871234, "side": 1, "portrait_image": 0.5, "document_number": 0.00001},
)


def test_every_field_in_the_order_and_form_of_the_old_api():
    assert encode(FULL, portrait=True).decode() == (
        '{"result":{"country_region":"ALB","id_type":"PP","side":"front","first_name":"ÇELIK","last_name":"O\\"HARA",'
        '"sex":"X","nationality":"ALB","birth_date":"1965-03-07","issue_date":"2009-02-28","expiry_date":"2019-02-27",'
        '"document_number":"BA0042718","address":"Rruga 1\\nTiranë","issuing_authority":"MINISTRIA",'
        '"portrait_image":"/9j/4AAQ","confidence":{"side":1,"first_name":0.9987,"document_number":0.0,'
        '"portrait_image":0.5}}}'
    )


def test_fields_and_their_order_are_those_of_the_sdk():
    assert [field.name for field in fields(IdDocument) if field.name != "mrz"] == list(IdDocumentItem.openapi_types)
    assert list(json.loads(encode(FULL, portrait=True))["result"]) == list(IdDocumentItem.openapi_types)


def test_the_portrait_and_its_score_only_where_asked_for():
    result = json.loads(encode(FULL, portrait=False))["result"]
    assert "portrait_image" not in result
    assert "portrait_image" not in result["confidence"]


def test_what_is_not_there_is_left_out():
    assert encode(IdDocument(), portrait=True) == b'{"result":{}}'
    document = IdDocument(country_region="ALB", confidence={"sex": 0.9})
    assert encode(document, portrait=True) == b'{"result":{"country_region":"ALB"}}'
