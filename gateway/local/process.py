"""One reader process as the gateway sees it: started, asked, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from gateway import errors
from gateway.local.protocol import LENGTH, Failure, Job, PageText, Ready, Reply, decode_reply, frame
from gateway.model import Buffer

LONGEST_REPLY = 32 << 20
"""Bytes; a page of text and a portrait stay far below."""
WARM_UP = 60.0
"""Seconds within which a process has to have loaded its models."""

FAILURES = {
    kind.outcome: kind
    for kind in (
        errors.NoDocument,
        errors.SeveralDocuments,
        errors.UnreadableDocument,
        errors.WrongDocument,
        errors.RecognitionFailed,
        errors.UpstreamMisconfigured,
    )
}
KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL")
"""Environment variables that a process may see; the gateway's own may hold secrets."""


class WorkerGone(Exception):
    """The process has ended, or no longer says what it should."""


class ReaderProcess:
    """``command`` with its pipes. Not to be asked twice at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Raises :class:`UpstreamMisconfigured` with the process's own words where it cannot work here."""
        # Left half-way, the process would run on without anybody who could stop it.
        await _to_the_end(self._spawn())
        try:
            async with asyncio.timeout(WARM_UP):
                reply = await self._reply()
        except TimeoutError:
            raise WorkerGone("the reader process did not become ready") from None
        _raise_failure(reply)
        if not isinstance(reply, Ready):
            raise WorkerGone("the reader process did not begin with Ready")

    async def read(self, job: Job, picture: Buffer) -> PageText:
        """Raises what the reader decided, or :class:`WorkerGone`."""
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(frame(job) + LENGTH.pack(len(picture)))
            self._process.stdin.write(picture)
            await self._process.stdin.drain()
        except ConnectionError as error:
            raise WorkerGone("the reader process closed its input") from error
        reply = await self._reply()
        _raise_failure(reply)
        if not isinstance(reply, PageText):
            raise WorkerGone("the reader process answered out of turn")
        return reply

    async def stop(self) -> None:
        """Kill the process, whatever it is doing: it holds nothing that needs an orderly end."""
        if self._process is None:
            return
        if self._process.returncode is None:
            # Process.kill() may reap the child before asyncio's watcher does, which then warns of a lost status.
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
        # Reads the output to its end: only then does asyncio close the pipe.
        await _to_the_end(self._process.communicate())
        self._process = None

    async def _spawn(self) -> None:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environment | {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"},
            # Ctrl-C in a terminal is for the gateway, which then ends its readers.
            start_new_session=True,
        )

    async def _reply(self) -> Reply:
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            (length,) = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))
            if length > LONGEST_REPLY:
                raise WorkerGone("the reader process answered at too great a length")
            return decode_reply(await self._process.stdout.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError) as error:
            raise WorkerGone(f"the reader process ended: {type(error).__name__}") from None


async def _to_the_end(work: Coroutine[Any, Any, object]) -> None:
    """``work``, finished even where the caller is cancelled meanwhile."""
    task = asyncio.get_running_loop().create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _raise_failure(reply: Reply) -> None:
    if isinstance(reply, Failure):
        raise FAILURES.get(reply.outcome, errors.RecognitionFailed)(reply.message)
