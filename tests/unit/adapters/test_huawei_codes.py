import json

import pytest

from gateway.adapters.huawei_codes import ERRORS, failure
from gateway.errors import (
    DocumentError,
    UpstreamError,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamProtocolError,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse


def fault(status: int, code: str) -> VendorResponse:
    return VendorResponse(status, {}, json.dumps({"error_code": code, "error_msg": "-"}).encode())


@pytest.mark.parametrize("code", ERRORS)
def test_a_known_code_decides_whatever_the_status(code: str):
    assert {type(failure(fault(status, code))) for status in (200, 400, 500)} == {ERRORS[code]}


def test_only_failures_that_another_upstream_may_mend():
    assert all(issubclass(error, DocumentError | UpstreamError) for error in ERRORS.values())


def test_the_older_spelling_of_the_gateways_codes():
    assert type(failure(fault(404, "APIGW.0101"))) is UpstreamGone


@pytest.mark.parametrize(
    ("status", "error"), [(504, UpstreamUnavailable), (413, UpstreamIncapable), (400, UpstreamProtocolError)]
)
def test_one_code_stands_for_several_things_that_the_status_tells_apart(status: int, error: type):
    assert type(failure(fault(status, "APIG.0201"))) is error


def test_an_account_in_arrears_is_not_a_wrong_key():
    assert type(failure(fault(403, "ModelArts.6201"))) is UpstreamExhausted
