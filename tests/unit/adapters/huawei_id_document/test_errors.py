import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gateway.adapters.huawei_id_document as package
from gateway.adapters.huawei_id_document.errors import ERRORS, failure
from gateway.errors import (
    DocumentError,
    RecognitionFailed,
    UnreadableDocument,
    UpstreamError,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse


def fault(status: int, code: str, **headers: str) -> VendorResponse:
    body = json.dumps({"error_code": code, "error_msg": "Somebody's name"}).encode()
    return VendorResponse(status, headers, body)


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (400, "AIS.0101", UpstreamIncapable),
        (400, "AIS.0102", UpstreamIncapable),
        (400, "AIS.0103", UpstreamIncapable),
        (400, "AIS.0104", UnreadableDocument),
        (500, "AIS.0105", RecognitionFailed),
        (403, "ModelArts.4204", UpstreamGone),
        (401, "APIG.0301", UpstreamMisconfigured),
        (429, "ModelArts.4401", UpstreamThrottled),
        (504, "ModelArts.4402", UpstreamUnavailable),
        (404, "APIG.0101", UpstreamGone),
        (404, "APIGW.0101", UpstreamGone),
        (429, "APIG.0308", UpstreamThrottled),
        (504, "APIG.0201", UpstreamUnavailable),
        (413, "APIG.0201", UpstreamIncapable),
        (400, "APIG.0201", UpstreamProtocolError),
        (400, "AIS.9999", UpstreamProtocolError),
        (503, "AIS.9999", UpstreamUnavailable),
        (200, "AIS.0104", UnreadableDocument),
        (200, "AIS.9999", UpstreamProtocolError),
    ],
)
def test_the_code_decides_and_where_it_is_unknown_the_status(status: int, code: str, error: type):
    assert type(failure(fault(status, code))) is error


def test_the_table_holds_only_failures_that_another_upstream_may_mend():
    assert all(issubclass(error, DocumentError | UpstreamError) for error in ERRORS.values())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>502 Bad Gateway</body></html>",
        b'{"error_code":"APIG.0',
        b'{"error_code":4204}',
        b'{"error_code":null}',
        b'["error_code"]',
        b'{"x":' + b"[" * 100_000,
        b'{"error_code":"\xff"}',
    ],
)
def test_a_body_without_a_code_is_judged_by_its_status(body: bytes):
    assert type(failure(VendorResponse(502, {}, body))) is UpstreamUnavailable
    assert type(failure(VendorResponse(404, {}, body))) is UpstreamGone
    assert type(failure(VendorResponse(400, {}, body))) is UpstreamProtocolError


def test_the_wait_is_passed_on():
    assert failure(fault(429, "APIG.0308", **{"retry-after": "3"})).retry_after == 3
    assert failure(fault(429, "APIG.0308")).retry_after is None


def test_the_message_repeats_status_and_code_and_nothing_else():
    assert str(failure(fault(400, "AIS.0104"))) == "HTTP 400 AIS.0104"
    assert str(failure(fault(400, "Somebody's name"))) == "HTTP 400"


@given(status=st.integers(100, 599), body=st.binary(max_size=60))
def test_any_answer_is_some_failure(status: int, body: bytes):
    assert isinstance(failure(VendorResponse(status, {}, body)), DocumentError | UpstreamError)


def test_the_readme_speaks_of_no_code_that_the_table_lacks():
    readme = Path(package.__file__).with_name("README.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"(?:AIS|APIG|ModelArts)\.\d{4}", readme)) - {"APIG.0201"}
    assert codes
    assert codes <= ERRORS.keys()
