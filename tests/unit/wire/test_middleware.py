from __future__ import annotations

import asyncio
import logging

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from gateway.errors import NoDocument, UpstreamBusy, UpstreamUnavailable
from gateway.events import RequestFinished
from gateway.image.fetch import Fetcher, FetchPolicy
from gateway.image.load import ImageLoader
from gateway.image.obs import ObjectStorage
from gateway.logs import JsonFormatter
from gateway.model import Attempt, Query, Recognition
from gateway.resilience.caller_limits import CallerLimits
from gateway.state.memory import MemoryStore
from gateway.wire.application import WireSettings
from gateway.wire.auth import Callers
from gateway.wire.middleware import boundary
from gateway.wire.serving import SERVING, Parts, Serving
from tests.fakes import Events, FakeRecognizer
from tests.wire.gateway import PROJECT, SPECIMEN, running
from tests.wire.http import exchange

CANARY = "canary"
BODY = b'{"image":"iVBORw0KGgoAAAANSUhEUgAAAoAAAAHgCAIAAAA="}'
REQUEST = (
    f"POST /v2/{PROJECT}/ocr/id-document HTTP/1.1\r\nHost: x\r\nX-Auth-Token: token-of-billing\r\n"
    f"Content-Length: {len(BODY)}\r\n\r\n"
).encode() + BODY


def behind_the_boundary(events: Events, settings: WireSettings) -> web.Application:
    """An application without routes."""
    loader = ImageLoader(ObjectStorage(Fetcher(FetchPolicy())))
    limits = CallerLimits({}, MemoryStore())
    app = web.Application(middlewares=[boundary])
    app[SERVING] = Serving(Parts(settings, Callers(anonymous=True), limits, FakeRecognizer("fake"), loader, events))
    return app


async def answer(handler, *, deadline: float = 5):
    """What a caller gets from ``handler`` behind the boundary, and the events."""
    events = Events()
    app = behind_the_boundary(events, WireSettings(deadline=deadline))
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

    app = behind_the_boundary(Events(), WireSettings(deadline=5, strict=True))
    app.router.add_get("/other", never)
    async with TestServer(app) as server, ClientSession() as session:
        for method, path in [("GET", "/"), ("POST", "/other")]:
            async with session.request(method, server.make_url(path)) as response:
                assert response.status == 404
                assert (await response.json())["error_code"] == "APIG.0101"
                assert "X-Request-Id" in response.headers


class Book:
    """A recorder whose pages are full whenever it is told so."""

    def __init__(self, *, working: bool = True, keeps: bool = True) -> None:
        self.working = working
        self.keeps = keeps
        self.lines: list[RequestFinished] = []
        self.waiting: asyncio.Future[bool] | None = None

    def record(self, event: RequestFinished, /) -> asyncio.Future[bool]:
        self.lines.append(event)
        kept = asyncio.get_running_loop().create_future()
        if self.waiting is None:
            kept.set_result(self.keeps)
        else:
            self.waiting.set_result(True)
        return kept


async def test_an_answer_goes_out_once_it_is_on_record():
    book = Book()
    async with running(recorder=book) as gateway:
        status, headers, _ = await exchange(gateway.port, REQUEST)
    assert status == 200
    (line,) = book.lines
    (event,) = gateway.events
    assert isinstance(event, RequestFinished)
    assert (line.outcome, line.status, line.request_id) == ("ok", 200, headers["X-Request-Id"])
    assert (line.caller, line.project_id, line.answered_country) == ("billing", PROJECT, "ALB")
    assert (event.outcome, event.status, event.error_code) == ("ok", 200, None)


async def test_an_answer_that_is_not_on_record_does_not_go_out():
    async with running(recorder=Book(keeps=False)) as gateway:
        status, headers, body = await exchange(gateway.port, REQUEST)
    assert status == 503
    assert b"ModelArts.4403" in body
    assert b"SPECIMEN" not in body
    assert "X-Gateway-Upstream" not in headers
    (event,) = gateway.events
    assert isinstance(event, RequestFinished)
    assert (event.outcome, event.status, event.upstream) == ("unrecorded", 503, "")
    assert (event.error_code, event.answered_country) == ("ModelArts.4403", None)


async def test_while_nothing_can_be_recorded_nobody_is_asked_and_the_record_is_tried_again():
    recognizer, book = FakeRecognizer("fake", SPECIMEN), Book(working=False)
    async with running(recognizer, recorder=book) as gateway:
        status, _, body = await exchange(gateway.port, REQUEST)
    assert status == 503
    assert b"ModelArts.4403" in body
    assert not recognizer.calls
    assert [(line.outcome, line.status, line.error_code) for line in book.lines] == [
        ("unrecorded", 503, "ModelArts.4403")
    ]


async def test_a_fault_is_on_record_with_its_code():
    book = Book()
    async with running(FakeRecognizer("fake", NoDocument()), recorder=book) as gateway:
        assert (await exchange(gateway.port, REQUEST))[0] == 400
        assert (await exchange(gateway.port, REQUEST.replace(b"token-of", b"no-token-of")))[0] == 401
        assert (await exchange(gateway.port, REQUEST.replace(b"id-document", b"passport")))[0] == 404
    assert [(line.outcome, line.status, line.error_code, line.caller) for line in book.lines] == [
        ("no_document", 400, "AIS.0104", "billing"),
        ("unauthenticated", 401, "APIG.0301", ""),
        ("unknown_api", 404, "APIG.0101", ""),
    ]


async def test_a_caller_that_goes_away_is_on_record_once():
    started = asyncio.Event()

    class Endless:
        async def recognize(self, _: Query, /) -> Recognition:
            started.set()
            await asyncio.Event().wait()
            raise AssertionError

    book = Book()
    async with running(Endless(), recorder=book) as gateway:
        _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(REQUEST)
        await started.wait()
        writer.transport.abort()
        await gateway.events.first
    assert [(line.outcome, line.status) for line in book.lines] == [("caller_gone", 499)]


async def test_a_caller_that_goes_away_while_its_line_is_written_has_that_line_alone():
    book = Book()
    book.waiting = asyncio.get_running_loop().create_future()
    async with running(recorder=book) as gateway:
        _, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(REQUEST)
        await book.waiting
        writer.transport.abort()
        await gateway.events.first
    assert [(line.outcome, line.status) for line in book.lines] == [("ok", 200)]


def with_header(name: str, value: str) -> bytes:
    return REQUEST.replace(b"Host: x\r\n", f"Host: x\r\n{name}: {value}\r\n".encode())


@pytest.mark.parametrize(("given", "seconds"), [("2", 2), ("0.5", 0.5), ("99999", 30)])
async def test_a_caller_may_be_in_more_of_a_hurry_than_the_configuration(given: str, seconds: float):
    asked = FakeRecognizer("a", SPECIMEN)
    async with running(asked, settings=WireSettings(deadline=30)) as gateway:
        now = asyncio.get_running_loop().time()
        await exchange(gateway.port, with_header("X-Gateway-Deadline", given))
    (query,) = asked.calls
    assert now < query.deadline - seconds < now + 5


async def test_an_answer_after_the_callers_own_deadline_is_none():
    class Slow:
        async def recognize(self, _query: Query, /) -> Recognition:
            await asyncio.Event().wait()
            raise AssertionError

    async with running(Slow()) as gateway:
        status, _, body = await exchange(gateway.port, with_header("X-Gateway-Deadline", "0.05"))
    assert (status, b"ModelArts.4402" in body) == (504, True)


@pytest.mark.parametrize("given", ["", "0", "0.000", "-1", "1e3", "soon", "1,5", "123456"])
async def test_a_deadline_that_is_no_number_of_seconds_is_refused(given: str):
    async with running(FakeRecognizer("a", SPECIMEN)) as gateway:
        status, _, body = await exchange(gateway.port, with_header("X-Gateway-Deadline", given))
    assert (status, b"AIS.0101" in body) == (400, True)


@pytest.mark.parametrize(
    ("given", "forbidden"), [("no-store", True), ("no-cache, No-Store", True), ("no-cache", False)]
)
async def test_a_caller_may_forbid_that_its_answer_is_kept(given: str, forbidden: bool):
    asked = FakeRecognizer("a", SPECIMEN)
    async with running(asked) as gateway:
        await exchange(gateway.port, with_header("Cache-Control", given))
    assert asked.calls[0].no_store is forbidden
