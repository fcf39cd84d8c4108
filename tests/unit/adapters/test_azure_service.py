import json

import msgspec
import pytest

from gateway.adapters.azure_service import AzureService, result
from gateway.errors import (
    RecognitionFailed,
    UnreadableDocument,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
)
from gateway.exchange import VendorResponse
from gateway.model import ImageFormat
from tests.fakes import IMAGE_BASE64, make_image, make_query

PLACE = "https://example.cognitiveservices.azure.com/operation/1"
ACCEPTED = VendorResponse(202, {"operation-location": PLACE}, b"")


class Analysis(msgspec.Struct):
    content: str


def service(**options):
    return msgspec.convert({"endpoint": "https://example.cognitiveservices.azure.com"} | options, AzureService)


def answer(**operation):
    return VendorResponse(200, {}, json.dumps(operation).encode())


@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": "example.cognitiveservices.azure.com"},
        {"api_version": "2023-07-31"},
        {"api_version": "latest"},
        {"api_version": "2024-11-30&pages=9"},
        {"tier": "S0"},
        {"poll": 0},
        {"model": "prebuilt-read"},
    ],
)
def test_options_that_make_no_sense(options):
    with pytest.raises(msgspec.ValidationError):
        service(**options)


@pytest.mark.parametrize("version", ["2024-02-29-preview", "2024-11-30", "2025-09-01"])
def test_the_picture_is_handed_in_to_a_model_of_a_version(version):
    request = next(service(api_version=version).operate("prebuilt-read", make_query()))
    assert request.url.endswith(f"/documentintelligence/documentModels/prebuilt-read:analyze?api-version={version}")
    assert json.loads(b"".join(request.body)) == {"base64Source": IMAGE_BASE64.decode()}
    assert not request.repeatable


def test_one_page_of_a_tiff_is_paid_for():
    request = next(service().operate("prebuilt-read", make_query(image=make_image(format=ImageFormat.TIFF))))
    assert request.url.endswith("&pages=1")


def test_the_tier_decides_how_large_a_file_may_be():
    free, standard = service(tier="free").accepts, service().accepts
    assert (free.max_bytes, standard.max_bytes) == (3 * 1024 * 1024, 375 * 1024 * 1024)
    assert standard.formats == frozenset(ImageFormat)


def test_it_is_polled_where_and_when_the_vendor_says_until_it_has_ended():
    operation = service(poll=2).operate("prebuilt-read", make_query())
    next(operation)
    poll = operation.send(ACCEPTED)
    assert (poll.method, poll.url, poll.delay, poll.repeatable) == ("GET", PLACE, 2, True)
    again = operation.send(VendorResponse(200, {"retry-after": "5"}, b'{"status": "notStarted"}'))
    assert again.delay == 5
    assert operation.send(answer(status="running")).delay == 2
    ended = answer(status="succeeded", analyzeResult={"content": "read"})
    with pytest.raises(StopIteration) as finished:
        operation.send(ended)
    assert finished.value.value is ended


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ([VendorResponse(401, {}, b"")], UpstreamMisconfigured),
        ([ACCEPTED, VendorResponse(429, {}, b"")], UpstreamThrottled),
        ([ACCEPTED, VendorResponse(200, {}, b"<html>")], UpstreamProtocolError),
    ],
)
def test_a_refusal_ends_it(answers, error):
    operation = service().operate("prebuilt-read", make_query())
    next(operation)
    *polls, last = answers
    for response in polls:
        operation.send(response)
    with pytest.raises(error):
        operation.send(last)


def test_the_analysis_of_an_operation_that_succeeded():
    assert result(answer(status="succeeded", analyzeResult={"content": "read"}), Analysis).content == "read"


@pytest.mark.parametrize(
    ("operation", "error"),
    [
        ({"status": "failed", "error": {"innererror": {"code": "InvalidContent"}}}, UnreadableDocument),
        ({"status": "failed"}, RecognitionFailed),
        ({"status": "canceled"}, RecognitionFailed),
        ({"status": "succeeded"}, UpstreamProtocolError),
        ({"status": "succeeded", "analyzeResult": None}, UpstreamProtocolError),
        ({"status": "succeeded", "analyzeResult": {}}, UpstreamProtocolError),
        ({"status": "on holiday"}, UpstreamProtocolError),
        ({}, UpstreamProtocolError),
    ],
)
def test_every_other_end_is_an_error(operation, error):
    with pytest.raises(error):
        result(answer(**operation), Analysis)
