from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from gateway import errors
from gateway.wire.faults import FAULTS, INTERNAL, fault_of
from gateway.wire.iam.refusals import IamRefusal, NoSuchToken
from gateway.wire.refusals import TokenOutdated


def kinds(base: type[errors.GatewayError] = errors.GatewayError) -> Iterator[type[errors.GatewayError]]:
    yield base
    for kind in base.__subclasses__():
        if kind.__module__.startswith("gateway."):
            yield from kinds(kind)


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_error_has_its_entry_and_a_complete_body(kind):
    assert kind in FAULTS
    fault = fault_of(kind("canary"))
    body = json.loads(fault.body("the-id"))
    if issubclass(kind, IamRefusal):
        assert body == {"error": {"code": fault.status, "message": fault.message, "title": body["error"]["title"]}}
        assert fault.message
        assert body["error"]["title"]
        return
    assert body["error_code"] == fault.code
    assert body["error_msg"]
    assert ("request_id" in body) == fault.code.startswith("APIG.")
    assert all(isinstance(value, str) for value in body.values())
    assert "canary" not in body["error_msg"] or kind is errors.Unauthenticated


@pytest.mark.parametrize("kind", list(kinds(errors.CallerError)))
def test_the_caller_s_own_mistakes_are_4xx(kind):
    assert 400 <= fault_of(kind()).status < 500


@pytest.mark.parametrize("kind", list(kinds(errors.UpstreamError)))
def test_an_upstream_s_refusal_is_never_the_caller_s(kind):
    fault = fault_of(kind("status 401"))
    assert fault.status not in {400, 401}
    assert fault.code not in {"APIG.0301", "AIS.0101"}


def test_a_new_kind_is_answered_like_its_base():
    class Smudged(errors.UnreadableDocument):
        pass

    assert fault_of(Smudged()) == FAULTS[errors.UnreadableDocument]


def test_an_unknown_exception_is_internal_and_says_nothing():
    assert fault_of(ValueError("canary")) == INTERNAL
    assert b"canary" not in INTERNAL.body("the-id")


def test_the_detail_of_a_refused_caller_stands_behind_the_sentence():
    fault = fault_of(errors.Unauthenticated("decrypt token fail"))
    assert json.loads(fault.body("the-id")) == {
        "error_code": "APIG.0301",
        "error_msg": "Incorrect IAM authentication information: decrypt token fail",
        "request_id": "the-id",
    }


def test_a_token_that_has_to_be_updated_is_no_unknown_caller():
    assert json.loads(fault_of(TokenOutdated("canary")).body("the-id")) == {
        "error_code": "APIG.0307",
        "error_msg": "The token must be updated.",
        "request_id": "the-id",
    }


def test_the_form_of_iam():
    assert json.loads(fault_of(NoSuchToken()).body("the-id")) == {
        "error": {"code": 404, "message": "X-Subject-Token is invalid in the request", "title": "Not Found"}
    }
