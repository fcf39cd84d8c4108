from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from gateway import errors
from gateway.wire.faults import FAULTS, fault_of
from gateway.wire.openapi.faults import responses

REQUEST_ID = "6c1d7b0e-3f0f-4a52-9d8c-2f6f7f0f5a11-1767225600000-gateway"


def schema(response):
    return Draft202012Validator(response["content"]["application/json"]["schema"])


@pytest.mark.parametrize("failure", FAULTS)
def test_every_fault_conforms_to_what_is_said_of_its_status(failure):
    fault = fault_of(failure("decrypt token fail"))
    described = schema(responses(FAULTS)[str(fault.status)])
    body = json.loads(fault.body(REQUEST_ID))
    assert described.is_valid(body)
    assert not described.is_valid(body | {"error_msg": "Something else."})
    assert not described.is_valid(body | {"detail": "more"})


def test_faults_of_one_status_are_told_apart():
    found = responses([errors.NoDocument, errors.WrongDocument, errors.InvalidParameter])
    assert list(found) == ["400"]
    examples = found["400"]["content"]["application/json"]["examples"]
    assert [example["summary"] for example in examples.values()] == ["no document, wrong document", "invalid parameter"]
    mixed = {"error_code": "AIS.0101", "error_msg": "The image is not supported or the image quality is poor."}
    assert not schema(found["400"]).is_valid(mixed)


def test_a_detail_has_to_follow():
    (found,) = responses([errors.Unauthenticated]).values()
    body = {"error_code": "APIG.0301", "request_id": REQUEST_ID}
    text = "Incorrect IAM authentication information: "
    assert schema(found).is_valid(body | {"error_msg": f"{text}decrypt token fail"})
    assert not schema(found).is_valid(body | {"error_msg": text})


def test_answers_to_head_have_no_body():
    (found,) = responses([errors.Overloaded], body=False).values()
    assert "content" not in found
    assert list(found["headers"]) == ["X-Request-Id", "Retry-After"]
