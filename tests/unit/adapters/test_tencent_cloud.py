from __future__ import annotations

import msgspec
import pytest
from tencentcloud.ocr.v20181119 import errorcodes

from gateway import errors
from gateway.adapters.tencent_cloud import ERRORS, request, result
from gateway.exchange import VendorResponse


class Card(msgspec.Struct, rename="pascal"):
    name: str | None = None


def answer(body: str, status: int = 200, **headers: str) -> VendorResponse:
    return VendorResponse(status, headers, body.encode())


def refusal(code: str, status: int = 200) -> VendorResponse:
    return answer(f'{{"Response": {{"Error": {{"Code": "{code}", "Message": "MARIAM"}}}}}}', status)


def test_every_code_of_the_official_client_has_an_entry_of_its_own():
    listed = {value for name, value in vars(errorcodes).items() if name.isupper()}
    assert len(listed) > 50
    assert listed <= ERRORS.keys()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("AuthFailure.SignatureExpire", errors.UpstreamMisconfigured),
        ("RequestLimitExceeded.UinLimitExceeded", errors.UpstreamThrottled),
        ("FailedOperation.SomethingNew", errors.RecognitionFailed),
        ("failedoperation.noPassport", errors.UpstreamProtocolError),
        ("", errors.UpstreamProtocolError),
    ],
)
def test_a_longer_code_goes_by_its_beginning_and_its_spelling_matters(code: str, error: type[errors.GatewayError]):
    with pytest.raises(error) as raised:
        result(refusal(code), Card)
    assert "MARIAM" not in str(raised.value)


def test_a_code_counts_more_than_the_status():
    with pytest.raises(errors.WrongDocument):
        result(refusal("FailedOperation.NoPassport", 500), Card)
    with pytest.raises(errors.UpstreamUnavailable):
        result(answer('{"Response": {}}', 503), Card)


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"Response": null}', '{"Response": []}', '{"Response": {"Name": 1}}']
)
def test_what_is_no_answer_is_an_error_of_the_protocol(body: str):
    with pytest.raises(errors.UpstreamProtocolError):
        result(answer(body), Card)


def test_the_result_is_what_response_holds():
    assert result(answer('{"Response": {"Name": "A", "Error": null, "RequestId": "1"}}'), Card) == Card("A")


def test_region_and_language_are_sent_where_they_are_set():
    plain = request("https://ocr.example/", "HKIDCardOCR", (b"{}",))
    assert (plain.method, plain.url, plain.body) == ("POST", "https://ocr.example/", (b"{}",))
    assert plain.headers == {
        "content-type": "application/json",
        "x-tc-action": "HKIDCardOCR",
        "x-tc-version": "2018-11-19",
    }
    full = request("https://ocr.example", "X", (), region="ap-bangkok", language="en-US", delay=2.0, repeatable=True)
    assert (full.headers["x-tc-region"], full.headers["x-tc-language"]) == ("ap-bangkok", "en-US")
    assert (full.delay, full.repeatable) == (2.0, True)
