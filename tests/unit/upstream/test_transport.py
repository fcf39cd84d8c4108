import asyncio
import gzip
import socket
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver

from gateway.errors import (
    UpstreamError,
    UpstreamGone,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.exchange import VendorRequest, VendorResponse
from gateway.upstream import transport
from gateway.upstream.progress import Progress, Stage, Timeouts
from gateway.upstream.transport import MAX_ANSWER, SLICE, open_session, send

PATIENT = Timeouts(connect=5, first_byte=5, idle=5)


def answering(*parts: bytes):
    """A handler that reads one request whole, answers these bytes and closes."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.writelines(parts)
        await writer.drain()

    return handle


async def read_request(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0
    )
    return head, await reader.readexactly(length)


def reset(writer: asyncio.StreamWriter) -> None:
    """Drop the connection with a TCP reset rather than an orderly end."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def ask(session: aiohttp.ClientSession, url: str, *body: bytes | memoryview) -> VendorResponse:
    return await send(session, VendorRequest("POST", url, {"x-a": "b"}, body), PATIENT)


async def test_the_parts_arrive_as_one_body_of_known_length(session, serve):
    seen: dict[str, bytes] = {}

    async def handle(reader, writer):
        seen["head"], seen["body"] = await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Mixed-Case: Kept\r\n\r\nok")

    big = bytes(range(256)) * (5 * SLICE // 256) + b"tail"
    base = await serve(handle)
    response = await ask(session, base + "/a%2Fb?q=%20", b"[", memoryview(big), b"", b"]")

    assert seen["body"] == b"[" + big + b"]"
    assert seen["head"].startswith(b"POST /a%2Fb?q=%20 HTTP/1.1\r\n")
    assert b"Content-Length: %d\r\n" % (len(big) + 2) in seen["head"]
    assert b"chunked" not in seen["head"].lower()
    assert b"\r\nx-a: b\r\n" in seen["head"]
    assert b"User-Agent: id-document-gateway/" in seen["head"]
    assert (response.status, response.body) == (200, b"ok")
    assert response.headers["x-mixed-case"] == "Kept"


async def test_no_body_at_all(session, serve):
    seen: list[bytes] = []

    async def handle(reader, writer):
        seen.append((await read_request(reader))[0])
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")

    base = await serve(handle)
    response = await send(session, VendorRequest("GET", base + "/"), PATIENT)
    assert (response.status, response.body) == (204, b"")
    assert b"content-length" not in seen[0].lower()


class Counted(list[bytes]):
    """A body that counts how many of its parts were taken."""

    taken = 0

    def __iter__(self):
        self.taken = 0
        for part in super().__iter__():
            self.taken += 1
            yield part


async def test_a_vendor_that_does_not_read_is_not_written_to_without_end(session, serve):
    connected, finished = asyncio.Event(), asyncio.Event()

    async def handle(_reader, _writer):
        connected.set()
        await finished.wait()

    body = Counted([bytes(SLICE)] * 1024)
    request = VendorRequest("POST", await serve(handle) + "/", {}, body)
    async with asyncio.TaskGroup() as group:
        sending = group.create_task(send(session, request, PATIENT))
        await connected.wait()
        for _ in range(3000):
            await asyncio.sleep(0)
        assert 0 < body.taken < len(body) // 2
        sending.cancel()
        finished.set()


async def test_slices_are_views():
    part = bytearray(2 * SLICE + 1)
    async with Progress(PATIENT) as progress:
        slices = [piece async for piece in transport._slices((memoryview(part), b"x"), progress)]
    assert [len(piece) for piece in slices] == [SLICE, SLICE, 1, 1]
    assert all(piece.obj is part for piece in slices[:3])


async def test_a_redirect_is_an_answer(session, serve):
    base = await serve(answering(b"HTTP/1.1 307 Moved\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"))
    response = await ask(session, base, b"x")
    assert (response.status, response.headers["location"]) == (307, "/other")


async def test_cookies_are_not_kept(session, serve):
    await ask(session, await serve(answering(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n")))
    assert len(session.cookie_jar) == 0


async def test_gzip_is_undone(session, serve):
    packed = gzip.compress(b'{"result":{}}')
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    assert (await ask(session, await serve(answering(head, packed)))).body == b'{"result":{}}'


LONG = gzip.compress(bytes(MAX_ANSWER + 1))
CUT = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(CUT + b'Content-Length: 90\r\n\r\n{"result":{', id="shorter than promised"),
        pytest.param(CUT + b'Transfer-Encoding: chunked\r\n\r\nb\r\n{"result":{\r\n', id="no last chunk"),
        pytest.param(CUT + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc", id="no chunk"),
        pytest.param(CUT + b"Content-Encoding: gzip\r\nContent-Length: 7\r\n\r\nnotgzip", id="not gzip"),
        pytest.param(
            CUT + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(LONG) + LONG,
            id="unpacks beyond the limit",
        ),
        pytest.param(b"SSH-2.0-OpenSSH\r\n\r\n", id="another protocol"),
        pytest.param(b"HTTP/1.1 200 OK\r\nBad Header\x00: Somebody\r\n\r\n", id="broken header"),
    ],
)
async def test_a_cut_or_garbled_answer_is_never_a_success(session, serve, answer: bytes):
    with pytest.raises(UpstreamProtocolError) as refused:
        await ask(session, await serve(answering(answer)), b"x")
    assert "Somebody" not in str(refused.value)


async def test_an_answer_of_the_greatest_length_is_whole(session, serve):
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % MAX_ANSWER
    assert len((await ask(session, await serve(answering(head, bytes(MAX_ANSWER))))).body) == MAX_ANSWER


async def test_a_reset_amid_the_answer_is_never_a_success(session, serve):
    async def handle(reader, writer):
        await read_request(reader)
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"result":{')
        await writer.drain()
        reset(writer)

    with pytest.raises(UpstreamProtocolError):
        await ask(session, await serve(handle), b"x")


@pytest.mark.parametrize("abrupt", [True, False])
async def test_a_connection_that_ends_without_an_answer(session, serve, abrupt: bool):
    async def handle(reader, writer):
        await read_request(reader)
        if abrupt:
            reset(writer)

    with pytest.raises(UpstreamUnavailable):
        await ask(session, await serve(handle), b"x")


async def test_a_refused_connection(session):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(UpstreamUnavailable):
            await ask(session, f"http://127.0.0.1:{free.getsockname()[1]}", b"x")


async def test_tls_to_a_host_without_tls(session, serve):
    async def plain(reader, writer):
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    base = await serve(plain)
    with pytest.raises(UpstreamMisconfigured):
        await ask(session, base.replace("http:", "https:"), b"x")


async def test_a_url_that_is_none(session):
    with pytest.raises(UpstreamMisconfigured):
        await ask(session, "http:///nowhere", b"x")


class Resolver(AbstractResolver):
    """Fails with a look-up error, or never ends."""

    def __init__(self, code: int | None) -> None:
        self.code = code

    async def resolve(self, *_: Any, **__: Any) -> Any:
        if self.code is None:
            await asyncio.Event().wait()
        raise socket.gaierror(self.code, "look-up failed")

    async def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (socket.EAI_NONAME, UpstreamGone),
        (socket.EAI_NODATA, UpstreamGone),
        (socket.EAI_AGAIN, UpstreamUnavailable),
        (socket.EAI_FAIL, UpstreamUnavailable),
        (None, UpstreamTimeout),
    ],
)
async def test_a_host_name_that_is_not_found_is_gone_and_one_that_cannot_be_looked_up_is_not(code, error):
    connector = aiohttp.TCPConnector(resolver=Resolver(code))
    async with open_session(connector) as session:
        with pytest.raises(UpstreamError) as failed:
            await send(session, VendorRequest("GET", "http://ocr.example.com/"), replace(PATIENT, connect=0.05))
    assert type(failed.value) is error
    assert "example" not in str(failed.value)
    assert code is not None or str(failed.value) == Stage.CONNECTION.value


def test_every_client_error_has_its_class():
    for name in aiohttp.__all__:
        kind = getattr(aiohttp, name)
        if isinstance(kind, type) and issubclass(kind, aiohttp.ClientError | OSError):
            assert any(issubclass(kind, theirs) for theirs, _ in transport.FAILURES)


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.mark.parametrize("body", [(), (b"x",)])
async def test_a_vendor_that_never_answers(session, serve, body: tuple[bytes, ...]):
    async def handle(reader, _writer):
        await reader.read()

    request = VendorRequest("POST", await serve(handle) + "/", {}, body)
    with pytest.raises(UpstreamTimeout, match=Stage.ANSWER.value):
        await send(session, request, replace(PATIENT, first_byte=0.05))


async def test_headers_that_dribble_in_are_not_waited_for_longer(session, serve):
    async def handle(reader, writer):
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while not reader.at_eof():
            writer.write(b"X-More: of it\r\n")
            await asyncio.sleep(0.005)

    request = VendorRequest("POST", await serve(handle) + "/", {}, (b"x",))
    with pytest.raises(UpstreamTimeout, match=Stage.ANSWER.value):
        await send(session, request, replace(PATIENT, first_byte=0.05))


async def test_a_vendor_that_stops_amid_the_answer(session, serve):
    async def handle(reader, writer):
        await read_request(reader)
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"result":{')
        await reader.read()

    request = VendorRequest("POST", await serve(handle) + "/", {}, (b"x",))
    with pytest.raises(UpstreamTimeout, match=Stage.REST.value):
        await send(session, request, replace(PATIENT, idle=0.05))


async def test_a_vendor_that_stops_taking_the_request(session, serve):
    finished = asyncio.Event()

    async def handle(_reader, _writer):
        await finished.wait()

    request = VendorRequest("POST", await serve(handle) + "/", {}, (bytes(SLICE),) * 512)
    with pytest.raises(UpstreamTimeout, match=Stage.TAKEN.value):
        await send(session, request, replace(PATIENT, idle=0.05))
    finished.set()


async def test_an_answer_that_keeps_coming_takes_as_long_as_it_takes(session, serve):
    """Four pauses of 0.1 seconds with 0.3 of patience: each part is waited for anew."""

    async def handle(reader, writer):
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
        for _ in range(4):
            await asyncio.sleep(0.1)
            writer.write(b"x")

    request = VendorRequest("POST", await serve(handle) + "/", {}, (b"x",))
    response = await send(session, request, replace(PATIENT, idle=0.3))
    assert response.body == b"xxxx"


async def test_an_answer_before_the_request_was_read(session, serve):
    finished = asyncio.Event()

    async def handle(_reader, writer):
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno")
        await finished.wait()

    request = VendorRequest("POST", await serve(handle) + "/", {}, (bytes(SLICE),) * 512)
    response = await send(session, request, PATIENT)
    assert (response.status, response.body) == (413, b"no")
    finished.set()


class Kept:
    """A vendor that answers ``good`` requests on each connection and ends it with the next one, as ``end`` does."""

    def __init__(self, good: list[int], end: Callable[[asyncio.StreamWriter], None] = lambda _writer: None) -> None:
        self.good = good
        self.end = end
        self.connections = 0
        self.bodies: list[bytes] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        good = self.good[self.connections]
        self.connections += 1
        for number in range(good + 1):
            try:
                self.bodies.append((await read_request(reader))[1])
            except asyncio.IncompleteReadError:  # the client has gone
                return
            if number == good:
                self.end(writer)
            else:
                writer.write(OK)


@pytest.mark.parametrize("end", [lambda _writer: None, reset], ids=["end", "reset"])
@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_a_kept_connection_that_the_vendor_gave_up_is_replaced_once(session, serve, method: str, end: Any):
    vendor = Kept([1, 1], end)
    request = VendorRequest(method, await serve(vendor) + "/", {}, (b"the", b"body"))
    assert (await send(session, request, PATIENT)).body == b"ok"
    assert (await send(session, request, PATIENT)).body == b"ok"
    assert vendor.connections == 2
    assert vendor.bodies == [b"thebody"] * 3


async def test_not_twice(session, serve):
    vendor = Kept([1, 0, 1])
    request = VendorRequest("GET", await serve(vendor) + "/")
    await send(session, request, PATIENT)
    with pytest.raises(UpstreamUnavailable):
        await send(session, request, PATIENT)
    assert vendor.connections == 2


async def test_not_over_another_kept_connection(session, serve):
    """Both connections are given up by the vendor: the one that replaces the first is a new one."""
    both, waiting = asyncio.Barrier(2), 0
    vendor_connections: list[int] = []

    async def handle(reader, writer):
        nonlocal waiting
        number = len(vendor_connections)
        vendor_connections.append(number)
        await read_request(reader)
        if number < 2:
            await both.wait()
            writer.write(OK)
            await read_request(reader)
        else:
            writer.write(OK)

    request = VendorRequest("POST", await serve(handle) + "/", {}, (b"x",))
    await asyncio.gather(send(session, request, PATIENT), send(session, request, PATIENT))
    assert (await send(session, request, PATIENT)).status == 200
    assert len(vendor_connections) == 3


@pytest.mark.parametrize("method", ["POST", "GET", "PUT"])
@pytest.mark.parametrize("body", [(), (b"x",)])
async def test_a_new_connection_that_ends_is_not_replaced(session, serve, method: str, body: tuple[bytes, ...]):
    vendor = Kept([0, 1])
    with pytest.raises(UpstreamUnavailable):
        await send(session, VendorRequest(method, await serve(vendor) + "/", {}, body), PATIENT)
    assert vendor.connections == 1


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"])
async def test_a_kept_connection_that_ends_amid_the_headers_is_a_cut_answer(session, serve, begun: bytes):
    vendor = Kept([1, 1], lambda writer: writer.write(begun))
    request = VendorRequest("POST", await serve(vendor) + "/", {}, (b"x",))
    await send(session, request, PATIENT)
    with pytest.raises(UpstreamProtocolError):
        await send(session, request, PATIENT)
    assert vendor.connections == 1


async def test_the_replacement_is_closed(session, serve):
    vendor = Kept([1, 1])
    request = VendorRequest("GET", await serve(vendor) + "/")
    made: list[aiohttp.ClientSession] = []

    def fresh() -> aiohttp.ClientSession:
        made.append(open_session())
        return made[-1]

    for _ in range(2):
        await send(session, request, PATIENT, fresh=fresh)
    assert [one.closed for one in made] == [True]
