from __future__ import annotations

import base64
import json
import logging
from dataclasses import replace

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from gateway.image.fetch import FetchPolicy
from gateway.model import DocumentType, IdDocument, ImageFormat, InputKind
from gateway.wire.application import WireSettings
from gateway.wire.serving import SERVING
from tests.fakes import FakeRecognizer
from tests.pictures import png
from tests.wire.gateway import PROJECT, SPECIMEN, Gateway, running

PICTURE = png(640, 480)
INLINE = {"image": base64.b64encode(PICTURE).decode()}
LOCAL = FetchPolicy(allow_hosts=("127.0.0.1",), allow_networks=("127.0.0.0/8",), max_bytes=10_000)


async def post(gateway: Gateway, body: dict[str, object], **headers: str):
    url = f"{gateway.url}/v2/{PROJECT}/ocr/id-document"
    headers = {"X-Auth-Token": "token-of-billing"} | headers
    async with ClientSession() as session, session.post(url, json=body, headers=headers) as response:
        return response.status, response.headers, json.loads(await response.read())


async def test_what_was_asked_reaches_the_recognizer():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    body = {**INLINE, "country_region": ["THA", "ALB"], "id_type": "PP", "return_portrait_image": True}
    async with running(recognizer) as gateway:
        status, headers, answer = await post(gateway, body, **{"Enterprise-Project-Id": "0"})
    assert status == 200
    assert answer["result"]["portrait_image"] == "/9j/4AAQ"
    (query,) = recognizer.calls
    assert (query.countries, query.types) == ({"THA", "ALB"}, {DocumentType.PASSPORT})
    assert (query.portrait, query.input) == (True, InputKind.INLINE)
    assert (query.caller, query.project_id, query.enterprise_project_id) == ("billing", PROJECT, "0")
    assert query.request_id == headers["X-Request-Id"]
    assert (query.image.format, query.image.width, query.image.height) == (ImageFormat.PNG, 640, 480)
    assert isinstance(query.image.base64, memoryview)
    assert query.image.decoded() == PICTURE


@pytest.mark.parametrize(
    ("value", "kept"),
    [("0", "0"), ("b1a2-c3", "b1a2-c3"), ("", None), ("a b", None), ("ä", None), ("a" * 37, None), ("x/../y", None)],
)
async def test_the_enterprise_project_is_kept_where_it_can_be_one(value, kept):
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer) as gateway:
        assert (await post(gateway, INLINE, **{"Enterprise-Project-Id": value}))[0] == 200
    assert recognizer.calls[0].enterprise_project_id == kept


async def test_a_picture_by_url_and_the_memory_it_takes():
    held = []
    site = web.Application()

    async def give(_: web.Request) -> web.Response:
        held.append(gateway.app[SERVING].memory.held)
        return web.Response(body=PICTURE)

    site.router.add_get("/passport", give)
    recognizer = FakeRecognizer("fake", SPECIMEN, when_asked=lambda: held.append(gateway.app[SERVING].memory.held))
    async with TestServer(site) as server, running(recognizer, fetch=LOCAL) as gateway:
        body = {"url": f"http://127.0.0.1:{server.port}/passport"}
        status, *_ = await post(gateway, body)
        assert gateway.app[SERVING].memory.held == 0
    assert status == 200
    size = len(json.dumps(body))
    assert held == [size + LOCAL.max_bytes, size + len(PICTURE)]
    (query,) = recognizer.calls
    assert (query.input, query.image.content, query.image.base64) == (InputKind.URL, PICTURE, None)


async def test_a_url_that_gives_nothing():
    async with TestServer(web.Application()) as server, running(fetch=LOCAL) as gateway:
        status, _, answer = await post(gateway, {"url": f"http://127.0.0.1:{server.port}/passport"})
    assert (status, answer["error_code"]) == (400, "ModelArts.4603")


async def test_another_recognizer_takes_over_without_a_restart():
    async with running(FakeRecognizer("old", SPECIMEN), settings=WireSettings(deadline=5)) as gateway:
        assert (await post(gateway, INLINE))[1]["X-Gateway-Upstream"] == "old"
        serving = gateway.app[SERVING]
        new = FakeRecognizer("new", IdDocument(country_region="THA"))
        serving.replace(replace(serving.tenure.parts, recognizer=new))
        _, headers, answer = await post(gateway, INLINE)
    assert headers["X-Gateway-Upstream"] == "new"
    assert answer == {"result": {"country_region": "THA"}}


async def test_no_value_of_document_picture_or_token_is_logged(caplog):
    with caplog.at_level(logging.DEBUG):
        async with running() as gateway:
            assert (await post(gateway, INLINE | {"return_portrait_image": True}))[0] == 200
    logged = " ".join(str(record.__dict__) for record in caplog.records)
    assert "gateway.access" in logged
    for value in ("ANNA", "SPECIMEN", "BA0000001", "1965", "/9j/4AAQ", INLINE["image"][:12], "token-of-billing"):
        assert value not in logged


async def test_headers_go_along_that_some_route_looks_at():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer) as gateway:
        serving = gateway.app[SERVING]
        serving.replace(replace(serving.tenure.parts, headers=frozenset({"x-tenant", "x-absent"})))
        await post(gateway, INLINE, **{"X-Tenant": "gold", "X-Other": "y"})
    assert recognizer.calls[0].headers == (("x-tenant", "gold"),)
