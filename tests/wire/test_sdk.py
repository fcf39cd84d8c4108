"""The official Python client against a running application: the judge of what existing callers will see."""

from __future__ import annotations

import asyncio
import base64
import warnings
from datetime import date

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the SDK's own, at import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException, ServerResponseException
    from huaweicloudsdkocr.v1 import IdDocumentRequestBody, OcrClient, RecognizeIdDocumentRequest

from gateway import errors
from tests.fakes import FakeRecognizer
from tests.pictures import jpeg
from tests.wire.gateway import PROJECT, SPECIMEN, Gateway, running

PICTURE = base64.b64encode(jpeg(640, 480)).decode()


def client(gateway: Gateway, project_id: str | None = PROJECT) -> OcrClient:
    credentials = BasicCredentials("an-access-key", "a-secret-key", project_id)
    return OcrClient.new_builder().with_credentials(credentials).with_endpoint(gateway.url).build()


async def recognize(gateway: Gateway, project_id: str | None = PROJECT, **body: object):
    """In a thread, as the client blocks."""
    request = RecognizeIdDocumentRequest(
        enterprise_project_id="0", body=IdDocumentRequestBody(**({"image": PICTURE} | body))
    )
    return await asyncio.to_thread(lambda: client(gateway, project_id).recognize_id_document(request))


async def test_the_sdk_gets_its_document():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer, anonymous=True) as gateway:
        response = await recognize(gateway, country_region=["ALB"], id_type=["PP"], return_portrait_image=True)
    assert response.status_code == 200
    assert response.x_request_id == recognizer.calls[0].request_id
    result = response.result
    assert (result.country_region, result.id_type, result.side, result.sex) == ("ALB", "PP", "front", "F")
    assert (result.first_name, result.last_name, result.document_number) == ("ANNA", "SPECIMEN", "BA0000001")
    assert date.fromisoformat(result.birth_date) == SPECIMEN.birth_date
    assert result.expiry_date is None
    assert result.portrait_image == "/9j/4AAQ"
    scores = {name: float(score) for name, score in result.confidence.items()}  # the SDK makes them Decimals
    assert scores == {"first_name": 0.9987, "document_number": 1.0, "portrait_image": 0.9}
    assert recognizer.calls[0].enterprise_project_id == "0"


@pytest.mark.parametrize(
    ("error", "kind", "status", "code"),
    [
        (errors.NoDocument, ClientRequestException, 400, "AIS.0104"),
        (errors.UpstreamThrottled, ClientRequestException, 429, "APIG.0308"),
        (errors.NoRoute, ClientRequestException, 403, "ModelArts.4204"),
        (errors.UpstreamUnavailable, ServerResponseException, 503, "ModelArts.4403"),
        (errors.UpstreamProtocolError, ServerResponseException, 502, "APIG.0201"),
        (errors.DeadlineExceeded, ServerResponseException, 504, "ModelArts.4402"),
        (ValueError, ServerResponseException, 500, "APIG.0601"),
    ],
)
async def test_failures_arrive_as_the_sdk_s_exceptions(error, kind, status, code):
    recognizer = FakeRecognizer("fake", error())
    async with running(recognizer, anonymous=True) as gateway:
        with pytest.raises(kind) as caught:
            await recognize(gateway)
    assert (caught.value.status_code, caught.value.error_code) == (status, code)
    assert caught.value.error_msg
    assert caught.value.request_id == recognizer.calls[0].request_id
    assert len(recognizer.calls) == 1


async def test_a_bad_parameter():
    async with running(anonymous=True) as gateway:
        with pytest.raises(ClientRequestException) as caught:
            await recognize(gateway, country_region=["USA"])
    assert (caught.value.status_code, caught.value.error_code) == (400, "AIS.0101")
    assert caught.value.error_msg == "The input parameter is invalid."


async def test_lists_that_the_sdk_lets_through_as_bare_strings():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer, anonymous=True) as gateway:
        await recognize(gateway, country_region="ALB", id_type="PP")
    assert recognizer.calls[0].countries == {"ALB"}


async def test_a_signature_is_refused_where_callers_have_names():
    async with running() as gateway:
        with pytest.raises(ClientRequestException) as caught:
            await recognize(gateway)
    assert (caught.value.status_code, caught.value.error_code) == (401, "APIG.0301")
    assert caught.value.error_msg == "Incorrect IAM authentication information: verify aksk signature fail"
    assert caught.value.request_id


async def test_a_client_without_a_project_id():
    async with running(anonymous=True) as gateway:
        with pytest.raises(ClientRequestException) as caught:
            await recognize(gateway, None)
    assert (caught.value.status_code, caught.value.error_code) == (404, "APIG.0101")
