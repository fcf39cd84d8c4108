from __future__ import annotations

import asyncio
import math
from collections import Counter
from datetime import date

import msgspec
import pytest

from gateway import errors
from gateway.events import AttemptFinished
from gateway.model import DocumentType
from gateway.replay.options import ReplayOptions
from gateway.replay.recordings import Recording, Recordings
from gateway.replay.replay import INLINE, Replay
from tests.fakes import Events, FakeClock, make_image, make_query

TODAY = date(2026, 11, 22)


class Rig:
    """A replay whose time passes when it sleeps, and what it did."""

    def __init__(self, *recorded, price=0.0, timeout=10.0, name="rehearsal", **options):
        self.clock = FakeClock()
        self.slept: list[float] = []
        self.events = Events()
        entries = [msgspec.convert(entry, Recording) for entry in recorded]
        self.replay = Replay(
            name,
            msgspec.convert(options, ReplayOptions),
            self.events,
            price,
            recordings=Recordings(entries) if entries else None,
            timeout=timeout,
            clock=self.clock,
            sleep=self.sleep,
            today=lambda: TODAY,
        )

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.clock.now += seconds

    def query(self, picture: int | str = 0, **changes):
        content = f"picture {picture}".encode()
        image = make_image(base64=None, content=content, size=len(content))
        return make_query(**({"image": image, "deadline": self.clock() + 30} | changes))

    async def ask(self, picture: int | str = 0, **changes):
        return (await self.replay.recognize(self.query(picture, **changes))).document

    async def outcome(self, picture: int | str = 0):
        try:
            await self.ask(picture)
        except errors.GatewayError as error:
            return type(error).__name__
        return "ok"


async def test_an_attempt_as_any_other():
    rig = Rig(price=0.25, latency=1.5)
    query = rig.query(countries=frozenset({"THA"}), types=frozenset({DocumentType.IDENTITY_CARD}))
    recognition = await rig.replay.recognize(query)
    assert recognition.upstream == "rehearsal"
    assert recognition.document.country_region == "THA"
    assert rig.slept == [1.5]
    [attempt] = query.trail
    assert (attempt.upstream, attempt.outcome, attempt.seconds, attempt.cost) == ("rehearsal", "ok", 1.5, 0.25)
    assert rig.events == [AttemptFinished("rehearsal", "primary", "ok", 1.5, None, 0.25)]


async def test_the_kind_of_attempt_that_a_query_makes():
    rig = Rig()
    await rig.ask(purpose="hedge")
    assert [event.kind for event in rig.events] == ["hedge"]


async def test_the_same_run_ends_the_same_in_whatever_order():
    def rig():
        return Rig(faults={"UpstreamUnavailable": 0.3, "NoDocument": 0.2}, latency={"median": 1, "p95": 3}, seed=7)

    async def run(one, pictures):
        return {picture: await one.outcome(picture) for picture in pictures}

    forth, back = await run(rig(), range(60)), await run(rig(), reversed(range(60)))
    assert forth == back
    assert set(forth.values()) == {"ok", "UpstreamUnavailable", "NoDocument"}


async def test_asking_again_is_another_draw():
    rig = Rig(faults={"UpstreamUnavailable": 0.5})
    assert {await rig.outcome("one picture") for _ in range(30)} == {"ok", "UpstreamUnavailable"}


async def test_another_seed_or_name_draws_other_faults():
    rows = []
    for changes in ({}, {"seed": 1}, {"name": "another"}):
        rig = Rig(faults={"UpstreamUnavailable": 0.5}, **changes)
        rows.append([await rig.outcome(picture) for picture in range(40)])
    assert rows[0] != rows[1]
    assert rows[0] != rows[2]


async def test_faults_strike_at_their_rates():
    rig = Rig(faults={"UpstreamUnavailable": 0.1, "UpstreamThrottled": {"rate": 0.2, "retry_after": 2}})
    counts = Counter([await rig.outcome(picture) for picture in range(1000)])
    assert 70 < counts["UpstreamUnavailable"] < 130
    assert 160 < counts["UpstreamThrottled"] < 240
    assert counts["ok"] == 1000 - counts["UpstreamUnavailable"] - counts["UpstreamThrottled"]


async def test_a_fault_tells_the_wait_and_costs_as_it_would():
    rig = Rig(faults={"UpstreamThrottled": {"rate": 1, "retry_after": 2}}, price=0.25)
    with pytest.raises(errors.UpstreamThrottled) as refused:
        await rig.ask()
    assert refused.value.retry_after == 2
    assert [(event.outcome, event.cost) for event in rig.events] == [("throttled", 0.0)]
    rig = Rig(faults={"NoDocument": 1}, price=0.25)
    with pytest.raises(errors.NoDocument):
        await rig.ask()
    assert [(event.outcome, event.cost) for event in rig.events] == [("no_document", 0.25)]


async def test_latencies_are_drawn_as_asked():
    rig = Rig(latency={"median": 0.8, "p95": 2.5}, timeout=1000)
    for picture in range(600):
        await rig.ask(picture, deadline=math.inf)
    drawn = sorted(rig.slept)
    assert drawn[300] == pytest.approx(0.8, rel=0.15)
    assert drawn[570] == pytest.approx(2.5, rel=0.25)


async def test_its_own_time_limit_and_the_requests():
    rig = Rig(latency=60, timeout=8)
    with pytest.raises(errors.UpstreamTimeout):
        await rig.ask()
    assert rig.slept == [8]
    rig = Rig(latency=60, timeout=8)
    with pytest.raises(errors.DeadlineExceeded):
        await rig.ask(deadline=rig.clock() + 3)
    assert rig.slept == [3]
    assert [event.outcome for event in rig.events] == ["deadline_exceeded"]


async def test_a_timeout_that_was_asked_for_is_waited_for():
    rig = Rig(faults={"UpstreamTimeout": 1}, timeout=8)
    with pytest.raises(errors.UpstreamTimeout):
        await rig.ask()
    assert rig.slept == [8]


async def test_no_time_or_no_such_document_is_no_attempt():
    rig = Rig()
    with pytest.raises(errors.DeadlineExceeded):
        await rig.ask(deadline=rig.clock())
    with pytest.raises(errors.UpstreamIncapable):
        await rig.ask(countries=frozenset({"FRA"}))
    assert rig.events == []


async def test_cancelled_in_the_middle():
    events = Events()
    replay = Replay("rehearsal", ReplayOptions(latency=60), events, timeout=100)
    query = make_query(deadline=asyncio.get_running_loop().time() + 200)
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(replay.recognize(query))
        await asyncio.sleep(0)
        asking.cancel()
    assert [attempt.outcome for attempt in query.trail] == ["cancelled"]
    assert [event.outcome for event in events] == ["cancelled"]


async def test_wrong_about_a_share_of_the_pictures_and_always_the_same_ones():
    honest, wrong = Rig(), Rig(wrong={"birth_date": 0.08}, seed=3)
    passports = {"types": frozenset({DocumentType.PASSPORT})}
    differing = []
    for picture in range(500):
        truth, told = await honest.ask(picture, **passports), await wrong.ask(picture, **passports)
        assert told == await wrong.ask(picture, **passports)
        if told.birth_date != truth.birth_date:
            differing.append(picture)
        assert told.document_number == truth.document_number
    assert 25 <= len(differing) <= 55


async def test_a_number_that_cannot_be_is_not_passed_on():
    """The checks that follow every vendor follow this one too."""
    rig = Rig(wrong={"document_number": 1})
    card = await rig.ask(countries=frozenset({"THA"}), types=frozenset({DocumentType.IDENTITY_CARD}))
    assert card.document_number is None


async def test_a_large_picture_is_the_same_picture_however_it_came():
    rig = Rig()
    large = b"x" * (INLINE + 1)
    image = make_image(base64=None, content=large, size=len(large))
    downloaded = await rig.ask(image=image)
    assert downloaded == await rig.ask(image=image)
    assert downloaded != await rig.ask()


async def test_recordings_answer_instead():
    passport = {"country_region": "ALB", "id_type": "PP", "last_name": "SHEMBULLI", "portrait_image": "/9j/"}
    rig = Rig({"document": passport}, {"when": {"country_region": "THA"}, "error": "RecognitionFailed"})
    asked = {"countries": frozenset({"ALB"})}
    assert (await rig.ask(**asked)).portrait_image is None
    assert (await rig.ask(portrait=True, **asked)).portrait_image == b"/9j/"
    with pytest.raises(errors.RecognitionFailed):
        await rig.ask(countries=frozenset({"THA"}))
    with pytest.raises(errors.UpstreamIncapable):
        await rig.ask(countries=frozenset({"VNM"}))


async def test_a_picture_that_nothing_is_recorded_for():
    rig = Rig({"when": {"sha256": "a" * 64}, "document": {"last_name": "X"}})
    with pytest.raises(errors.NoDocument):
        await rig.ask()
