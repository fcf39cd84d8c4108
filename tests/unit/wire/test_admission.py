from __future__ import annotations

import asyncio

import pytest

from gateway.wire.serving import SERVING
from tests.fakes import FakeRecognizer
from tests.wire.gateway import PROJECT, SPECIMEN, running
from tests.wire.http import exchange, read_answer

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
