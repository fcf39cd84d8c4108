"""The recorder: takes down, once they are on their way to the caller, the answers that candidates will be held against."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

from gateway import tasks
from gateway.baseline.record import Asked, BaselineRecord
from gateway.baseline.store import BaselineStore
from gateway.clock import wall_clock
from gateway.events import BaselineWritten, Observer
from gateway.model import DocumentImage, IdDocument, Query, Recognition, Recognizer
from gateway.shadow.backlog import kept_alive
from gateway.shadow.sample import lot
from gateway.tasks import BackgroundTasks

logger = logging.getLogger(__name__)

HEAD_START = 0.05
"""Seconds in which an answer is written to its caller before anything else is done with the picture."""

TIDY_EVERY = 3600.0
"""Seconds between two looks for records that are too old."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """An answer on its way to the disk, not before ``due``; ``size`` is the memory that its picture keeps."""

    due: float
    image: DocumentImage
    document: IdDocument = field(repr=False)
    asked: Asked
    size: int

    def record(self) -> BaselineRecord:
        return BaselineRecord(self.image.decoded(), self.document, self.asked)


class Baseline:
    """Records a ``fraction`` of the answers of ``upstreams`` while it is entered; leaving it writes what waits, for up to
    ``drain`` seconds.

    Nobody waits for it: one task hands record after record to a thread, and pictures of up to ``room`` bytes wait for
    their turn. What finds no room, neither there nor on the disk, is lost and told to ``observer``. Whether a picture is in
    the sample follows from the picture itself. What a caller marked ``no-store`` is never recorded.
    """

    def __init__(
        self,
        store: BaselineStore,
        upstreams: Collection[str],
        *,
        observer: Observer,
        room: int,
        fraction: float = 1.0,
        drain: float = 5.0,
        now: Callable[[], datetime] = wall_clock,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._upstreams = frozenset(upstreams)
        self._observer = observer
        self._room = room
        self._fraction = fraction
        self._drain = drain
        self._now = now
        self._clock = clock
        self._sleep = sleep
        self._waiting: deque[_Waiting] = deque()
        self._held = 0
        self._unsettled = 0
        self._wake = asyncio.Event()
        self._closing = False
        self._working = True
        self._writing = BackgroundTasks(1)

    async def __aenter__(self) -> Self:
        self._writing.start(self._write_all(), name="baseline")
        self._tidying = tasks.start(self._tidy_forever(), name="baseline retention")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self._wake.set()
        await tasks.stop(self._tidying)
        await self._writing.drain(self._drain)
        if self._unsettled:
            self._lost("stop", self._unsettled)
        else:
            await asyncio.to_thread(self._store.close)

    def around(self, upstream: str, recognizer: Recognizer) -> Recognizer:
        """``recognizer`` with its answers recorded, where they are to be."""
        return _Recorded(recognizer, self) if upstream in self._upstreams else recognizer

    def keep(self, query: Query, recognition: Recognition) -> None:
        """Take the answer down if it is in the sample. Returns at once, whatever the disk does."""
        image = query.image
        if query.no_store or lot(image, "baseline") >= self._fraction:
            return
        size = kept_alive(image)
        if self._closing or self._held + size > self._room:
            self._lost("stop" if self._closing else "queue")
            return
        asked = Asked(
            time=self._now(),
            upstream=recognition.upstream,
            request_id=query.request_id,
            country_region=tuple(sorted(query.countries)),
            id_type=tuple(sorted(query.types)),
        )
        self._waiting.append(_Waiting(self._clock() + HEAD_START, image, recognition.document, asked, size))
        self._held += size
        self._unsettled += 1
        self._wake.set()

    async def _write_all(self) -> None:
        while self._waiting or not self._closing:
            if not self._waiting:
                self._wake.clear()
                await self._wake.wait()
                continue
            waiting = self._waiting.popleft()
            reason = await self._write(waiting)
            self._held -= waiting.size
            self._unsettled -= 1
            if reason:
                self._lost(reason)
            else:
                self._observer(BaselineWritten(1))

    async def _write(self, waiting: _Waiting) -> str:
        """Put one answer on file; why that could not be, else nothing."""
        await self._sleep(max(0.0, waiting.due - self._clock()))
        adding = asyncio.to_thread(lambda: self._store.add(waiting.record(), waiting.asked.time.date()))
        (outcome,) = await asyncio.gather(adding, return_exceptions=True)
        match outcome:
            case OSError():
                self._say(working=False, why=outcome.strerror or type(outcome).__name__)
                return "disk"
            case BaseException():  # its text may hold anything
                self._say(working=False, why=type(outcome).__name__)
                return "failed"
            case False:
                self._say(working=False, why="its folder is as large as it may be")
                return "full"
        self._say(working=True)
        return ""

    async def _tidy_forever(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._store.tidy, self._now().date())
            except OSError as error:
                logger.error("old records of the baseline cannot be deleted: %s", error.strerror)  # noqa: TRY400
            await self._sleep(TIDY_EVERY)

    def _lost(self, reason: str, records: int = 1) -> None:
        self._observer(BaselineWritten(0, records, reason))

    def _say(self, *, working: bool, why: str = "") -> None:
        if working != self._working:
            self._working = working
            if working:
                logger.warning("the baseline is recorded again")
            else:
                logger.error("the baseline is not recorded: %s", why)


class _Recorded:
    """One upstream whose answers are taken down once it has given them."""

    def __init__(self, recognizer: Recognizer, baseline: Baseline) -> None:
        self._recognizer = recognizer
        self._baseline = baseline

    async def recognize(self, query: Query, /) -> Recognition:
        recognition = await self._recognizer.recognize(query)
        self._baseline.keep(query, recognition)
        return recognition
