"""A real Redis on a free loopback port, and a line to it that can be made slow, mute or broken."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Literal, Self

from gateway import tasks


class RedisServer:
    """One process that keeps nothing on disk. ``options`` go to its command line; file names start at ``folder``."""

    def __init__(self, folder: Path, *options: str, tls: bool = False) -> None:
        self.port = _free_port()
        self._folder = folder
        self._options = [*options, *(["--port", "0", "--tls-port"] if tls else ["--port"]), str(self.port)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        self._process = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", *self._options],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )
        ends = time.monotonic() + 10
        while not _listens(self.port):
            assert self._process.poll() is None, "redis-server ended at once"
            assert time.monotonic() < ends, "redis-server does not listen"
        return self

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def redis_server(folder: Path, *options: str, tls: bool = False) -> Iterator[RedisServer]:
    server = RedisServer(folder, *options, tls=tls).start()
    try:
        yield server
    finally:
        server.kill()


class Line:
    """Forwards bytes to ``port``. ``mode`` may be changed at any time: ``good``; ``mute`` takes everything and answers
    nothing; ``slow`` delivers answers ``delay`` seconds late; ``reset`` breaks connections, old and new.
    """

    def __init__(self, port: int, delay: float = 2.0) -> None:
        self.port = 0
        self.connections = 0
        self.bytes_in = 0
        self._target = port
        self._delay = delay
        self._mode: Literal["good", "mute", "slow", "reset"] = "good"
        self._pumps: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: Literal["good", "mute", "slow", "reset"]) -> None:
        self._mode = mode
        if mode == "reset":
            for writer in self._writers:
                writer.transport.abort()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self._mode == "reset":
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers |= {writer, back}
        pumps = {
            tasks.start(self._requests(reader, back), name="to redis"),
            tasks.start(self._answers(there, writer), name="from redis"),
        }
        self._pumps |= pumps
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        await tasks.stop(*pumps)
        for end in (writer, back):
            end.transport.abort()
            self._writers.discard(end)
        self._pumps -= pumps

    async def _requests(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            self.bytes_in += len(data)
            back.write(data)

    async def _answers(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await there.read(65536):
            if self._mode == "slow":
                await asyncio.sleep(self._delay)
            if self._mode != "mute":
                writer.write(data)

    async def close(self) -> None:
        await tasks.stop(*self._pumps)


@asynccontextmanager
async def line_to(port: int, *, delay: float = 2.0) -> AsyncIterator[Line]:
    line = Line(port, delay)
    server = await asyncio.start_server(line.accept, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        await line.close()
        await server.wait_closed()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
