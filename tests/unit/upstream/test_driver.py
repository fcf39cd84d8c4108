import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gateway.errors import (
    GatewayError,
    RecognitionFailed,
    UpstreamGone,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.exchange import Exchange, Send, VendorRequest, VendorResponse
from gateway.model import IdDocument
from gateway.upstream.driver import STEP_INLINE, Account, Driver
from tests.fakes import FakeClock

SUBMIT = VendorRequest("POST", "https://eye.example.com/submit", {}, (b"picture",))
POLL = VendorRequest("GET", "https://eye.example.com/jobs/7", repeatable=True)


def answer(status: int = 200, body: bytes = b"", **headers: str) -> VendorResponse:
    return VendorResponse(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


class Vendor:
    """Answers or fails in turn, the last for ever; keeps what it was sent."""

    def __init__(self, *outcomes: VendorResponse | Exception) -> None:
        self.outcomes = list(outcomes)
        self.seen: list[VendorRequest] = []

    async def __call__(self, request: VendorRequest, /) -> VendorResponse:
        self.seen.append(request)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class Time(FakeClock):
    """A clock that sleeping moves on."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def asking(*requests: VendorRequest, end: Exception | None = None, closed: list[bool] | None = None) -> Exchange:
    """Yields ``requests`` in turn; returns the statuses of the answers, or raises ``end``."""
    said = ""
    try:
        for request in requests:
            response = yield request
            said += f" {response.status}"
    finally:
        if closed is not None:
            closed.append(True)
    if end is not None:
        raise end
    return IdDocument(document_number=said.strip())


async def converse(
    send: Send, exchange: Exchange, *, credentials: Any = None, time: Time | None = None, seconds: float = 60
) -> tuple[str | GatewayError | TimeoutError, Account]:
    """What the exchange ends with, and its account."""
    time, account = time or Time(), Account()
    driver = Driver(send, credentials, clock=time, sleep=time.sleep)
    try:
        document = await driver.converse(exchange, 100, time.now + seconds, account)
    except (GatewayError, TimeoutError) as error:
        return error, account
    return document.document_number or "", account


async def test_one_request():
    vendor = Vendor(answer())
    assert await converse(vendor, asking(SUBMIT)) == ("200", Account(status=200, billed=True))
    assert vendor.seen == [SUBMIT]


async def test_a_job_is_handed_in_once_and_asked_for_until_it_is_done():
    vendor, time = Vendor(answer(202)), Time()
    ended, account = await converse(vendor, asking(SUBMIT, replace(POLL, delay=1), replace(POLL, delay=2)), time=time)
    assert ended == "202 202 202"
    assert account == Account(status=202, billed=True, handed_in=True)
    assert [request.method for request in vendor.seen] == ["POST", "GET", "GET"]
    assert time.slept == [1, 2]


@pytest.mark.parametrize(("status", "billed"), [(200, True), (299, True), (400, False), (503, False), (302, False)])
async def test_what_the_vendor_took_is_billed(status: int, billed: bool):
    _, account = await converse(Vendor(answer(status)), asking(SUBMIT))
    assert account.billed is billed


async def test_what_may_be_repeated_is_free():
    assert (await converse(Vendor(answer()), asking(POLL)))[1] == Account(status=200)


async def test_a_job_stays_billed_however_it_ends():
    vendor = Vendor(answer(202), answer(410))
    assert (await converse(vendor, asking(SUBMIT, POLL)))[1] == Account(status=410, billed=True, handed_in=True)


@pytest.mark.parametrize("url", ["https://evil.example/jobs/7", "http://eye.example.com/jobs/7", "/jobs/7"])
async def test_a_vendor_that_points_elsewhere_is_not_followed(url: str):
    vendor, time, closed = Vendor(answer(202)), Time(), []
    exchange = asking(SUBMIT, replace(POLL, url=url, delay=5), closed=closed)
    ended, account = await converse(vendor, exchange, time=time, credentials=Keys())
    assert isinstance(ended, UpstreamProtocolError)
    assert "evil" not in str(ended)
    assert [request.url for request in vendor.seen] == [SUBMIT.url]
    assert (time.slept, closed, account.billed) == ([], [True], True)


async def test_the_same_server_in_other_letters_is_followed():
    vendor = Vendor(answer())
    ended, _ = await converse(vendor, asking(SUBMIT, replace(POLL, url="https://EYE.example.com:443/jobs/7")))
    assert ended == "200 200"


FAILURES = [UpstreamUnavailable(), UpstreamTimeout(), UpstreamProtocolError(), answer(429), answer(500), answer(503)]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: getattr(failure, "status", type(failure).__name__))
async def test_a_repeatable_request_is_repeated(failure: Any):
    vendor, time = Vendor(answer(202), *[failure] * 5, answer(200)), Time()
    ended, account = await converse(vendor, asking(SUBMIT, POLL), time=time)
    assert ended == "202 200"
    assert [request.method for request in vendor.seen] == ["POST"] + ["GET"] * 6
    assert time.slept == [0.25, 0.5, 1, 2, 2]
    assert account.status == 200


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: getattr(failure, "status", type(failure).__name__))
async def test_another_is_not(failure: Any):
    vendor, time = Vendor(failure), Time()
    ended, _ = await converse(vendor, asking(SUBMIT), time=time)
    assert ended in (failure, str(getattr(failure, "status", "")))
    assert (len(vendor.seen), time.slept) == (1, [])


@pytest.mark.parametrize("status", [200, 202, 304, 400, 401, 404, 410])
async def test_an_answer_that_says_something_is_not_asked_for_again(status: int):
    vendor = Vendor(answer(status))
    assert (await converse(vendor, asking(POLL)))[0] == str(status)
    assert len(vendor.seen) == 1


@pytest.mark.parametrize("error", [UpstreamGone(), UpstreamMisconfigured()])
async def test_a_host_that_is_gone_is_not_asked_again(error: GatewayError):
    vendor = Vendor(error)
    assert (await converse(vendor, asking(POLL)))[0] is error
    assert len(vendor.seen) == 1


async def test_the_vendor_may_ask_for_a_longer_pause():
    time = Time()
    vendor = Vendor(answer(429, retry_after="7"), answer(503, retry_after="0"), answer(200))
    assert (await converse(vendor, asking(POLL), time=time))[0] == "200"
    assert time.slept == [7, 0.5]


async def test_what_would_come_too_late_is_not_waited_for():
    time = Time()
    assert (await converse(Vendor(answer(429, retry_after="60")), asking(POLL), time=time))[0] == "429"
    assert (await converse(Vendor(lost := UpstreamUnavailable()), asking(POLL), time=time, seconds=0.2))[0] is lost
    ended, _ = await converse(Vendor(answer()), asking(replace(POLL, delay=60)), time=time)
    assert isinstance(ended, TimeoutError)
    assert time.slept == []


@pytest.mark.parametrize(("seconds", "pauses"), [(5, [0.25, 0.5, 1, 2]), (60, [0.25, 0.5, 1, 2, 2])])
async def test_it_is_repeated_for_a_while_and_within_the_time(seconds: float, pauses: list[float]):
    time = Time()
    assert (await converse(Vendor(answer(500)), asking(POLL), time=time, seconds=seconds))[0] == "500"
    assert time.slept == pauses


@pytest.mark.parametrize("error", [UpstreamThrottled, UpstreamUnavailable])
async def test_what_was_handed_in_is_not_handed_in_again(error: type[GatewayError]):
    """A retry would begin anew, and buy the same twice."""
    later, _ = await converse(Vendor(answer(202)), asking(SUBMIT, POLL, end=error()))
    assert isinstance(later, error)
    assert not later.retryable


@pytest.mark.parametrize(
    ("vendor", "exchange"),
    [
        (Vendor(answer(200)), lambda: asking(SUBMIT, end=UpstreamThrottled())),
        (Vendor(answer(429)), lambda: asking(SUBMIT, end=UpstreamThrottled())),
        (Vendor(answer(429), answer(202)), lambda: asking(SUBMIT, POLL, end=UpstreamThrottled())),
        (Vendor(UpstreamUnavailable()), lambda: asking(SUBMIT)),
    ],
    ids=["error in 200", "429", "refused, then another", "no answer"],
)
async def test_what_was_refused_may_be_handed_in_again(vendor: Vendor, exchange: Callable[[], Exchange]):
    error, _ = await converse(vendor, exchange())
    assert isinstance(error, GatewayError)
    assert error.retryable


async def test_an_error_that_is_not_retryable_does_not_become_so():
    error, _ = await converse(Vendor(answer()), asking(SUBMIT, end=RecognitionFailed()))
    assert isinstance(error, RecognitionFailed)
    assert not error.retryable


class Keys:
    """Numbers every signature; refuses the answers that it is told to, and fetches a token first where told."""

    def __init__(self, refuses: int = 0, token: VendorRequest | None = None) -> None:
        self.refuses = refuses
        self.token = token
        self.given = 0
        self.judged: list[str] = []

    async def authorize(self, request: VendorRequest, send: Send, /) -> VendorRequest:
        if self.token is not None:
            await send(self.token)
        self.given += 1
        return replace(request, headers={"key": str(self.given)})

    def refused(self, request: VendorRequest, response: VendorResponse, /) -> bool:
        self.judged.append(request.headers["key"])
        return response.status == 401


async def test_each_request_is_signed():
    vendor = Vendor(answer())
    await converse(vendor, asking(SUBMIT, POLL), credentials=Keys())
    assert [request.headers for request in vendor.seen] == [{"key": "1"}, {"key": "2"}]


async def test_a_token_may_be_fetched_from_anywhere():
    vendor, token = Vendor(answer()), VendorRequest("POST", "https://login.example.com/token")
    assert (await converse(vendor, asking(SUBMIT), credentials=Keys(token=token)))[0] == "200"
    assert [request.url for request in vendor.seen] == [token.url, SUBMIT.url]


async def test_a_refused_signature_is_made_anew_once():
    vendor, keys = Vendor(answer(401), answer(200)), Keys()
    assert await converse(vendor, asking(SUBMIT), credentials=keys) == ("200", Account(status=200, billed=True))
    assert [request.headers["key"] for request in vendor.seen] == ["1", "2"]
    assert keys.judged == ["1"]


async def test_and_not_more_often():
    vendor = Vendor(answer(401))
    assert await converse(vendor, asking(SUBMIT), credentials=Keys()) == ("401", Account(status=401))
    assert len(vendor.seen) == 2


async def test_each_request_has_its_own_second_chance():
    vendor = Vendor(answer(401), answer(202), answer(401), answer(200))
    assert (await converse(vendor, asking(SUBMIT, POLL), credentials=Keys()))[0] == "202 200"


async def test_big_answers_are_worked_on_in_a_thread():
    threads: list[str] = []

    def exchange() -> Exchange:
        for _ in range(3):
            yield SUBMIT
            threads.append(threading.current_thread().name)
        return IdDocument(document_number="x")

    vendor = Vendor(answer(body=bytes(STEP_INLINE)), answer(body=bytes(STEP_INLINE + 1)), answer())
    await converse(vendor, exchange())
    main = threading.main_thread().name
    assert [name == main for name in threads] == [True, False, True]
