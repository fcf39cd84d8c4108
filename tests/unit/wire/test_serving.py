from __future__ import annotations

import asyncio
import base64
from dataclasses import replace

import pytest
from aiohttp import ClientSession

from gateway.model import IdDocument, Query, Recognition
from gateway.wire.auth import Callers
from gateway.wire.serving import SERVING, Tenure, WireSettings
from tests.fakes import Events, FakeRecognizer
from tests.pictures import png
from tests.wire.gateway import PROJECT, Gateway, running

INLINE = {"image": base64.b64encode(png(640, 480)).decode()}


class Gated:
    """Answers once it is allowed to."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.allowed = asyncio.Event()

    async def recognize(self, _query: Query, /) -> Recognition:
        self.asked.set()
        await self.allowed.wait()
        return Recognition(IdDocument(country_region="ALB"), "gated")


async def ask(gateway: Gateway) -> tuple[int, str | None]:
    url = f"{gateway.url}/v2/{PROJECT}/ocr/id-document"
    async with ClientSession() as session, session.post(url, json=INLINE) as response:
        return response.status, response.headers.get("X-Gateway-Upstream")


async def test_a_request_under_way_keeps_all_that_it_has_taken():
    gated = Gated()
    async with running(gated, anonymous=True) as gateway:
        serving = gateway.app[SERVING]
        under_way = asyncio.get_running_loop().create_task(ask(gateway))
        await gated.asked.wait()
        events = Events()
        strict = WireSettings(strict=True, body_memory=10_000_000)
        old = serving.replace(
            replace(serving.tenure.parts, recognizer=FakeRecognizer("new"), settings=strict, observer=events)
        )
        assert await ask(gateway) == (200, None)  # strict: no header of ours
        assert (old.requests, len(gateway.events), len(events)) == (1, 0, 1)
        gated.allowed.set()
        assert await under_way == (200, "gated")
        await old.over()
        assert (old.requests, len(gateway.events), len(events)) == (0, 1, 1)
        assert serving.memory.limit == 10_000_000


async def test_who_is_let_in_is_decided_by_what_the_request_took():
    async with running(anonymous=True) as gateway:
        assert (await ask(gateway))[0] == 200
        serving = gateway.app[SERVING]
        serving.replace(replace(serving.tenure.parts, callers=Callers(anonymous=False)))
        assert (await ask(gateway))[0] == 401


async def test_a_tenure_is_over_when_it_has_ended_and_its_last_request_has():
    async with running() as gateway:
        tenure = Tenure(gateway.app[SERVING].tenure.parts)
    over = asyncio.get_running_loop().create_task(tenure.over())
    with tenure.taken() as parts:
        assert parts is tenure.parts
        with tenure.taken():
            tenure.end()
        await asyncio.sleep(0)
        assert not over.done()
    await over


async def test_a_tenure_without_requests_is_over_at_once_and_one_that_goes_on_is_not():
    async with running() as gateway:
        parts = gateway.app[SERVING].tenure.parts
    tenure = Tenure(parts)
    with tenure.taken():
        pass
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await tenure.over()
    tenure.end()
    await tenure.over()
