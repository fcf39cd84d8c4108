import asyncio
import gc
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from gateway.errors import InvalidParameter, NoDocument, NoRoute, UpstreamTimeout
from gateway.model import IdDocument, Recognition, Trail
from gateway.shadow.backlog import HEAD_START, Backlog
from gateway.shadow.mirror import GRACE
from gateway.state.memory import MemoryStore
from gateway.state.purse import Purse
from tests.fakes import make_image
from tests.unit.shadow.benches import NOON, Bench, Reader, a_query, loop_time, now, picture
from tests.virtual_time import virtual_time

READ = IdDocument(country_region="THA", last_name="TUAYANG", document_number="X1234567")
OTHER = replace(READ, last_name="MANEE")


def bench(*, ours=READ, theirs=OTHER, seconds=1.0, their_seconds=2.0, **changes) -> Bench:
    return Bench(Reader("bangkok", ours, seconds=seconds), Reader("azure", theirs, seconds=their_seconds), **changes)


def a_purse(budget) -> Purse:
    return Purse(MemoryStore(clock=loop_time), "shadow:thai", budget, now=now)


@virtual_time
async def test_the_caller_is_answered_first_and_the_other_asked_then():
    made = bench()
    recognition = await made.ask()
    assert recognition == Recognition(READ, "bangkok")
    assert loop_time() == 1001
    assert (made.candidate.asked, made.events) == ([], [])
    await made.backlog.drain(60)
    assert made.candidate.moments == [1 + HEAD_START]
    (found,) = made.findings
    assert (found.control, found.candidate, found.kind, found.outcome) == ("bangkok", "azure", "shadow", "ok")
    assert found.results == {"country_region": "exact", "last_name": "conflict", "document_number": "exact"}
    assert (found.control_seconds, found.candidate_seconds, found.cost) == (1, 2, 0.5)


@virtual_time
async def test_the_second_question_is_the_callers_with_a_life_of_its_own():
    made = bench(timeout=7)
    query = a_query(countries=frozenset({"THA"}), request_id="r1", target="bangkok", alone=True, insist=True)
    await made.shadow.recognize(query)
    await made.backlog.drain(60)
    ((moment, asked),) = made.candidate.asked
    assert asked == replace(
        query, deadline=moment + 7, purpose="shadow", target="", alone=False, insist=False, trail=Trail()
    )
    assert asked.image is query.image
    assert [attempt.upstream for attempt in query.trail] == ["bangkok"]
    assert query.trail.cost == 0.5


@pytest.mark.parametrize(
    ("theirs", "their_seconds", "outcome", "seconds"),
    [
        (OTHER, 3600.0, "timeout", 7 + GRACE),
        (NoDocument(), 1.0, "no_document", 1.0),
        (UpstreamTimeout(), 5.0, "timeout", 5.0),
        (KeyError("a bug"), 1.0, "internal_error", 1.0),
    ],
)
def test_whatever_becomes_of_the_candidate_the_caller_does_not_notice(theirs, their_seconds, outcome, seconds):
    @virtual_time
    async def unnoticed():
        made = bench(theirs=theirs, their_seconds=their_seconds, timeout=7)
        for _ in range(3):
            begun = loop_time()
            assert await made.ask() == Recognition(READ, "bangkok")
            assert loop_time() == begun + 1
        await made.backlog.drain(3600)
        assert [(found.outcome, found.candidate_seconds) for found in made.findings] == [(outcome, seconds)] * 3
        assert [found.results for found in made.findings] == [{}] * 3

    unnoticed()


@virtual_time
async def test_a_candidate_that_cannot_even_be_considered_is_not_the_callers_business(caplog):
    def broken(_query):
        raise KeyError("a value of somebody's")

    made = bench(supports=broken)
    with caplog.at_level(logging.ERROR):
        assert (await made.ask()).upstream == "bangkok"
    assert [record.getMessage() for record in caplog.records] == ["a comparison could not be begun"]
    assert (made.candidate.asked, made.events) == ([], [])


@virtual_time
async def test_an_error_goes_to_the_caller_and_is_compared_too():
    made = bench(ours=NoDocument())
    with pytest.raises(NoDocument):
        await made.ask()
    await made.backlog.drain(60)
    (found,) = made.findings
    assert (found.control, found.control_outcome, found.outcome) == ("bangkok", "no_document", "ok")
    assert (found.results, found.country) == ({}, "THA")


@pytest.mark.parametrize("error", [InvalidParameter(), NoRoute()])
def test_what_no_upstream_was_asked_is_not_compared(error):
    class Refuses(Reader):
        async def recognize(self, query, /):
            if isinstance(error, InvalidParameter):
                return await super().recognize(query)
            raise error

    @virtual_time
    async def not_compared():
        made = Bench(Refuses("bangkok", error), Reader("azure"))
        with pytest.raises(type(error)):
            await made.ask()
        assert (made.backlog.size, made.events) == (0, [])

    not_compared()


@virtual_time
async def test_a_caller_who_hangs_up_before_the_answer_leaves_nothing_to_compare():
    made = bench()
    asking = asyncio.get_running_loop().create_task(made.ask())
    await asyncio.sleep(0.5)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (made.backlog.size, made.candidate.asked, made.events) == (0, [], [])


@virtual_time
async def test_a_caller_who_hangs_up_after_the_answer_stops_nothing():
    made = bench()

    async def handler():
        await made.ask()
        await asyncio.sleep(3600)  # the answer is on its way out

    handling = asyncio.get_running_loop().create_task(handler())
    await asyncio.sleep(1.5)
    assert made.candidate.under_way == 1
    handling.cancel()
    await made.backlog.drain(60)
    assert made.candidate.cancelled == 0
    assert [found.outcome for found in made.findings] == ["ok"]


@virtual_time
async def test_the_same_picture_always_or_never():
    made = bench(seconds=0.0, fraction=0.3)
    for number in [*range(200), *range(200)]:
        await made.ask(image=picture(number))
        await made.backlog.drain(60)
    seen = [query.image.content for _, query in made.candidate.asked]
    first, again = seen[: len(seen) // 2], seen[len(seen) // 2 :]
    assert first == again
    assert 35 <= len(first) <= 85
    wider = bench(seconds=0.0, fraction=0.6)
    for number in range(200):
        await wider.ask(image=picture(number))
        await wider.backlog.drain(60)
    assert set(first) < {query.image.content for _, query in wider.candidate.asked}


@virtual_time
async def test_one_at_a_time_unless_more_are_allowed():
    for concurrency in (1, 3):
        made = bench(seconds=0.0, their_seconds=5.0, concurrency=concurrency)
        for _ in range(6):
            await made.ask()
        await made.backlog.drain(60)
        assert (made.candidate.most, len(made.findings)) == (concurrency, 6)


@virtual_time
async def test_what_finds_no_room_is_dropped_and_counted():
    made = bench(seconds=0.0, queue=2)
    for _ in range(5):
        await made.ask()
    assert made.drops == [("azure", "queue")] * 2
    await made.backlog.drain(60)
    assert len(made.findings) == 3
    full = bench(seconds=0.0, backlog=Backlog(memory=1))
    await full.ask()
    assert full.drops == [("azure", "bytes")]


@virtual_time
async def test_reasons_not_to_ask():
    assert await reasons(busy=lambda: True) == [("azure", "load")]
    assert await reasons(supports=lambda query: "THA" not in query.countries) == [("azure", "unsupported")]
    assert await reasons(until=NOON) == [("azure", "ended")]
    assert await reasons(until=NOON + timedelta(days=1)) == []


async def reasons(**changes):
    made = bench(seconds=0.0, **changes)
    await made.ask(countries=frozenset({"THA"}))
    asked = await made.backlog.drain(60), len(made.candidate.asked)
    assert asked == (0, 0 if made.drops else 1)
    return made.drops


@virtual_time
async def test_the_end_date_comes():
    made = bench(until=NOON + timedelta(seconds=10))
    for _ in range(12):
        await made.ask()
    await made.backlog.drain(60)
    assert (len(made.findings), made.drops) == (9, [("azure", "ended")] * 3)


@virtual_time
async def test_a_days_money_is_spent_and_not_more_than_what_is_under_way():
    made = bench(seconds=0.0, purse=a_purse(1.25))
    for _ in range(5):
        await made.ask()
    await made.backlog.drain(60)
    assert [found.cost for found in made.findings] == [0.5, 0.5, 0.5]
    assert made.drops == [("azure", "budget")] * 2
    await asyncio.sleep(86400)
    await made.ask()
    await made.backlog.drain(60)
    assert len(made.findings) == 4


@virtual_time
async def test_attempts_that_fail_or_are_broken_off_are_paid_as_well():
    purse = a_purse(1.0)
    made = bench(theirs=NoDocument(), seconds=0.0, their_seconds=3600.0, timeout=7, purse=purse)
    await made.ask()
    await made.backlog.drain(60)
    made.candidate.seconds = 1.0
    await made.ask()
    await made.backlog.drain(60)
    assert [found.cost for found in made.findings] == [0.5, 0.5]
    assert await purse.empty_for() > 0


@virtual_time
async def test_the_control_asked_again_tells_the_noise():
    made = bench(noise=1.0)
    await made.ask(image=picture(1))
    await made.backlog.drain(60)
    kinds = {found.kind: found for found in made.findings}
    assert set(kinds) == {"shadow", "noise"}
    noise = kinds["noise"]
    assert (noise.control, noise.candidate, set(noise.results.values())) == ("bangkok", "bangkok", {"exact"})
    assert [query.purpose for _, query in made.control.asked] == ["", "shadow"]


@virtual_time
async def test_noise_is_a_share_of_what_is_compared():
    made = bench(seconds=0.0, their_seconds=0.0, fraction=0.5, noise=0.2)
    for number in range(400):
        await made.ask(image=picture(number))
        await made.backlog.drain(60)
    kinds = [found.kind for found in made.findings]
    assert 150 < kinds.count("shadow") < 250
    assert 0.1 < kinds.count("noise") / kinds.count("shadow") < 0.3
    failing = bench(ours=NoDocument(), noise=1.0)
    with pytest.raises(NoDocument):
        await failing.ask()
    await failing.backlog.drain(60)
    assert [found.kind for found in failing.findings] == ["shadow"]


@virtual_time
async def test_after_the_cutover_it_is_the_reverse():
    made = bench(reverse=True)
    await made.ask()
    await made.backlog.drain(60)
    assert [(found.kind, found.control, found.candidate) for found in made.findings] == [
        ("reverse", "bangkok", "azure")
    ]


@virtual_time
async def test_a_candidate_that_gave_the_answer_is_not_compared_with_itself():
    made = bench(noise=1.0)
    made.control.name = "azure"
    await made.ask()
    await made.backlog.drain(60)
    assert (made.candidate.asked, made.events) == ([], [])


@virtual_time
async def test_at_the_end_what_waits_is_dropped():
    made = bench(seconds=0.0, their_seconds=5.0)
    for _ in range(3):
        await made.ask()
    assert await made.backlog.drain(6) == 2
    assert (len(made.findings), made.drops) == (1, [("azure", "stop")] * 2)


@virtual_time
async def test_pictures_are_let_go_at_once():
    """The body can be changed only when no view into it is left, in a queue or in some error's traceback."""
    made = bench(theirs=NoDocument(), noise=1.0)
    body = bytearray(b"x" * 100)
    gc.disable()
    try:
        await made.ask(image=make_image(base64=memoryview(body)))
        with pytest.raises(BufferError):
            body.clear()
        await made.backlog.drain(60)
        made.control.asked.clear()
        made.candidate.asked.clear()
        made.candidate.outcome = READ  # the error knows where it was raised
        body.clear()
    finally:
        gc.enable()
    assert len(made.findings) == 2
