"""The original API as a server on a loopback port, with a judge of signatures that shares no code with ours."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

from gateway.upstream.transport import open_session

ACCESS_KEY, SECRET_KEY = "ORIGINAL-AK", "original-sk"
PROJECT = "0123456789abcdef0123456789abcdef"


class FakeOriginal:
    """``POST /v2/{project_id}/ocr/id-document``. Refuses what the official signer would have signed otherwise.

    ``behave`` decides what becomes of a request that was signed well; ``bodies`` holds what such requests carried.
    """

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.behave: Callable[[web.Request], Awaitable[web.StreamResponse]] = self.answer
        self.result: dict[str, Any] = {"country_region": "THA", "id_type": "ID", "first_name": "Malee"}
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.router.add_post("/v2/{project_id}/ocr/id-document", self._handle)
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    async def answer(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"result": self.result})

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if request.match_info["project_id"] != PROJECT or not well_signed(request, body):
            fault = {
                "error_code": "APIG.0301",
                "error_msg": "Incorrect IAM authentication information: verify aksk signature fail",
            }
            return web.json_response(fault, status=401)
        self.bodies.append(json.loads(body))
        return await self.behave(request)


def well_signed(request: web.Request, body: bytes) -> bool:
    sent = request.headers.get("Authorization", "")
    names = sent.partition("SignedHeaders=")[2].partition(",")[0].split(";")
    if not {"host", "x-sdk-date", "content-type", "x-project-id"} <= set(names):
        return False
    judged = SdkRequest(
        method=request.method,
        schema="http",
        host=request.host,
        resource_path=request.path,
        query_params=list(request.query.items()),
        header_params={name: request.headers[name] for name in names},
        body=body,
    )
    Signer(BasicCredentials(ACCESS_KEY, SECRET_KEY)).sign(judged)
    return judged.header_params["Authorization"] == sent


@pytest.fixture
async def original() -> AsyncIterator[FakeOriginal]:
    fake = FakeOriginal()
    await fake.server.start_server()
    yield fake
    await fake.server.close()


@pytest.fixture
async def vendor_session() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session() as session:
        yield session
