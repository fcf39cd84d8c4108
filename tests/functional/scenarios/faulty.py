"""A vendor on a loopback port that fails on purpose, down to single bytes; it speaks the original's API."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeAlias

from gateway import tasks

MALEE = {
    "country_region": "THA",
    "id_type": "ID",
    "first_name": "Malee",
    "last_name": "Jaidee",
    "birth_date": "1991-02-03",
    "document_number": "3100600445635",
}
SOMCHAI = {
    "country_region": "THA",
    "id_type": "ID",
    "first_name": "Somchai",
    "last_name": "Rakthai",
    "birth_date": "1974-11-30",
    "document_number": "1209700123452",
}
"""Two invented holders, whose numbers have the check digit that Thai numbers have."""


@dataclass(eq=False)
class Call:
    """One request as it came in, and the line to answer it on. ``at`` is a moment on the monotonic clock."""

    at: float
    head: bytes
    body: bytes
    writer: asyncio.StreamWriter
    hung_up: bool = False
    """Whether the gateway let go before it had an answer."""

    async def write(self, *parts: bytes) -> None:
        self.writer.write(b"".join(parts))
        await self.writer.drain()

    def close(self) -> None:
        """The orderly end of a connection."""
        self.writer.close()

    def reset(self) -> None:
        """The other end."""
        wire = self.writer.transport.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Behaviour: TypeAlias = Callable[[Call], Awaitable[None]]


def head(status: int = 200, **headers: Any) -> bytes:
    """A status line and headers, of which ``retry_after=2`` is ``retry-after: 2``."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "content-type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def found(holder: dict[str, Any] = MALEE) -> bytes:
    return json.dumps({"result": holder}).encode()


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(content), content)


def answers(body: bytes = found(), *, after: float = 0.0) -> Behaviour:
    """Everything as it should be, after so many seconds."""

    async def behave(call: Call) -> None:
        await asyncio.sleep(after)
        await call.write(head(content_length=len(body)), body)

    return behave


def refuses(status: int, code: str = "", **headers: Any) -> Behaviour:
    """An error with a code of the vendor's; ``status`` may well be 200."""

    async def behave(call: Call) -> None:
        body = json.dumps({"error_code": code, "error_msg": "-"}).encode()
        await call.write(head(status, content_length=len(body), **headers), body)

    return behave


def sends(*parts: bytes, then: Behaviour) -> Behaviour:
    """These very bytes, and after them ``then``."""

    async def behave(call: Call) -> None:
        await call.write(*parts)
        await then(call)

    return behave


async def falls_silent(_: Call) -> None:
    """The connection stays open and nothing more comes."""
    await asyncio.Event().wait()


async def closes(call: Call) -> None:
    call.close()


async def resets(call: Call) -> None:
    call.reset()


class _Reader(asyncio.StreamReader):
    """Tells when the other side has gone, without a read that could take a byte of the next request."""

    def __init__(self) -> None:
        super().__init__(limit=2**25)
        self.gone = asyncio.Event()

    def feed_eof(self) -> None:
        super().feed_eof()
        self.gone.set()

    def set_exception(self, error: Exception) -> None:
        super().set_exception(error)
        self.gone.set()


class Faulty:
    """Behaves as told: one behaviour a call, the last one for ever. ``calls`` holds all that came in, in order."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.calls: list[Call] = []
        self.url = ""
        self.connections = 0
        self.behaviours = list(behaviours) or [answers()]
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def moments(self) -> list[float]:
        """Seconds of each call since the first."""
        return [call.at - self.calls[0].at for call in self.calls]

    def next_behaviour(self) -> Behaviour:
        return self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Faulty]:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: asyncio.StreamReaderProtocol(_Reader(), self._connected), "127.0.0.1", 0
        )
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()
            await tasks.stop(*self._tasks)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        assert isinstance(reader, _Reader)
        self._tasks.add(task)
        self.connections += 1
        try:
            while not writer.is_closing() and (call := await _receive(reader, writer)):
                self.calls.append(call)
                await self._answer(call, reader)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _answer(self, call: Call, reader: _Reader) -> None:
        """Behave, for as long as the other side is there."""
        behaving = tasks.start(_run(self.next_behaviour(), call), name="behave")
        gone = tasks.start(reader.gone.wait(), name="watch")
        try:
            await asyncio.wait((behaving, gone), return_when=asyncio.FIRST_COMPLETED)
            call.hung_up = not behaving.done()
            if call.hung_up:
                call.close()
        finally:
            await tasks.stop(behaving, gone)


async def _run(behaviour: Behaviour, call: Call) -> None:
    with suppress(OSError):
        await behaviour(call)


async def _receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Call | None:
    """One request with a Content-Length; None where the other side has gone."""
    try:
        start = await reader.readuntil(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in start.decode().split("\r\n")[1:] if line)
        length = {name.lower(): value for name, value in fields.items()}.get("content-length", "0")
        body = await reader.readexactly(int(length))
    except (asyncio.IncompleteReadError, OSError):
        return None
    return Call(time.monotonic(), start, body, writer)
