from __future__ import annotations

import asyncio
import logging

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from gateway.errors import UpstreamBusy, UpstreamUnavailable
from gateway.events import RequestFinished
from gateway.logs import JsonFormatter
from gateway.model import Attempt, Query, Recognition
from gateway.wire.application import WireSettings
from gateway.wire.middleware import boundary
from tests.fakes import Events
from tests.wire.gateway import PROJECT, SPECIMEN, running
from tests.wire.http import exchange

CANARY = "canary"
BODY = b'{"image":"iVBORw0KGgoAAAANSUhEUgAAAoAAAAHgCAIAAAA="}'
REQUEST = (
    f"POST /v2/{PROJECT}/ocr/id-document HTTP/1.1\r\nHost: x\r\nX-Auth-Token: token-of-billing\r\n"
    f"Content-Length: {len(BODY)}\r\n\r\n"
).encode() + BODY


async def answer(handler, *, deadline: float = 5):
    """What a caller gets from ``handler`` behind the boundary, and the events."""
    events = Events()
    app = web.Application(middlewares=[boundary(deadline, events, strict=False)])
    app.router.add_get("/", handler)
    async with TestServer(app) as server, ClientSession() as session, session.get(server.make_url("/")) as response:
        return response.status, response.headers, await response.text(), events


class Wandering:
    """Tries two upstreams before a third answers, or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    async def recognize(self, query: Query, /) -> Recognition:
        query.trail.route = "default"
        query.trail.add(Attempt("first", "timeout", 1.5, 0.01))
        query.trail.add(Attempt("second", "ok", 0.25, 0.002))
        if self.error:
            raise self.error
        return Recognition(SPECIMEN, "second")


async def test_an_answer_tells_who_gave_it_and_what_it_took():
    async with running(Wandering()) as gateway:
        status, headers, _ = await exchange(gateway.port, REQUEST)
    assert status == 200
    assert (headers["X-Gateway-Upstream"], headers["X-Gateway-Route"]) == ("second", "default")
    assert (headers["X-Gateway-Attempts"], headers["X-Gateway-Cost"]) == ("2", "0.012")
    assert headers["Server"] == "id-document-gateway"
    (event,) = gateway.events
    assert isinstance(event, RequestFinished)
    assert (event.route, event.upstream, event.outcome, event.status) == ("default", "second", "ok", 200)
    assert event.upstream_seconds == 1.75
    assert event.seconds >= 0


async def test_a_failure_tells_the_attempts_but_no_upstream():
    async with running(Wandering(UpstreamUnavailable("canary: reset"))) as gateway:
        status, headers, body = await exchange(gateway.port, REQUEST)
    assert status == 503
    assert headers["X-Gateway-Attempts"] == "2"
    assert headers["X-Gateway-Route"] == "default"
    assert "X-Gateway-Upstream" not in headers
    assert b"canary" not in body
    (event,) = gateway.events
    assert isinstance(event, RequestFinished)
    assert (event.upstream, event.outcome, event.status) == ("", "unavailable", 503)
    assert (event.route, event.method) == ("default", "POST")


@pytest.mark.parametrize(("seconds", "header"), [(0.2, "1"), (1.0, "1"), (2.1, "3"), (None, None)])
async def test_retry_after_is_whole_seconds_rounded_up(seconds, header):
    async def busy(_: web.Request) -> web.Response:
        raise UpstreamBusy(retry_after=seconds)

    _, headers, _, _ = await answer(busy)
    assert headers.get("Retry-After") == header


async def test_an_unknown_exception_is_internal_and_its_text_goes_nowhere(caplog):
    async def broken(_: web.Request) -> web.Response:
        raise ValueError(CANARY)

    status, headers, body, events = await answer(broken)
    assert status == 500
    assert '"APIG.0601"' in body
    assert headers["X-Request-Id"] in body
    assert events[0].outcome == "internal_error"
    (record,) = [record for record in caplog.records if record.name == "gateway.wire.middleware"]
    line = JsonFormatter().format(record)
    assert all(part in line for part in (headers["X-Request-Id"], "ValueError", "broken"))
    assert CANARY not in line + body


async def test_time_runs_out():
    async def endless(_: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    status, _, body, events = await answer(endless, deadline=0.05)
    assert status == 504
    assert "ModelArts.4402" in body
    assert events[0].outcome == "deadline_exceeded"


async def test_a_timeout_of_somebody_else_is_not_the_deadline():
    async def early(_: web.Request) -> web.Response:
        raise TimeoutError

    assert (await answer(early))[0] == 500


async def test_time_runs_out_while_the_body_is_still_coming():
    async with running(settings=WireSettings(deadline=0.05)) as gateway:
        status, _, body = await exchange(gateway.port, REQUEST[:-5])
    assert status == 504
    assert b"ModelArts.4402" in body


async def test_a_caller_that_goes_away_ends_the_work_and_is_no_error_of_ours(caplog):
    started, ended = asyncio.Event(), asyncio.Event()

    class Endless:
        async def recognize(self, _: Query, /) -> Recognition:
            started.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()
            raise AssertionError

    async with running(Endless()) as gateway:
        _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(REQUEST)
        await started.wait()
        writer.transport.abort()
        await ended.wait()
        await gateway.events.first
    (event,) = gateway.events
    assert (event.outcome, event.status) == ("caller_gone", 499)
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


async def test_paths_that_nobody_serves_are_unknown_apis():
    async def never(_: web.Request) -> web.Response:
        raise AssertionError

    app = web.Application(middlewares=[boundary(5, Events(), strict=True)])
    app.router.add_get("/other", never)
    async with TestServer(app) as server, ClientSession() as session:
        for method, path in [("GET", "/"), ("POST", "/other")]:
            async with session.request(method, server.make_url(path)) as response:
                assert response.status == 404
                assert (await response.json())["error_code"] == "APIG.0101"
                assert "X-Request-Id" in response.headers
