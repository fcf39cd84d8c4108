"""The original API in front, a reserve behind: whatever becomes of the original, the caller is answered."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from aiohttp import web

from gateway.adapters.registry import ADAPTERS
from gateway.credentials.huawei_aksk import HuaweiAkSk
from gateway.errors import (
    DeadlineExceeded,
    NoDocument,
    UnreadableDocument,
    UpstreamGone,
    UpstreamTimeout,
    WrongDocument,
)
from gateway.events import AttemptFinished, FailedOver
from gateway.model import DocumentType, IdDocument
from gateway.resilience.failover import Failover, Target
from gateway.routing.asked import Asked
from gateway.routing.match import Condition
from gateway.routing.router import Route, Router
from gateway.secret import Secret
from gateway.upstream.upstream import Upstream
from tests.fakes import IMAGE_BASE64, Events, FakeRecognizer, make_image, make_query
from tests.functional.conftest import ACCESS_KEY, PROJECT, SECRET_KEY, FakeOriginal

FROM_RESERVE = IdDocument(country_region="THA", id_type=DocumentType.IDENTITY_CARD, first_name="Read by the reserve")


class Nest:
    """Router over failover over the original and a reserve, as the configuration would build it."""

    def __init__(self, session: Any, endpoint: str, secret_key: str = SECRET_KEY, timeout: float = 5.0) -> None:
        self.events = Events()
        self.reserve = FakeRecognizer("reserve", FROM_RESERVE)
        original = Upstream(
            "original",
            msgspec.convert({"endpoint": endpoint, "project_id": PROJECT}, type=ADAPTERS["huawei_id_document"]),
            credentials=HuaweiAkSk(access_key=Secret(ACCESS_KEY), secret_key=Secret(secret_key)),
            session=session,
            observer=self.events,
            timeout=timeout,
            connect_timeout=1.0,
            price=0.01,
        )
        targets = [
            Target("original", Asked(original), original.supports),
            Target("reserve", Asked(self.reserve), lambda _query: True),
        ]
        failover = Failover("default", targets, observer=self.events)
        self.router = Router([Route("default", Condition(), failover)], now=lambda: datetime.now(UTC))

    async def ask(self, **changes: Any):
        self.query = make_query(**changes)
        return await self.router.recognize(self.query)

    def trail(self) -> list[str]:
        return [attempt.outcome for attempt in self.query.trail]


@pytest.fixture
def nest(vendor_session, original: FakeOriginal) -> Callable[..., Nest]:
    return lambda **options: Nest(vendor_session, options.pop("endpoint", original.url), **options)


async def test_the_original_answers_a_request_that_was_signed_anew(nest, original: FakeOriginal):
    asked = nest()
    recognition = await asked.ask(
        countries=frozenset({"THA"}),
        types=frozenset({DocumentType.IDENTITY_CARD}),
        portrait=True,
        enterprise_project_id="0",
    )
    assert (asked.query.trail.route, recognition.upstream) == ("default", "original")
    assert recognition.document.first_name == "Malee"
    assert original.bodies == [
        {
            "image": IMAGE_BASE64.decode(),
            "country_region": ["THA"],
            "id_type": ["ID"],
            "return_portrait_image": True,
        }
    ]
    assert asked.trail() == ["ok"]
    assert asked.query.trail.cost == 0.01
    assert not asked.reserve.calls


async def test_a_big_picture_arrives_whole(nest, original: FakeOriginal):
    text = base64.b64encode(bytes(range(256)) * 4 * 1024 * 5)
    await nest().ask(image=make_image(base64=memoryview(text), size=len(text) * 3 // 4))
    assert original.bodies[0]["image"] == text.decode()


def fault(status: int, code: str) -> web.Response:
    return web.json_response({"error_code": code, "error_msg": "-"}, status=status)


def page(status: int) -> web.Response:
    return web.Response(status=status, text="<html><body>Somebody moved</body></html>", content_type="text/html")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(lambda: web.Response(status=404), "gone", id="404"),
        pytest.param(lambda: web.Response(status=410), "gone", id="410"),
        pytest.param(lambda: fault(404, "APIG.0101"), "gone", id="not published"),
        pytest.param(lambda: fault(403, "ModelArts.4204"), "gone", id="not subscribed"),
        pytest.param(lambda: fault(200, "ModelArts.4204"), "gone", id="error in 200"),
        pytest.param(lambda: web.Response(status=500), "unavailable", id="500"),
        pytest.param(lambda: fault(503, "ModelArts.4403"), "unavailable", id="503"),
        pytest.param(lambda: fault(429, "APIG.0308"), "throttled", id="throttled"),
        pytest.param(lambda: fault(400, "AIS.0103"), "incapable", id="image size"),
        pytest.param(lambda: fault(400, "AIS.0104"), "unreadable_document", id="poor image"),
        pytest.param(lambda: page(502), "unavailable", id="error page"),
        pytest.param(lambda: page(200), "protocol_error", id="page in 200"),
        pytest.param(lambda: web.Response(status=302, headers={"Location": "/"}), "protocol_error", id="redirect"),
        pytest.param(lambda: web.Response(body=b'{"result":{"first_na'), "protocol_error", id="half a JSON"),
        pytest.param(web.Response, "protocol_error", id="empty body"),
        pytest.param(lambda: web.json_response({"result": {}}), "unreadable_document", id="empty result"),
    ],
)
async def test_an_original_that_answers_badly_is_passed_over(nest, original, answer: Any, reason: str):
    async def behave(_request: web.Request) -> web.StreamResponse:
        return answer()

    original.behave = behave
    await answered_by_the_reserve(nest(), reason)
    assert len(original.bodies) == 1


async def answered_by_the_reserve(asked: Nest, reason: str) -> None:
    recognition = await asked.ask()
    assert (asked.query.trail.route, recognition.upstream) == ("default", "reserve")
    assert recognition.document == FROM_RESERVE
    assert asked.trail() == [reason]
    assert FailedOver("default", "original", "reserve", reason) in asked.events
    assert [event.outcome for event in asked.events if isinstance(event, AttemptFinished)] == [reason]


async def test_a_cut_answer_is_passed_over(nest, original: FakeOriginal):
    async def cut(request: web.Request) -> web.StreamResponse:
        whole = json.dumps({"result": original.result}).encode()
        response = web.StreamResponse(headers={"Content-Length": str(len(whole)), "Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(whole[:-5])
        assert request.transport is not None
        request.transport.close()
        return response

    original.behave = cut
    await answered_by_the_reserve(nest(), "protocol_error")


async def test_a_reset_is_passed_over(nest, original: FakeOriginal):
    async def reset(request: web.Request) -> web.StreamResponse:
        transport = request.transport
        assert transport is not None
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
        return web.Response()

    original.behave = reset
    await answered_by_the_reserve(nest(), "unavailable")


async def stall(_request: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def test_a_stall_is_passed_over_when_the_originals_time_is_up(nest, original: FakeOriginal):
    original.behave = stall
    await answered_by_the_reserve(nest(timeout=0.1), "timeout")


async def test_a_stall_amid_the_answer_is_passed_over_too(nest, original: FakeOriginal):
    async def dribble(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(b'{"result":{')
        return await stall(request)

    original.behave = dribble
    await answered_by_the_reserve(nest(timeout=0.1), "timeout")


async def test_a_refused_connection_is_passed_over(nest):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        asked = nest(endpoint=f"http://127.0.0.1:{closed.getsockname()[1]}")
        await answered_by_the_reserve(asked, "unavailable")


async def test_a_wrong_secret_key_is_refused_by_the_judge_and_passed_over(nest, original: FakeOriginal):
    await answered_by_the_reserve(nest(secret_key="another"), "misconfigured")
    assert not original.bodies


async def test_a_document_that_was_not_asked_for_is_passed_over(nest, original: FakeOriginal):
    original.result = {"country_region": "VNM", "id_type": "ID"}
    asked = nest()
    recognition = await asked.ask(countries=frozenset({"THA"}))
    assert recognition.upstream == "reserve"
    assert FailedOver("default", "original", "reserve", WrongDocument.outcome) in asked.events


async def test_a_picture_that_the_original_does_not_take_goes_straight_to_the_reserve(nest, original: FakeOriginal):
    asked = nest()
    recognition = await asked.ask(types=frozenset({DocumentType.IDENTITY_CARD}), image=make_image(width=99))
    assert recognition.upstream == "reserve"
    assert asked.trail() == []
    assert not asked.events
    assert not original.bodies


@pytest.mark.parametrize(
    ("reserve", "told"),
    [(NoDocument(), NoDocument), (UnreadableDocument(), UnreadableDocument), (UpstreamTimeout(), UpstreamGone)],
)
async def test_when_the_reserve_fails_too_the_caller_hears_the_more_telling_error(nest, original, reserve, told):
    async def gone(_request: web.Request) -> web.StreamResponse:
        return fault(404, "APIG.0101")

    original.behave = gone
    asked = nest()
    asked.reserve.outcomes = [reserve]
    with pytest.raises(told):
        await asked.ask()
    assert asked.reserve.calls


async def test_the_requests_deadline_ends_everything(nest, original: FakeOriginal):
    original.behave = stall
    asked = nest()
    with pytest.raises(DeadlineExceeded):
        await asked.ask(deadline=time.monotonic() + 0.1)
    assert asked.trail() == ["deadline_exceeded"]
    assert not asked.reserve.calls
