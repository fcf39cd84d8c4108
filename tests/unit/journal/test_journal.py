from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gateway.events import FailedOver, JournalWritten, RequestFinished
from gateway.journal.comparison import comparison_entry
from gateway.journal.entry import RequestEntry
from gateway.journal.file import JournalFile
from gateway.journal.journal import Journal
from gateway.journal.read import read_journal
from tests.fakes import Events
from tests.unit.journal.test_comparison import COMPARED

MIDNIGHT = datetime(2026, 1, 6, tzinfo=UTC)


def request(number: int = 0) -> RequestFinished:
    return RequestFinished("default", "local", "ok", 200, 0.1, 0.05, request_id=f"id-{number}")


class Disk:
    """Stands where the file stands; fails or waits when told to."""

    def __init__(self, error: OSError | None = None) -> None:
        self.error = error
        self.batches: list[tuple[date, int]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.closed = False

    def append(self, lines: bytes, day: date) -> None:
        assert self.may_go_on.wait(10)
        if self.error:
            raise self.error
        self.batches.append((day, lines.count(b"\n")))

    def close(self) -> None:
        self.closed = True


def entries_of(folder):
    return list(read_journal([folder]))


def journal(disk, events=None, **options) -> Journal:
    return Journal(disk, observer=Events() if events is None else events, **({"room": 100} | options))


async def test_every_finished_request_is_a_line_and_nothing_else_is(tmp_path):
    events = Events()
    async with journal(JournalFile(tmp_path, max_bytes=10_000, sync=False), events, now=lambda: MIDNIGHT) as kept:
        for number in range(3):
            kept(request(number))
        kept(FailedOver("default", "a", "b", "timeout"))
    entries = await asyncio.to_thread(entries_of, tmp_path)
    assert [entry.request_id for entry in entries] == ["id-0", "id-1", "id-2"]
    assert {entry.time for entry in entries} == {MIDNIGHT}
    assert sum(event.lines for event in events) == 3
    assert not any(event.lost for event in events)


async def test_a_comparison_is_a_line_too(tmp_path):
    async with journal(JournalFile(tmp_path, max_bytes=10_000, sync=False), now=lambda: MIDNIGHT) as kept:
        kept(request(1))
        kept(COMPARED)
    asked, compared = await asyncio.to_thread(entries_of, tmp_path)
    assert isinstance(asked, RequestEntry)
    assert compared == comparison_entry(COMPARED, MIDNIGHT)


async def test_whoever_waits_learns_that_the_line_is_on_file(tmp_path):
    async with journal(JournalFile(tmp_path, max_bytes=10_000, sync=True)) as kept:
        assert await kept.record(request(1))
        assert [entry.request_id for entry in await asyncio.to_thread(entries_of, tmp_path)] == ["id-1"]
        assert kept.working


async def test_lines_that_come_while_one_is_written_go_together():
    disk = Disk()
    disk.may_go_on.clear()
    async with journal(disk, now=lambda: MIDNIGHT) as kept:
        first = kept.record(request())
        await asyncio.sleep(0)
        rest = [kept.record(request(number)) for number in range(20)]
        disk.may_go_on.set()
        assert all(await asyncio.gather(first, *rest))
    assert [lines for _, lines in disk.batches] == [1, 20]
    assert disk.closed


async def test_a_batch_ends_with_its_day():
    moments = iter([MIDNIGHT - timedelta(seconds=1), MIDNIGHT - timedelta(microseconds=1), MIDNIGHT])
    disk = Disk()
    async with journal(disk, now=lambda: next(moments)) as kept:
        for _ in range(3):
            kept(request())
    assert disk.batches == [(date(2026, 1, 5), 2), (date(2026, 1, 6), 1)]


async def test_a_line_without_room_is_lost_and_counted():
    disk, events = Disk(), Events()
    disk.may_go_on.clear()
    async with journal(disk, events, room=2) as kept:
        kept(request())
        await asyncio.sleep(0)  # under way, and no longer waiting
        waiting = [kept.record(request()) for _ in range(2)]
        assert not await kept.record(request())
        assert events == [JournalWritten(0, 1, "queue")]
        disk.may_go_on.set()
        assert all(await asyncio.gather(*waiting))
        assert await kept.record(request())
    assert sum(event.lines for event in events) == 4


async def test_a_disk_that_fails_loses_lines_says_so_once_and_is_tried_again(caplog):
    disk, events = Disk(OSError(28, "No space left on device", "/secret/place")), Events()
    async with journal(disk, events) as kept:
        for _ in range(3):
            assert not await kept.record(request())
            assert not kept.working
        disk.error = None
        assert await kept.record(request())
        assert kept.working
    assert events == [JournalWritten(0, 1, "disk")] * 3 + [JournalWritten(1)]
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (logging.ERROR, "the journal cannot be written: No space left on device"),
        (logging.WARNING, "the journal is written again"),
    ]


async def test_nobody_waits_for_ever_for_a_disk_that_hangs():
    disk = Disk()
    disk.may_go_on.clear()
    async with journal(disk, patience=0.01) as kept:
        assert not await kept.record(request())
        assert not kept.working
        disk.may_go_on.set()
    assert kept.working
    assert sum(lines for _, lines in disk.batches) == 1


async def test_leaving_writes_what_waits():
    disk = Disk()
    async with journal(disk, room=2000, now=lambda: MIDNIGHT) as kept:
        for number in range(1500):
            kept(request(number))
    assert sum(lines for _, lines in disk.batches) == 1500
    assert disk.closed


async def test_leaving_gives_up_in_time_and_counts_what_is_lost():
    disk, events = Disk(), Events()
    disk.may_go_on.clear()
    kept = journal(disk, events, drain=0.01)
    async with kept:
        under_way = kept.record(request())
        await asyncio.sleep(0)
        waiting = kept.record(request())
    assert events == [JournalWritten(0, 2, "stop")]
    assert not await under_way
    assert not await waiting
    assert not await kept.record(request())
    assert events == [JournalWritten(0, 2, "stop"), JournalWritten(0, 1, "stop")]
    disk.may_go_on.set()


async def test_a_caller_that_stops_waiting_disturbs_nobody():
    disk = Disk()
    disk.may_go_on.clear()
    async with journal(disk) as kept:
        gone, stays = kept.record(request()), kept.record(request())
        await asyncio.sleep(0)
        gone.cancel()
        disk.may_go_on.set()
        assert await stays
    assert sum(lines for _, lines in disk.batches) == 2


@pytest.mark.parametrize("canary", ["token-canary"])
async def test_no_text_of_a_line_shows_in_a_repr(canary):
    disk = Disk()
    disk.may_go_on.clear()
    async with journal(disk) as kept:
        kept(replace(request(), request_id=canary))
        kept(replace(request(), request_id=canary))
        assert canary not in repr(kept._waiting)
        disk.may_go_on.set()
