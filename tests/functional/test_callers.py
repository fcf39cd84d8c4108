"""Every way in, from the YAML to an answer: what the configuration says is what callers get."""

from __future__ import annotations

import asyncio
import base64
import warnings
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the SDK's own, at import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkocr.v1 import IdDocumentRequestBody, OcrClient, RecognizeIdDocumentRequest

from gateway.build import build
from gateway.config.load import load_text
from gateway.wire.application import WireSettings, caller_application
from tests.fakes import Events
from tests.functional.conftest import ACCESS_KEY, PROJECT, SECRET_KEY, FakeOriginal
from tests.pictures import jpeg
from tests.serving import serving
from tests.wire.remote_iam import FakeIam, answer

PICTURE = base64.b64encode(jpeg(640, 480)).decode()
CONFIG = """
callers:
  accounts:
    - {{name: signing, project_ids: [p1], access_key: {{env: AK}}, secret_key: {{env: SK}}}}
    - {{name: temporary, project_ids: [p2], access_key: {{env: TAK}}, secret_key: {{env: TSK}}, security_token: {{env: STS}}}}
    - {{name: fixed, project_ids: [p3], token: {{env: TOKEN}}}}
    - {{name: password, project_ids: [p4, p5], password: {{env: PASSWORD}}, projects: {{ap-southeast-1: p5}}}}
    - {{name: vouched, project_ids: [p6]}}
  token_key: {{env: KEY}}
  iam: {{url: "{iam}", timeout: 2}}
  replay_grace: 0
upstreams:
  original:
    adapter: huawei_id_document
    options: {{endpoint: "{original}", project_id: {project}}}
    credentials: {{type: huawei_aksk, access_key: {{env: HW_AK}}, secret_key: {{env: HW_SK}}}}
routes: [{{name: default, targets: [original]}}]
"""
ENVIRON = {
    "AK": "AK-1", "SK": "sk-1", "TAK": "AK-2", "TSK": "sk-2", "STS": "sts-2", "TOKEN": "token-3", "PASSWORD": "pw-4",
    "KEY": "0123456789abcdef", "HW_AK": ACCESS_KEY, "HW_SK": SECRET_KEY,
}  # fmt: skip


@pytest.fixture
async def iam() -> AsyncIterator[FakeIam]:
    fake = FakeIam()
    await fake.start()
    yield fake
    await fake.server.close()


@pytest.fixture
async def url(original: FakeOriginal, iam: FakeIam) -> AsyncIterator[str]:
    """Where the gateway is, as the configuration builds it."""
    text = CONFIG.format(iam=str(iam.server.make_url("")).rstrip("/"), original=original.url, project=PROJECT)
    async with build(load_text(text, name="f", environ=ENVIRON), observer=Events()) as gateway:
        app = caller_application(WireSettings(), gateway.callers, gateway.recognizer, gateway.loader, Events())
        async with serving(app) as port:
            yield f"http://127.0.0.1:{port}"


async def by_token(url: str, token: str, project: str) -> tuple[int, str | None]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{url}/v2/{project}/ocr/id-document", json={"image": PICTURE}, headers={"X-Auth-Token": token}
        ) as response,
    ):
        return response.status, (await response.json()).get("error_code")


async def by_keys(url: str, who: BasicCredentials) -> Any:
    client = OcrClient.new_builder().with_credentials(who).with_endpoint(url).build()
    request = RecognizeIdDocumentRequest(body=IdDocumentRequestBody(image=PICTURE))
    return (await asyncio.to_thread(client.recognize_id_document, request)).result.first_name


async def test_keys(url):
    assert await by_keys(url, BasicCredentials("AK-1", "sk-1", "p1")) == "Malee"


async def test_temporary_keys(url):
    assert await by_keys(url, BasicCredentials("AK-2", "sk-2", "p2").with_security_token("sts-2")) == "Malee"


async def test_a_fixed_token(url, iam):
    assert await by_token(url, "token-3", "p3") == (200, None)
    assert await by_token(url, "token-3", "p1") == (404, "APIG.0101")
    assert not iam.asked


async def test_a_password(url):
    identity = {"methods": ["password"], "password": {"user": {"name": "password", "password": "pw-4"}}}
    login = {"auth": {"identity": identity, "scope": {"project": {"name": "ap-southeast-1"}}}}
    async with aiohttp.ClientSession() as session, session.post(f"{url}/v3/auth/tokens", json=login) as response:
        assert (response.status, (await response.json())["token"]["project"]["id"]) == (201, "p5")
        token = response.headers["X-Subject-Token"]
    assert await by_token(url, token, "p5") == (200, None)
    assert await by_token(url, token, "p4") == (401, "APIG.0307")


async def test_a_token_that_the_iam_vouches_for(url, iam):
    until = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    iam.answers(lambda: answer({"id": "p6"}, until))
    for _ in range(3):
        assert await by_token(url, "MII" + "x" * 30_000, "p6") == (200, None)
    assert len(iam.asked) == 1
    iam.answers(lambda: answer({"id": "p7"}, until))
    assert await by_token(url, "MIIother", "p7") == (403, "APIG.0302")
    iam.answers(lambda: answer(None, until))
    assert await by_token(url, "MIIdomain", "p6") == (401, "ModelArts.0212")


async def test_an_iam_that_refuses_and_one_that_fails(url, iam):
    iam.answers(lambda: aiohttp.web.Response(status=401))
    assert await by_token(url, "MIIno", "p6") == (401, "APIG.0301")
    iam.answers(lambda: aiohttp.web.Response(status=500))
    assert await by_token(url, "MIIwho", "p6") == (503, "APIG.0613")
