from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime

import pytest

from gateway.resilience.caller_limits import CallerLimitPolicy, CallerLimits
from gateway.state.memory import MemoryStore
from gateway.wire.serving import SERVING
from tests.fakes import FakeClock, FakeRecognizer
from tests.wire.gateway import PROJECT, SPECIMEN, running
from tests.wire.http import exchange, read_answer
from tests.wire.signing import authorization, sign

BODY = b'{"image":"iVBORw0KGgoAAAANSUhEUgAAAoAAAAHgCAIAAAA="}'


def request(token: str, *more: str, length: int = len(BODY)) -> bytes:
    lines = [f"POST /v2/{PROJECT}/ocr/id-document HTTP/1.1", "Host: x", f"X-Auth-Token: {token}", *more]
    return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode()


async def test_nobody_unknown_has_a_body_read():
    async with running() as gateway:
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(request("token-of-nobody", length=12_000_000))
        status, *_ = await read_answer(reader)
        assert status == 401
        writer.transport.abort()


CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(request("token-of-billing") + BODY, id="with a length"),
        pytest.param(request("token-of-billing").partition(b"Content-Length")[0] + CHUNKED, id="in chunks"),
    ],
)
async def test_the_memory_is_held_until_the_answer(raw):
    seen: list[tuple[int, int]] = []

    def look() -> None:
        seen.append((gateway.app[SERVING].memory.held, gateway.app[SERVING].under_way))

    recognizer = FakeRecognizer("fake", SPECIMEN, when_asked=look)
    async with running(recognizer) as gateway:
        status, *_ = await exchange(gateway.port, raw)
        assert status == 200
        look()
    assert seen == [(len(BODY), 1), (0, 0)]


async def test_two_requests_on_one_connection():
    async with running() as gateway:
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        seen = set()
        for token, expected in [("token-of-billing", 200), ("token-of-nobody", 401), ("token-of-billing", 200)]:
            writer.write(request(token) + BODY)
            status, headers, _ = await read_answer(reader)
            assert status == expected
            seen.add(headers["X-Request-Id"])
        assert len(seen) == 3
        writer.transport.abort()


def limited(caller: str = "billing", **policy: float) -> CallerLimits:
    return CallerLimits({caller: CallerLimitPolicy(**policy)}, MemoryStore(clock=FakeClock()))


async def spend(limits: CallerLimits) -> CallerLimits:
    await limits.purses["billing"].spend(1.0)
    return limits


async def test_who_asks_too_often_is_refused_before_its_body_is_read():
    async with running(limits=limited(rate=0.25)) as gateway:
        assert (await exchange(gateway.port, request("token-of-billing") + BODY))[0] == 200
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(request("token-of-billing", length=12_000_000))
        status, headers, body = await read_answer(reader)
        writer.transport.abort()
    assert (status, headers["Retry-After"]) == (429, "4")
    assert json.loads(body) == {
        "error_code": "APIG.0308",
        "error_msg": "The throttling threshold has been reached: policy user over ratelimit",
        "request_id": headers["X-Request-Id"],
    }
    assert [event.outcome for event in gateway.events] == ["ok", "rate_exceeded"]
    assert [event.caller for event in gateway.events] == ["billing", "billing"]


async def test_who_has_spent_its_money_is_refused_until_midnight():
    async with running(limits=await spend(limited(budget=0.5))) as gateway:
        status, headers, body = await exchange(gateway.port, request("token-of-billing", length=12_000_000))
        assert gateway.recognizer.calls == []
    assert status == 429
    assert 1 <= int(headers["Retry-After"]) <= 86400
    assert json.loads(body)["error_msg"] == "The throttling threshold has been reached: policy user over daily budget"


async def test_who_has_too_much_under_way_is_refused_until_some_of_it_is_over():
    inner: list[tuple[int, bytes]] = []

    class Asking(FakeRecognizer):
        """Sends a second request while the first is under way."""

        async def recognize(self, query, /):
            if not inner:
                status, headers, body = await exchange(gateway.port, request("token-of-billing") + BODY)
                inner.append((status, headers["Retry-After"], json.loads(body)["error_msg"]))
            return await super().recognize(query)

    async with running(Asking("fake", SPECIMEN), limits=limited(concurrency=1)) as gateway:
        assert (await exchange(gateway.port, request("token-of-billing") + BODY))[0] == 200
        assert (await exchange(gateway.port, request("token-of-billing") + BODY))[0] == 200
    assert inner == [(429, "1", "The throttling threshold has been reached: policy user over concurrency")]


async def test_callers_without_a_name_share_one_limit():
    async with running(anonymous=True, limits=limited("anonymous", rate=0.25)) as gateway:
        statuses = [(await exchange(gateway.port, request(token) + BODY))[0] for token in ("one", "two")]
        statuses.append((await exchange(gateway.port, request("token-of-billing") + BODY))[0])
    assert statuses == [200, 429, 200]


async def test_who_is_refused_for_other_reasons_uses_nothing_up():
    async with running(limits=limited(rate=0.25)) as gateway:
        foreign = request("token-of-billing").replace(PROJECT.encode(), b"f" * 32)
        statuses = [
            (await exchange(gateway.port, raw + BODY))[0]
            for raw in (request("token-of-nobody"), foreign, request("token-of-billing"))
        ]
    assert statuses == [401, 404, 200]


async def test_who_signs_is_limited_once_its_signature_was_judged():
    recognizer = FakeRecognizer("fake", SPECIMEN)
    async with running(recognizer, limits=limited(rate=0.25)) as gateway:
        statuses = [(await exchange(gateway.port, signed(number)))[0] for number in range(2)]
    assert statuses == [200, 429]
    assert len(recognizer.calls) == 1


def signed(number: int) -> bytes:
    """A request of the account billing, each with a signature of its own."""
    path, date = f"/v2/{PROJECT}/ocr/id-document", datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    headers = {"host": "x", "x-sdk-date": date, "x-number": str(number)}
    names = ";".join(sorted(headers))
    signature = sign("billing-sk", method="POST", path=path, headers=headers, signed=names, date=date, body=BODY)
    headers |= {"authorization": authorization("BILLING-AK", names, signature), "content-length": str(len(BODY))}
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + BODY
