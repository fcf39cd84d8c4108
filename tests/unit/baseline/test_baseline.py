from __future__ import annotations

import asyncio
import logging
import threading
from datetime import date, timedelta

import pytest

from gateway.baseline.baseline import HEAD_START, TIDY_EVERY, Baseline
from gateway.baseline.read import read_baseline
from gateway.baseline.record import BaselineRecord
from gateway.errors import UpstreamUnavailable
from gateway.events import BaselineWritten, Event
from gateway.model import DocumentType, Query, Recognition
from tests.fakes import Events, FakeRecognizer, make_image, make_query
from tests.unit.baseline.records import DOCUMENT, MONDAY, NOON, PICTURE, make_store, opening

ANSWER = Recognition(DOCUMENT, "original")


class Disk:
    """Stands where the store stands; full, broken or hanging when told to."""

    def __init__(self, outcome: bool | Exception = True) -> None:
        self.outcome = outcome
        self.added: list[tuple[BaselineRecord, date]] = []
        self.tidied: list[date] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.closed = False

    def add(self, record: BaselineRecord, day: date) -> bool:
        assert self.may_go_on.wait(10)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        if self.outcome:
            self.added.append((record, day))
        return self.outcome

    def tidy(self, today: date) -> None:
        self.tidied.append(today)

    def close(self) -> None:
        self.closed = True


class Naps:
    """Sleeps that are over at once, but for those between two looks at the retention: each of them ends when told to."""

    def __init__(self) -> None:
        self.taken: list[float] = []
        self._long = asyncio.Event()
        self._an_hour_passed = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        if seconds == TIDY_EVERY:
            self._long.set()
            await self._an_hour_passed.wait()
            self._an_hour_passed.clear()

    async def until_long(self) -> None:
        """Until the long one is being slept."""
        await self._long.wait()

    def an_hour_passes(self) -> None:
        self._long.clear()
        self._an_hour_passed.set()


class Told(Events):
    """Events that can be waited for."""

    def __init__(self) -> None:
        self._more = asyncio.Event()

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        self._more.set()

    async def until(self, number: int) -> None:
        while len(self) < number:
            self._more.clear()
            await self._more.wait()


def recorder(disk, events=None, **options) -> Baseline:
    settings = {"room": 10**6, "now": lambda: NOON, "sleep": Naps(), "drain": 5.0, **options}
    return Baseline(disk, ["original"], observer=Events() if events is None else events, **settings)


def query(**changes) -> Query:
    return make_query(image=make_image(base64=None, content=PICTURE, size=len(PICTURE)), **changes)


async def test_an_answer_is_given_and_then_recorded(tmp_path):
    events, naps = Events(), Naps()
    baseline = recorder(make_store(tmp_path), events, sleep=naps, clock=lambda: 100.0)
    async with baseline:
        asked = query(request_id="the-id", countries=frozenset({"THA"}), types=frozenset({DocumentType.IDENTITY_CARD}))
        answer = await baseline.around("original", FakeRecognizer("original", DOCUMENT)).recognize(asked)
    assert answer == ANSWER
    (record,) = await asyncio.to_thread(lambda: list(read_baseline([tmp_path], opening())))
    assert (record.picture, record.document) == (PICTURE, DOCUMENT)
    assert (record.asked.time, record.asked.upstream, record.asked.request_id) == (NOON, "original", "the-id")
    assert (record.asked.country_region, record.asked.id_type) == (("THA",), (DocumentType.IDENTITY_CARD,))
    assert events == [BaselineWritten(1)]
    assert pytest.approx(HEAD_START) in naps.taken


async def test_nothing_is_done_before_the_answer_has_its_head_start():
    disk, gone_out = Disk(), asyncio.Event()

    async def sleep(seconds: float) -> None:
        await (asyncio.Event() if seconds == TIDY_EVERY else gone_out).wait()

    async with recorder(disk, sleep=sleep) as baseline:
        baseline.keep(query(), ANSWER)
        for _ in range(10):
            await asyncio.sleep(0)
        assert disk.added == []
        gone_out.set()
    assert len(disk.added) == 1


async def test_inline_pictures_are_kept_as_files():
    disk = Disk()
    async with recorder(disk) as baseline:
        baseline.keep(make_query(), ANSWER)
    ((record, day),) = disk.added
    assert bytes(record.picture).startswith(b"\xff\xd8")
    assert day == MONDAY


async def test_only_the_named_upstreams_are_recorded():
    other = FakeRecognizer("other")
    assert recorder(Disk()).around("other", other) is other


async def test_failures_are_not_recorded_and_pass():
    disk = Disk()
    async with recorder(disk) as baseline:
        with pytest.raises(UpstreamUnavailable):
            await baseline.around("original", FakeRecognizer("original", UpstreamUnavailable())).recognize(query())
    assert disk.added == []


async def test_who_forbids_keeping_is_obeyed():
    disk, events = Disk(), Events()
    async with recorder(disk, events) as baseline:
        baseline.keep(query(no_store=True), ANSWER)
    assert (disk.added, events) == ([], [])


async def test_the_sample_is_the_same_everywhere():
    pictures = [make_image(base64=None, content=bytes([number]) * 50, size=50) for number in range(200)]
    kept = []
    for fraction in (0.3, 0.3, 0.6):
        disk = Disk()
        async with recorder(disk, fraction=fraction) as baseline:
            for image in pictures:
                baseline.keep(make_query(image=image), ANSWER)
        kept.append({bytes(record.picture) for record, _ in disk.added})
    assert kept[0] == kept[1] < kept[2]
    assert 35 < len(kept[0]) < 90


async def test_a_hanging_disk_holds_up_nobody_and_keeps_no_more_than_it_may():
    disk, events = Disk(), Events()
    disk.may_go_on.clear()
    async with recorder(disk, events, room=3 * len(PICTURE)) as baseline:
        for _ in range(5):
            baseline.keep(query(), ANSWER)
        assert events == [BaselineWritten(0, 1, "queue")] * 2
        disk.may_go_on.set()
    assert len(disk.added) == 3
    assert events[2:] == [BaselineWritten(1)] * 3


async def test_room_is_free_again_after_writing():
    disk, events = Disk(), Told()
    async with recorder(disk, events, room=len(PICTURE)) as baseline:
        for number in (1, 2, 3):
            baseline.keep(query(), ANSWER)
            await events.until(number)
    assert events == [BaselineWritten(1)] * 3
    assert len(disk.added) == 3


@pytest.mark.parametrize(
    ("outcome", "reason", "why"),
    [
        (OSError(28, "No space left on device"), "disk", "No space left on device"),
        (False, "full", "its folder is as large as it may be"),
        (ValueError("a canary"), "failed", "ValueError"),
    ],
)
async def test_what_cannot_be_written_is_lost_counted_and_told_once(caplog, outcome, reason, why):
    disk, events = Disk(outcome), Told()
    with caplog.at_level(logging.WARNING):
        async with recorder(disk, events) as baseline:
            for _ in range(3):
                baseline.keep(query(), ANSWER)
            await events.until(3)
            disk.outcome = True
            baseline.keep(query(), ANSWER)
    assert events == [BaselineWritten(0, 1, reason)] * 3 + [BaselineWritten(1)]
    assert [record.getMessage() for record in caplog.records] == [
        f"the baseline is not recorded: {why}",
        "the baseline is recorded again",
    ]


async def test_what_does_not_get_written_before_the_end_is_lost():
    disk, events = Disk(), Events()
    disk.may_go_on.clear()
    async with recorder(disk, events, drain=0.0) as baseline:
        baseline.keep(query(), ANSWER)
        baseline.keep(query(), ANSWER)
        await asyncio.sleep(0)
    baseline.keep(query(), ANSWER)
    disk.may_go_on.set()
    assert events == [BaselineWritten(0, 2, "stop"), BaselineWritten(0, 1, "stop")]
    assert not disk.closed


async def test_leaving_writes_what_waits_and_closes():
    disk = Disk()
    async with recorder(disk) as baseline:
        for _ in range(20):
            baseline.keep(query(), ANSWER)
    assert len(disk.added) == 20
    assert disk.closed


async def test_old_records_go_without_a_request_coming():
    disk, naps, today = Disk(), Naps(), NOON
    async with recorder(disk, sleep=naps, now=lambda: today):
        await naps.until_long()
        today += timedelta(days=1)
        naps.an_hour_passes()
        await naps.until_long()
    assert disk.tidied == [MONDAY, MONDAY + timedelta(days=1)]


async def test_records_that_cannot_be_deleted_are_told_and_tried_again(caplog, tmp_path):
    naps = Naps()
    async with recorder(make_store(tmp_path / "missing"), sleep=naps):
        await naps.until_long()
        naps.an_hour_passes()
        await naps.until_long()
    messages = [record.getMessage() for record in caplog.records]
    assert messages == ["old records of the baseline cannot be deleted: No such file or directory"] * 2
