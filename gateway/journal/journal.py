"""The journal as an Observer and a Recorder: lines wait in a bounded queue, and one task puts them on file."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Self

import msgspec

from gateway.clock import wall_clock
from gateway.events import Event, JournalWritten, Observer, RequestFinished
from gateway.journal.entries import Entry, entry_of
from gateway.journal.entry import request_entry
from gateway.journal.file import JournalFile
from gateway.tasks import BackgroundTasks

logger = logging.getLogger(__name__)

_ENCODER = msgspec.json.Encoder()
_BATCH = 512
"""Lines written at once, about 300 KB: what came in while the batch before was on its way, in most cases one."""


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    day: date
    text: bytes = field(repr=False)
    kept: asyncio.Future[bool]


class Journal:
    """Writes one line per finished request or comparison while it is entered; leaving it writes what waits, for up to
    ``drain`` seconds.

    As an Observer it drops lines that find no room or no disk. As a Recorder it tells of each line whether it is on
    file; one that is not after ``patience`` seconds counts as not kept, though it may still be written. Either way the
    loss is told to ``observer``. ``room`` is how many lines may wait.
    """

    def __init__(
        self,
        file: JournalFile,
        *,
        observer: Observer,
        room: int,
        drain: float = 5.0,
        patience: float = 5.0,
        now: Callable[[], datetime] = wall_clock,
    ) -> None:
        self._file = file
        self._observer = observer
        self._room = room
        self._drain = drain
        self._patience = patience
        self._now = now
        self._waiting: deque[_Line] = deque()
        self._under_way: Sequence[_Line] = ()
        self._wake = asyncio.Event()
        self._closing = False
        self._working = True
        self._tasks = BackgroundTasks(1)

    async def __aenter__(self) -> Self:
        self._tasks.start(self._run(), name="journal")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing = True
        self._wake.set()
        await self._tasks.drain(self._drain)
        lost = [*self._under_way, *self._waiting]
        if lost:
            self._settle(lost, "stop")
        else:
            await asyncio.to_thread(self._file.close)

    def __call__(self, event: Event) -> None:
        entry = entry_of(event, self._now())
        if entry is not None:
            self._enter(entry)

    @property
    def working(self) -> bool:
        return self._working

    def record(self, event: RequestFinished, /) -> asyncio.Future[bool]:
        return self._enter(request_entry(event, self._now()))

    def _enter(self, entry: Entry) -> asyncio.Future[bool]:
        loop = asyncio.get_running_loop()
        line = _Line(entry.time.date(), _ENCODER.encode(entry) + b"\n", loop.create_future())
        if len(self._waiting) >= self._room or self._closing:
            self._settle([line], "stop" if self._closing else "queue")
        else:
            self._waiting.append(line)
            self._wake.set()
            timer = loop.call_later(self._patience, self._give_up, line)
            line.kept.add_done_callback(lambda _: timer.cancel())
        return line.kept

    async def _run(self) -> None:
        while self._waiting or not self._closing:
            self._under_way = batch = self._next_batch()
            if not batch:
                self._wake.clear()
                await self._wake.wait()
                continue
            try:
                await asyncio.to_thread(self._file.append, b"".join(line.text for line in batch), batch[0].day)
            except OSError as error:
                self._say(working=False, why=error.strerror or type(error).__name__)
                self._settle(batch, "disk")
            else:
                self._say(working=True)
                self._settle(batch)
            self._under_way = ()

    def _next_batch(self) -> list[_Line]:
        """The lines that have waited longest, all of one day."""
        batch: list[_Line] = []
        while self._waiting and len(batch) < _BATCH and self._waiting[0].day == (batch or self._waiting)[0].day:
            batch.append(self._waiting.popleft())
        return batch

    def _settle(self, batch: Sequence[_Line], lost: str = "") -> None:
        """Tell everybody who waits for these lines what became of them; ``lost`` is the reason where they are not kept."""
        for line in batch:
            _resolve(line.kept, not lost)
        self._observer(JournalWritten(0, len(batch), lost) if lost else JournalWritten(len(batch)))

    def _give_up(self, line: _Line) -> None:
        """The disk hangs: nobody need wait for ``line`` any longer, nor be paid for before the disk is back."""
        self._say(working=False, why="no answer from the disk")
        _resolve(line.kept, False)

    def _say(self, *, working: bool, why: str = "") -> None:
        if working != self._working:
            self._working = working
            if working:
                logger.warning("the journal is written again")
            else:
                logger.error("the journal cannot be written: %s", why)


def _resolve(kept: asyncio.Future[bool], value: bool) -> None:
    if not kept.done():
        kept.set_result(value)
