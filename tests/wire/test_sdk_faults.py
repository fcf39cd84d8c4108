"""Every fault there is, as the official Python client hands it to its caller."""

from __future__ import annotations

import asyncio
import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the SDK's own, at import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException, ServerResponseException
    from huaweicloudsdkocr.v1 import IdDocumentRequestBody, OcrClient, RecognizeIdDocumentRequest

from gateway.wire.faults import FAULTS
from gateway.wire.iam.refusals import IamRefusal
from tests.fakes import FakeRecognizer
from tests.wire.gateway import PROJECT, running
from tests.wire.test_sdk import PICTURE

KINDS = [kind for kind in FAULTS if not issubclass(kind, IamRefusal)]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_fault_arrives_as_an_exception_with_its_code(kind):
    fault = FAULTS[kind]
    async with running(FakeRecognizer("fake", kind("detail"))) as gateway:
        credentials = BasicCredentials("BILLING-AK", "billing-sk", PROJECT)
        client = OcrClient.new_builder().with_credentials(credentials).with_endpoint(gateway.url).build()
        request = RecognizeIdDocumentRequest(body=IdDocumentRequestBody(image=PICTURE))
        with pytest.raises(ClientRequestException if fault.status < 500 else ServerResponseException) as caught:
            await asyncio.to_thread(client.recognize_id_document, request)
    assert (caught.value.status_code, caught.value.error_code) == (fault.status, fault.code)
    assert caught.value.error_msg.startswith(fault.message)
    assert caught.value.request_id
