"""The official Python client, unmodified, with every way to make itself known."""

from __future__ import annotations

import asyncio
import base64
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the SDK's own, at import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials, Credentials
    from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException, SdkException, ServerResponseException
    from huaweicloudsdkcore.http.http_config import HttpConfig
    from huaweicloudsdkcore.region.region import Region
    from huaweicloudsdkcore.signer.algorithm import SigningAlgorithm
    from huaweicloudsdkocr.v1 import IdDocumentRequestBody, OcrClient, RecognizeIdDocumentRequest
    from huaweicloudsdkocr.v1.region.ocr_region import OcrRegion

from gateway.wire.auth import Callers, seconds_since_1970
from gateway.wire.refusals import IamUnavailable
from tests.fakes import FakeClock, FakeRecognizer
from tests.pictures import jpeg
from tests.wire.gateway import ACCOUNTS, PROJECT, SPECIMEN, Gateway, running

SECRET_KEY = "billing-sk"
PICTURE = base64.b64encode(jpeg(640, 480)).decode()
BIG_PICTURE = base64.b64encode(jpeg(640, 480) + bytes(1_000_000)).decode()


def credentials(
    access_key: str = "BILLING-AK", secret_key: str = SECRET_KEY, project_id: str | None = PROJECT
) -> BasicCredentials:
    return BasicCredentials(access_key, secret_key, project_id)


async def recognize(
    gateway: Gateway,
    who: BasicCredentials,
    region: Region | None = None,
    config: HttpConfig | None = None,
    **body: object,
):
    """Builds a client and calls, in a thread, as both block."""
    request = RecognizeIdDocumentRequest(
        enterprise_project_id="0", body=IdDocumentRequestBody(**({"image": PICTURE} | body))
    )

    def work():
        builder = OcrClient.new_builder().with_credentials(who)
        builder = builder.with_endpoint(gateway.url) if region is None else builder.with_region(region)
        if config is not None:
            builder = builder.with_http_config(config)
        return builder.build().recognize_id_document(request)

    return await asyncio.to_thread(work)


async def refusal(gateway: Gateway, who: BasicCredentials, **more: object) -> tuple[int, str, str]:
    with pytest.raises(ClientRequestException) as caught:
        await recognize(gateway, who, **more)
    assert caught.value.request_id
    return caught.value.status_code, caught.value.error_code, caught.value.error_msg


@pytest.mark.parametrize("picture", [PICTURE, BIG_PICTURE], ids=["small", "big"])
async def test_keys_and_project_id(picture):
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer) as gateway:
        response = await recognize(gateway, credentials(), image=picture, country_region=["ALB"])
    assert response.status_code == 200
    assert response.result.document_number == "BA0000001"
    assert (recognizer.calls[0].caller, recognizer.calls[0].project_id) == ("billing", PROJECT)


@pytest.fixture
def no_cached_projects() -> Iterator[None]:
    """The SDK remembers projects by access key and region for as long as the process."""
    Credentials._CACHE.clear()
    yield
    Credentials._CACHE.clear()


@pytest.mark.usefixtures("no_cached_projects")
async def test_keys_and_region_with_the_project_id_looked_up():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer) as gateway:
        who = credentials(project_id=None).with_iam_endpoint(gateway.url)
        response = await recognize(gateway, who, Region("ap-southeast-1", gateway.url))
    assert response.result.last_name == "SPECIMEN"
    assert recognizer.calls[0].project_id == PROJECT
    assert [(event.method, event.status) for event in gateway.events] == [("GET", 200), ("POST", 200)]


@pytest.mark.usefixtures("no_cached_projects")
async def test_the_environment_alone(monkeypatch):
    """Not a line of the caller's code is changed: neither its region nor its credentials."""
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer) as gateway:
        monkeypatch.setenv("HUAWEICLOUD_SDK_REGION_OCR_AP_SOUTHEAST_1", gateway.url)
        monkeypatch.setenv("HUAWEICLOUD_SDK_IAM_ENDPOINT", gateway.url)
        region = await asyncio.to_thread(OcrRegion.value_of, "ap-southeast-1")
        response = await recognize(gateway, credentials(project_id=None), region)
    assert response.result.last_name == "SPECIMEN"
    assert recognizer.calls[0].caller == "billing"


async def test_temporary_keys():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer) as gateway:
        who = credentials("CLAIMS-AK", "claims-sk", "1" * 32).with_security_token("security-token-of-claims")
        await recognize(gateway, who)
        assert recognizer.calls[0].caller == "claims"
        who = credentials("CLAIMS-AK", "claims-sk", "1" * 32).with_security_token("another")
        assert (await refusal(gateway, who))[:2] == (401, "APIG.0301")
        assert (await refusal(gateway, credentials("CLAIMS-AK", "claims-sk", "1" * 32)))[:2] == (401, "APIG.0301")
    assert len(recognizer.calls) == 1


@pytest.mark.usefixtures("no_cached_projects")
async def test_temporary_keys_and_region():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer) as gateway:
        who = credentials("CLAIMS-AK", "claims-sk", None).with_security_token("security-token-of-claims")
        await recognize(gateway, who.with_iam_endpoint(gateway.url), Region("ap-southeast-1", gateway.url))
    assert recognizer.calls[0].project_id == "1" * 32


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (credentials(secret_key="another"), (401, "APIG.0301", "verify aksk signature fail")),
        (credentials("NOBODY"), (401, "APIG.0301", "verify aksk signature fail")),
        (credentials(project_id="1" * 32), (404, "APIG.0101", "The API does not exist")),
        (credentials(project_id=None), (404, "APIG.0101", "The API does not exist")),
    ],
    ids=["wrong secret", "unknown key", "unknown project", "no project"],
)
async def test_who_is_refused(who, expected):
    async with running() as gateway:
        status, code, message = await refusal(gateway, who)
    assert (status, code) == expected[:2]
    assert expected[2] in message


@pytest.mark.parametrize(
    "algorithm", [SigningAlgorithm.HMAC_SM3, SigningAlgorithm.ECDSA_P256_SHA256, SigningAlgorithm.SM2_SM3]
)
async def test_other_algorithms_are_refused(algorithm):
    config = HttpConfig.get_default_config()
    config.signing_algorithm = algorithm
    async with running() as gateway:
        assert (await refusal(gateway, credentials(), config=config))[:2] == (401, "APIG.0301")


@pytest.mark.usefixtures("no_cached_projects")
@pytest.mark.parametrize(
    "who", [credentials(secret_key="another", project_id=None), credentials("NOBODY", project_id=None)]
)
async def test_a_project_is_looked_up_for_nobody_unknown(who):
    """The SDK wraps what it was told."""
    async with running() as gateway:
        with pytest.raises(SdkException, match=r"status_code:401,.*error_code:APIG\.0301,.*verify aksk signature fail"):
            await recognize(gateway, who.with_iam_endpoint(gateway.url), Region("ap-southeast-1", gateway.url))


@pytest.mark.usefixtures("no_cached_projects")
async def test_a_region_of_which_several_projects_none_is_named():
    async with running() as gateway:
        who = credentials("CLAIMS-AK", "claims-sk", None).with_security_token("security-token-of-claims")
        with pytest.raises(SdkException, match="Failed to get project id of region 'la-south-2'"):
            await recognize(gateway, who.with_iam_endpoint(gateway.url), Region("la-south-2", gateway.url))


async def test_more_than_five_wrong_signatures_lock_the_key():
    async with running() as gateway:
        for _ in range(6):
            assert "verify aksk" in (await refusal(gateway, credentials(secret_key="another")))[2]
        status, code, message = await refusal(gateway, credentials())
    assert (status, code) == (401, "APIG.0301")
    assert message.endswith("AK access failed to reach the limit,forbidden")


async def test_a_clock_that_is_wrong():
    async with running(callers=Callers(False, ACCOUNTS, clock=lambda: seconds_since_1970() + 1000)) as gateway:
        assert (await refusal(gateway, credentials()))[2].endswith("verify aksk signature fail, signature expired")


def signed_at(gateway: Gateway, date: str):
    """The SDK signs with the date that it is given, as several calls within one second do."""
    client = OcrClient.new_builder().with_credentials(credentials()).with_endpoint(gateway.url).build()
    request = RecognizeIdDocumentRequest(body=IdDocumentRequestBody(image=PICTURE))
    return client.recognize_id_document_invoker(request).add_header("X-Sdk-Date", date).invoke()


async def test_the_same_picture_twice_within_a_second_is_no_replay_but_later_it_is():
    clock = FakeClock(datetime(2026, 11, 22, 11, 45, tzinfo=UTC).timestamp())
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer, callers=Callers(False, ACCOUNTS, clock=clock)) as gateway:
        for _ in range(2):
            await asyncio.to_thread(signed_at, gateway, "20261122T114500Z")
        clock.now += 5
        with pytest.raises(ClientRequestException, match="signature used before"):
            await asyncio.to_thread(signed_at, gateway, "20261122T114500Z")
        await asyncio.to_thread(signed_at, gateway, "20261122T114505Z")
    assert len(recognizer.calls) == 3


async def test_an_iam_that_is_down_is_no_fault_of_the_caller():
    class Down:
        async def verdict(self, _token: str):
            raise IamUnavailable("x")

    async with running(callers=Callers(False, ACCOUNTS, iam=Down())) as gateway:
        with pytest.raises(ServerResponseException) as caught:
            await asyncio.to_thread(lambda: by_token(gateway, "MII"))
    assert (caught.value.status_code, caught.value.error_code) == (503, "APIG.0613")
    assert caught.value.error_msg == "The IAM service is currently unavailable."


def by_token(gateway: Gateway, token: str):
    """As callers do who added a token by hand: the SDK signs nevertheless, with whatever keys it has."""
    client = OcrClient.new_builder().with_credentials(credentials("ANY", "any")).with_endpoint(gateway.url).build()
    request = RecognizeIdDocumentRequest(body=IdDocumentRequestBody(image=PICTURE))
    return client.recognize_id_document_invoker(request).add_header("X-Auth-Token", token).invoke()


async def test_a_token_added_by_hand():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer) as gateway:
        await asyncio.to_thread(lambda: by_token(gateway, "token-of-billing"))
        with pytest.raises(ClientRequestException) as caught:
            await asyncio.to_thread(lambda: by_token(gateway, "nobody"))
    assert caught.value.error_msg.endswith("decrypt token fail")
    assert recognizer.calls[0].caller == "billing"
