import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from gateway.errors import (
    ContradictedDocument,
    DeadlineExceeded,
    UndecodableImage,
    UnreadableDocument,
    UpstreamBusy,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.events import AttemptFinished
from gateway.exchange import Exchange, ImageLimits, Send, VendorRequest, VendorResponse
from gateway.image.fitter import Fitter
from gateway.image.load import from_content
from gateway.model import Attempt, Buffer, DocumentImage, DocumentType, IdDocument, ImageFormat, Query, Side
from gateway.upstream.driver import STEP_INLINE
from gateway.upstream.pace import ENOUGH
from gateway.upstream.upstream import Upstream
from tests.fakes import Events, FakeClock, make_image, make_query
from tests.photos import cut, photo, plain


class Steps:
    """An adapter that asks ``requests`` in turn and then does as ``finish`` says."""

    accepts = ImageLimits(frozenset({ImageFormat.JPEG}), max_bytes=1_000_000, min_side=100, max_side=4000)

    def __init__(self, *requests: VendorRequest, finish: Callable[[list[VendorResponse]], IdDocument] | None = None):
        self.requests = requests
        self.finish = finish or (lambda answers: IdDocument(document_number=str(len(answers))))
        self.able = True
        self.closed = threading.Event()
        self.threads: list[str] = []
        self.images: list[DocumentImage] = []

    def supports(self, _query: Query, /) -> bool:
        return self.able

    def exchange(self, query: Query, /) -> Exchange:
        self.images.append(query.image)
        answers = []
        try:
            for request in self.requests:
                self.threads.append(threading.current_thread().name)
                answers.append((yield request))
            self.threads.append(threading.current_thread().name)
            return self.finish(answers)
        finally:
            self.closed.set()


class Vendor(TestServer):
    """Answers ``/status/N`` with that status, ``/stall`` never, ``/halt`` half, ``/big`` at length; keeps the headers it saw."""

    seen: list[dict[str, str]]
    stalled: asyncio.Event


@pytest.fixture
async def vendor():
    seen: list[dict[str, str]] = []
    stalled = asyncio.Event()

    async def status(request: web.Request) -> web.Response:
        seen.append({name.lower(): value for name, value in request.headers.items()})
        return web.Response(status=int(request.match_info["status"]))

    async def stall(_request: web.Request) -> web.StreamResponse:
        stalled.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def halt(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "90"})
        await response.prepare(request)
        await response.write(b"{")
        return await stall(request)

    async def big(_request: web.Request) -> web.Response:
        return web.Response(body=bytes(STEP_INLINE + 1))

    app = web.Application()
    app.router.add_route("*", "/status/{status}", status)
    app.router.add_route("*", "/stall", stall)
    app.router.add_route("*", "/halt", halt)
    app.router.add_route("*", "/big", big)
    server = Vendor(app)
    server.seen, server.stalled = seen, stalled
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
def to(vendor) -> Callable[[str], VendorRequest]:
    return lambda path: VendorRequest("POST", str(vendor.make_url(path)), {}, (b"body",))


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def leaf(session, events) -> Callable[..., Upstream]:
    def make(adapter: Any, **options: Any) -> Upstream:
        return Upstream("u", adapter, **({"session": session, "observer": events, "timeout": 5.0} | options))

    return make


def attempts(query: Query) -> list[tuple[str, str]]:
    return [(attempt.upstream, attempt.outcome) for attempt in query.trail]


async def test_a_success_is_answered_and_recorded(leaf, to, events):
    query = make_query()
    recognition = await leaf(Steps(to("/status/200")), price=0.25).recognize(query)

    assert (recognition.document.document_number, recognition.upstream) == ("1", "u")
    (attempt,) = query.trail
    assert (attempt.upstream, attempt.outcome, attempt.cost) == ("u", "ok", 0.25)
    assert 0 < attempt.seconds < 5
    assert events == [AttemptFinished("u", "primary", "ok", attempt.seconds, 200, 0.25)]


def refuse(_answers: list[VendorResponse]) -> IdDocument:
    raise UnreadableDocument


@pytest.mark.parametrize(("status", "cost"), [(200, 0.25), (202, 0.25), (400, 0.0), (503, 0.0)])
async def test_an_error_of_the_adapter_is_recorded_and_paid_for_where_the_vendor_answered(
    leaf, to, events, status: int, cost: float
):
    query = make_query()
    with pytest.raises(UnreadableDocument):
        await leaf(Steps(to(f"/status/{status}"), finish=refuse), price=0.25).recognize(query)
    assert attempts(query) == [("u", "unreadable_document")]
    assert [(event.outcome, event.status, event.cost) for event in events] == [("unreadable_document", status, cost)]


async def test_a_defect_of_the_adapter_is_recorded_too(leaf, to, events):
    query = make_query()
    with pytest.raises(ZeroDivisionError):
        await leaf(Steps(to("/status/200"), finish=lambda _: 1 // 0)).recognize(query)
    assert [event.outcome for event in events] == ["error"]


async def test_a_polling_vendor_is_asked_until_it_is_done(leaf, to, vendor, events):
    adapter = Steps(to("/status/202"), replace(to("/status/202"), delay=0.001), to("/status/200"))
    recognition = await leaf(adapter, price=1).recognize(make_query())
    assert recognition.document.document_number == "3"
    assert len(vendor.seen) == 3
    assert [(event.status, event.cost) for event in events] == [(200, 1)]
    assert adapter.closed.is_set()


async def test_a_delay_counts_against_the_one_deadline(leaf, to, vendor):
    adapter = Steps(to("/status/202"), replace(to("/status/200"), delay=60))
    with pytest.raises(UpstreamTimeout):
        await leaf(adapter, timeout=0.1).recognize(make_query())
    assert len(vendor.seen) == 1
    assert adapter.closed.is_set()


async def test_a_stall_ends_at_the_vendors_own_limit(leaf, to, events):
    query = make_query()
    with pytest.raises(UpstreamTimeout):
        await leaf(Steps(to("/stall")), timeout=0.05).recognize(query)
    assert attempts(query) == [("u", "timeout")]
    assert events[0].status is None


async def test_a_stall_ends_at_the_requests_deadline_and_that_is_not_the_vendors_fault(leaf, to):
    query = make_query(deadline=time.monotonic() + 0.05)
    with pytest.raises(DeadlineExceeded):
        await leaf(Steps(to("/stall"))).recognize(query)
    assert attempts(query) == [("u", "deadline_exceeded")]


async def test_an_attempt_without_time_left_is_not_started(leaf, to, vendor, events):
    query = make_query(deadline=100.0)
    with pytest.raises(DeadlineExceeded):
        await leaf(Steps(to("/status/200")), clock=FakeClock(100.0)).recognize(query)
    assert not vendor.seen
    assert not query.trail
    assert not events


async def test_cancellation_is_recorded_and_closes_the_exchange(leaf, to, vendor, events):
    query, adapter = make_query(), Steps(to("/stall"))
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(leaf(adapter).recognize(query))
        await vendor.stalled.wait()
        asking.cancel()
    assert attempts(query) == [("u", "cancelled")]
    assert [event.outcome for event in events] == ["cancelled"]
    assert adapter.closed.is_set()


async def test_cancellation_during_a_step_in_a_thread_closes_the_exchange_when_the_step_ends(leaf):
    inside, go_on = threading.Event(), threading.Event()

    def slow(_answers: list[VendorResponse]) -> IdDocument:
        inside.set()
        go_on.wait(5)
        return IdDocument()

    query, adapter = make_query(image=make_image(size=STEP_INLINE + 1)), Steps(finish=slow)
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(leaf(adapter).recognize(query))
        await asyncio.to_thread(inside.wait, 5)
        asking.cancel()
    assert attempts(query) == [("u", "cancelled")]
    assert not adapter.closed.is_set()
    go_on.set()
    assert await asyncio.to_thread(adapter.closed.wait, 5)


@pytest.mark.parametrize(
    ("size", "path", "moved"),
    [
        (1000, "/status/200", [False, False]),
        (STEP_INLINE + 1, "/status/200", [True, False]),
        (1000, "/big", [False, True]),
    ],
)
async def test_the_adapter_works_on_big_things_off_the_event_loop(leaf, to, size: int, path: str, moved: list[bool]):
    adapter = Steps(to(path))
    await leaf(adapter).recognize(make_query(image=make_image(size=size)))
    assert [name != threading.main_thread().name for name in adapter.threads] == moved


@pytest.mark.parametrize("image", [{"width": 99}, {"height": 99}, {"width": 8000, "height": 197}])
async def test_a_picture_that_cannot_be_made_to_fit_is_not_sent(leaf, to, vendor, events, image: dict[str, Any]):
    query = make_query(image=make_image(**image))
    upstream = leaf(Steps(to("/status/200")))
    assert not upstream.supports(query)
    with pytest.raises(UpstreamIncapable):
        await upstream.recognize(query)
    assert not vendor.seen
    assert not query.trail
    assert not events


@pytest.mark.parametrize("image", [{"size": 1_000_000}, {"width": 100, "height": 4000}])
async def test_a_picture_at_the_vendors_limits_goes_out_as_it_came(leaf, to, image: dict[str, Any]):
    query, adapter = make_query(image=make_image(**image)), Steps(to("/status/200"))
    assert leaf(adapter).supports(query)
    await leaf(adapter).recognize(query)
    assert adapter.images == [query.image]
    assert [attempt.fitted for attempt in query.trail] == [""]


async def test_a_picture_beyond_the_vendors_limits_is_made_to_fit(leaf, to):
    image = from_content(photo("PNG", plain(size=(4400, 200))))
    query, adapter = make_query(image=image), Steps(to("/status/200"))
    assert leaf(adapter).supports(query)
    with Fitter() as fitter:
        await leaf(adapter, fitter=fitter).recognize(query)
    (sent,) = adapter.images
    assert (sent.format, sent.width, sent.height) == (ImageFormat.JPEG, 4000, 182)
    assert [(attempt.outcome, attempt.fitted) for attempt in query.trail] == [("ok", "png-to-jpeg shrunk 4000x182")]


async def test_a_picture_that_cannot_be_decoded_is_a_failed_attempt_for_which_nobody_is_asked(leaf, to, vendor):
    image = from_content(cut(photo("BMP"), 0.5))
    query = make_query(image=image)
    with pytest.raises(UndecodableImage):
        await leaf(Steps(to("/status/200")), price=1).recognize(query)
    assert [(attempt.outcome, attempt.cost) for attempt in query.trail] == [("undecodable_image", 0)]
    assert not vendor.seen


async def test_an_attempt_may_say_itself_what_it_is_for(leaf, to, events):
    await leaf(Steps(to("/status/200"))).recognize(make_query(purpose="hedge"))
    assert [event.kind for event in events] == ["hedge"]


class Held(DocumentImage):
    """A picture that has to be fitted, and whose bytes are not given before they are let go."""

    def __init__(self) -> None:
        super().__init__(ImageFormat.PNG, 640, 480, 9, content=photo("PNG"))
        object.__setattr__(self, "go_on", threading.Event())

    def decoded(self) -> Buffer:
        self.go_on.wait(5)
        assert self.content is not None
        return self.content


async def test_fitting_counts_against_the_attempts_time(leaf, to, vendor):
    image = Held()
    query = make_query(image=image)
    with pytest.raises(UpstreamTimeout):
        await leaf(Steps(to("/status/200")), timeout=0.05).recognize(query)
    image.go_on.set()
    assert attempts(query) == [("u", "timeout")]
    assert not vendor.seen


async def test_a_document_that_the_vendor_does_not_read_is_not_sent(leaf, to, vendor):
    adapter = Steps(to("/status/200"))
    adapter.able = False
    with pytest.raises(UpstreamIncapable):
        await leaf(adapter).recognize(make_query())
    assert not vendor.seen


class TokenFirst:
    """Credentials that fetch a token for each request, unsigned."""

    def __init__(self, token: VendorRequest) -> None:
        self.token = token

    async def authorize(self, request: VendorRequest, send: Send, /) -> VendorRequest:
        answer = await send(self.token)
        return replace(request, headers={"x-token": str(answer.status)})

    def refused(self, _request: VendorRequest, _response: VendorResponse, /) -> bool:
        return False


async def test_credentials_sign_each_request_and_may_send_for_a_token(leaf, to, vendor, events):
    adapter = Steps(to("/status/202"), to("/status/200"))
    await leaf(adapter, credentials=TokenFirst(to("/status/201"))).recognize(make_query())
    assert [headers.get("x-token") for headers in vendor.seen] == [None, "201", None, "201"]
    assert [event.status for event in events] == [200]


async def test_a_failure_of_the_transport_is_recorded(leaf, to, vendor, events):
    query, request = make_query(), to("/status/200")
    await vendor.close()
    with pytest.raises(UpstreamUnavailable):
        await leaf(Steps(request)).recognize(query)
    assert attempts(query) == [("u", "unavailable")]
    assert [(event.outcome, event.status) for event in events] == [("unavailable", None)]


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ([], "primary"),
        (["u"], "retry"),
        (["other"], "failover"),
        (["u", "other"], "failover"),
        (["other", "u"], "retry"),
    ],
)
async def test_how_an_attempt_came_about(leaf, to, events, before: list[str], kind: str):
    query = make_query()
    for name in before:
        query.trail.add(Attempt(name, UpstreamGone.outcome, 0.1))
    await leaf(Steps(to("/status/200"))).recognize(query)
    assert [event.kind for event in events] == [kind]


def reading(**fields: Any) -> Callable[[list[VendorResponse]], IdDocument]:
    return lambda _answers: IdDocument(**fields)


@pytest.mark.parametrize("fields", [{}, {"portrait_image": b"/9j/"}, {"confidence": {"sex": 0.5}}, {"mrz": ("P<",)}])
async def test_an_answer_in_which_nothing_was_read_is_no_success(leaf, to, events, fields: dict[str, Any]):
    query = make_query()
    with pytest.raises(UnreadableDocument):
        await leaf(Steps(to("/status/200"), finish=reading(**fields)), price=1).recognize(query)
    assert [(attempt.outcome, attempt.cost) for attempt in query.trail] == [("unreadable_document", 1)]
    assert [event.outcome for event in events] == ["unreadable_document"]


@pytest.mark.parametrize("fields", [{"address": "1 High Street"}, {"country_region": "THA", "side": Side.BACK}])
async def test_an_answer_of_one_field_or_of_the_kind_alone_is_one(leaf, to, fields: dict[str, Any]):
    recognition = await leaf(Steps(to("/status/200"), finish=reading(**fields))).recognize(make_query())
    assert recognition.document == IdDocument(**fields)


async def test_what_cannot_be_is_not_given(leaf, to):
    adapter = Steps(to("/status/200"), finish=reading(document_number="7", issue_date=date(2030, 1, 2)))
    for today, kept in ((date(2030, 1, 3), date(2030, 1, 2)), (date(2029, 1, 1), None)):
        recognition = await leaf(adapter, today=lambda today=today: today).recognize(make_query())
        assert recognition.document.issue_date == kept


async def test_a_passport_whose_zone_contradicts_itself_is_the_attempts_outcome(leaf, to):
    zone = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<19")
    adapter = Steps(to("/status/200"), finish=reading(id_type=DocumentType.PASSPORT, last_name="ERIKSSON", mrz=zone))
    query = make_query()
    with pytest.raises(ContradictedDocument):
        await leaf(adapter, price=1).recognize(query)
    assert [(attempt.outcome, attempt.cost) for attempt in query.trail] == [("contradicted_document", 1)]


async def test_a_job_that_is_given_up_costs_its_price(leaf, to):
    query, adapter = make_query(), Steps(to("/status/202"), replace(to("/stall"), repeatable=True))
    with pytest.raises(UpstreamTimeout):
        await leaf(adapter, price=1, timeout=0.05).recognize(query)
    assert [(attempt.outcome, attempt.cost) for attempt in query.trail] == [("timeout", 1)]


@pytest.mark.parametrize(("path", "cost"), [("/stall", 0), ("/status/503", 0)])
async def test_a_request_that_is_not_taken_costs_nothing(leaf, to, path: str, cost: float):
    query = make_query()
    with pytest.raises((UpstreamTimeout, UnreadableDocument)):
        await leaf(Steps(to(path), finish=refuse), price=1, timeout=0.05).recognize(query)
    assert query.trail.cost == cost


@pytest.mark.parametrize("name", ["first_byte_timeout", "idle_timeout"])
async def test_a_vendor_has_its_own_times_for_each_part(leaf, to, name: str):
    path = {"first_byte_timeout": "/stall", "idle_timeout": "/halt"}[name]
    with pytest.raises(UpstreamTimeout, match="the answer"):
        await leaf(Steps(to(path)), **{name: 0.05}).recognize(make_query())


def well_known(leaf: Callable[..., Upstream], adapter: Steps, clock: FakeClock, seconds: float) -> Upstream:
    """An upstream that has answered in ``seconds`` so often that it is expected to."""
    upstream = leaf(adapter, clock=clock)
    for _ in range(ENOUGH):
        upstream._pace.add(seconds)
    return upstream


@pytest.mark.parametrize(("left", "asked"), [(3.0, True), (2.9, False)])
async def test_an_attempt_that_cannot_end_in_time_is_not_begun(leaf, to, vendor, left: float, asked: bool):
    clock = FakeClock(100.0)
    upstream = well_known(leaf, Steps(to("/status/200")), clock, 3.0)
    query = make_query(deadline=100.0 + left)
    query.trail.add(Attempt("other", "timeout", 5.0))
    if asked:
        await upstream.recognize(query)
    else:
        with pytest.raises(UpstreamBusy, match="not enough time left"):
            await upstream.recognize(query)
    assert len(vendor.seen) == len(query.trail) - 1 == asked


async def test_the_first_attempt_gets_its_chance(leaf, to, vendor):
    upstream = well_known(leaf, Steps(to("/status/200")), FakeClock(100.0), 3.0)
    await upstream.recognize(make_query(deadline=102.0))
    assert len(vendor.seen) == 1


async def test_only_successes_say_how_long_a_vendor_takes(leaf, to):
    good, bad = Steps(to("/status/200")), Steps(to("/status/200"), finish=refuse)
    upstream = leaf(good)
    for adapter in (*[bad] * ENOUGH, *[good] * ENOUGH):
        upstream._adapter = adapter
        assert upstream._pace.usual() == 0
        with contextlib.suppress(UnreadableDocument):
            await upstream.recognize(make_query())
    assert 0 < upstream._pace.usual() < 1
