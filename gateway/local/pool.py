"""Reader processes and the short queue before them: each reads one picture at a time and can be killed."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from gateway.errors import (
    GatewayError,
    RecognitionFailed,
    UpstreamBusy,
    UpstreamMisconfigured,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.events import Observer, ReaderWorkerReplaced
from gateway.local.process import ReaderProcess, WorkerGone
from gateway.local.protocol import Job, PageText
from gateway.model import Buffer
from gateway.tasks import BackgroundTasks

logger = logging.getLogger(__name__)

RESTART_DELAYS = (0.0, 0.5, 2.0, 10.0)
"""Seconds before the first, second, ... start in a row that failed is tried again."""


@dataclass(frozen=True, slots=True)
class PoolPolicy:
    workers: int
    queue: int
    """Pictures that may wait while all workers read."""
    recycle: int
    """Pictures after which a worker is replaced."""
    overrun: float
    """Seconds from which a worker is held to be stuck, counted from the hand-over of a picture."""


@dataclass(slots=True, eq=False)
class _Ticket:
    job: Job
    picture: Buffer
    deadline: float
    answer: asyncio.Future[PageText] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Pool:
    """``workers`` processes of ``command``. A failure of one concerns the one caller whose picture it was reading."""

    def __init__(self, name: str, command: Sequence[str], policy: PoolPolicy, observer: Observer) -> None:
        self._name = name
        self._command = tuple(command)
        self._policy = policy
        self._observer = observer
        self._tasks = BackgroundTasks(limit=policy.workers)
        self._waiting: deque[_Ticket] = deque()
        self._arrivals = asyncio.Semaphore(0)
        self._held = 0
        self._open = False
        self._failing = 0
        self._pace = 1.0
        self._started: list[asyncio.Future[None]] = []

    @property
    def ready(self) -> bool:
        """Whether pictures are taken: started, not closed, and not every worker failing to start again."""
        return self._open and self._failing < self._policy.workers

    async def start(self) -> None:
        """Returns when all workers are warm; raises :class:`UpstreamMisconfigured` where one cannot start."""
        loop = asyncio.get_running_loop()
        for number in range(self._policy.workers):
            started: asyncio.Future[None] = loop.create_future()
            self._started.append(started)
            self._tasks.start(self._work(started), name=f"{self._name} worker {number}")
        try:
            await asyncio.gather(*self._started)
        except BaseException:
            await self.close()
            raise
        self._open = True

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """End all workers; callers still waiting are told that the reader is unavailable."""
        self._open = False
        await self._tasks.drain(0)
        for started in self._started:
            if not started.done():
                started.cancel()
        while self._waiting:
            _fail(self._waiting.popleft(), UpstreamUnavailable("the reader was closed"))

    async def read(self, job: Job, picture: Buffer, deadline: float) -> PageText:
        """Hand a picture over and wait. ``deadline`` is a moment on the loop's clock.

        Raises :class:`UpstreamBusy` where the queue is full, :class:`UpstreamTimeout` where the picture was not read
        in time, :class:`RecognitionFailed` where the process ended over it, and what the reader itself decided.
        """
        if not self.ready:
            raise UpstreamUnavailable("no reader process is running", retry_after=1.0)
        if self._held >= self._policy.workers + self._policy.queue:
            raise UpstreamBusy("the reader's queue is full", retry_after=round(max(1.0, self._pace), 1))
        ticket = _Ticket(job, picture, deadline)
        self._held += 1
        self._waiting.append(ticket)
        self._arrivals.release()
        try:
            async with asyncio.timeout_at(deadline):
                return await asyncio.shield(ticket.answer)
        except TimeoutError:
            raise UpstreamTimeout("the picture was not read before the deadline") from None
        finally:
            ticket.answer.cancel()
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                self._held -= 1

    async def _work(self, started: asyncio.Future[None]) -> None:
        """One worker's life, over any number of processes."""
        failures = 0
        while True:
            await asyncio.sleep(RESTART_DELAYS[min(failures, len(RESTART_DELAYS) - 1)])
            process = ReaderProcess(self._command)
            try:
                await process.start()
                self._failing -= failures > 0
                failures = 0
                if not started.done():
                    started.set_result(None)
                reason = await self._serve(process)
                self._observer(ReaderWorkerReplaced(self._name, reason))
            except (GatewayError, WorkerGone) as error:
                if not started.done():
                    started.set_exception(UpstreamMisconfigured(f"the reader cannot start: {error}"))
                    return
                self._failing += failures == 0
                failures += 1
                logger.warning("%s: a reader process did not start, try %d: %s", self._name, failures, error)
            finally:
                await process.stop()

    async def _serve(self, process: ReaderProcess) -> str:
        """Read pictures until the process has to be replaced, and tell why."""
        for _ in range(self._policy.recycle):
            ticket = await self._next()
            try:
                reason = await self._read(process, ticket)
            finally:
                self._held -= 1
            if reason:
                return reason
        return "recycle"

    async def _next(self) -> _Ticket:
        while True:
            await self._arrivals.acquire()
            if self._waiting:
                return self._waiting.popleft()

    async def _read(self, process: ReaderProcess, ticket: _Ticket) -> str | None:
        """One picture; the reason to replace the process, if there is one.

        A caller who hangs up meanwhile costs nothing but the time to finish: the answer is thrown away.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            async with asyncio.timeout_at(min(ticket.deadline, began + self._policy.overrun)):
                page = await process.read(ticket.job, ticket.picture)
        except TimeoutError:
            _fail(ticket, UpstreamTimeout("the reader did not finish in time"))
            return "deadline"
        except WorkerGone:
            _fail(ticket, RecognitionFailed("the reader process ended over this picture"))
            return "crash"
        except asyncio.CancelledError:
            _fail(ticket, UpstreamUnavailable("the reader was closed"))
            raise
        except GatewayError as error:
            _fail(ticket, error)
        else:
            if not ticket.answer.done():
                ticket.answer.set_result(page)
        self._pace += 0.1 * (loop.time() - began - self._pace)
        return None


def _fail(ticket: _Ticket, error: GatewayError) -> None:
    if not ticket.answer.done():
        ticket.answer.set_exception(error)
