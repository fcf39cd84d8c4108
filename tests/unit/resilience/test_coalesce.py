import asyncio

import pytest

from gateway.errors import DeadlineExceeded, NoDocument
from gateway.model import Attempt, IdDocument, Query, Recognition
from gateway.resilience.coalesce import Coalesce
from tests.fakes import make_image, make_query

READ = IdDocument(document_number="X1")


class Held:
    """Answers when it is let, with ``end``."""

    def __init__(self, end: IdDocument | BaseException = READ) -> None:
        self.end = end
        self.calls: list[Query] = []
        self.cancelled = 0
        self.go = asyncio.Event()

    async def recognize(self, query: Query, /) -> Recognition:
        self.calls.append(query)
        query.trail.route = "thai"
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if isinstance(self.end, BaseException):
            raise self.end
        return Recognition(self.end, "a")


async def begun(coalesce: Coalesce, *queries: Query) -> list[asyncio.Task[Recognition]]:
    """All of them under way."""
    asking = [asyncio.get_running_loop().create_task(coalesce.recognize(query)) for query in queries]
    for _ in range(3):
        await asyncio.sleep(0)
    return asking


async def ended(task: asyncio.Task[Recognition]) -> None:
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_equal_requests_share_one_answer():
    held = Held()
    coalesce = Coalesce(held)
    queries = [make_query(request_id=name) for name in "abc"]
    asking = await begun(coalesce, *queries)
    held.go.set()
    assert [await task for task in asking] == [Recognition(READ, "a")] * 3
    assert [query.trail.cache for query in queries] == ["", "coalesced", "coalesced"]
    assert {query.trail.route for query in queries} == {"thai"}
    assert len(held.calls) == 1


async def test_a_later_request_is_asked_anew():
    held = Held()
    held.go.set()
    coalesce = Coalesce(held)
    await coalesce.recognize(make_query())
    await coalesce.recognize(make_query())
    assert len(held.calls) == 2


async def test_what_differs_is_not_shared():
    held = Held()
    asking = await begun(
        Coalesce(held), make_query(), make_query(caller="b"), make_query(image=make_image(base64=b"/9j/BBBB"))
    )
    held.go.set()
    await asyncio.gather(*asking)
    assert len(held.calls) == 3


async def test_followers_survive_a_leader_that_goes_away():
    held = Held()
    leader, follower = await begun(Coalesce(held), make_query(), make_query())
    leader.cancel()
    await ended(leader)
    held.go.set()
    assert (await follower).upstream == "a"
    assert (len(held.calls), held.cancelled) == (1, 0)


class Paying(Held):
    """Makes an attempt before and one after it is let, and one more where it is called off."""

    async def recognize(self, query: Query, /) -> Recognition:
        query.trail.add(Attempt("a", "unavailable", 0.1, 1.0))
        try:
            recognition = await super().recognize(query)
        except asyncio.CancelledError:
            query.trail.add(Attempt("b", "cancelled", 0.1, 2.0))
            raise
        query.trail.add(Attempt("b", "ok", 0.1, 4.0))
        return recognition


async def test_who_came_first_answers_for_every_attempt():
    paying = Paying()
    queries = [make_query() for _ in range(3)]
    asking = await begun(Coalesce(paying), *queries)
    paying.go.set()
    await asyncio.gather(*asking)
    assert [query.trail.cost for query in queries] == [5.0, 0.0, 0.0]


async def test_the_next_in_line_answers_for_what_comes_after_the_leader_left():
    paying = Paying()
    queries = [make_query() for _ in range(4)]
    asking = await begun(Coalesce(paying), *queries)
    for early in (2, 0):
        asking[early].cancel()
        await ended(asking[early])
    paying.go.set()
    await asyncio.gather(asking[1], asking[3])
    assert [query.trail.cost for query in queries] == [1.0, 4.0, 0.0, 0.0]
    assert [query.trail.route for query in queries] == ["thai"] * 4


async def test_the_last_to_leave_answers_for_what_was_called_off():
    paying = Paying()
    queries = [make_query() for _ in range(2)]
    for task in await begun(Coalesce(paying), *queries):
        task.cancel()
        await ended(task)
    assert [query.trail.cost for query in queries] == [1.0, 2.0]


async def test_the_work_stops_when_nobody_waits_any_more():
    held = Held()
    coalesce = Coalesce(held)
    leader, follower = await begun(coalesce, make_query(), make_query())
    for task in (follower, leader):
        task.cancel()
        await ended(task)
    assert held.cancelled == 1
    held.go.set()
    await coalesce.recognize(make_query())
    assert len(held.calls) == 2


async def test_an_error_is_everybodys():
    held = Held(NoDocument())
    asking = await begun(Coalesce(held), make_query(), make_query())
    held.go.set()
    for task in asking:
        with pytest.raises(NoDocument):
            await task


async def test_who_has_more_time_begins_anew_where_the_leaders_ran_out():
    held = Held(DeadlineExceeded())
    hurried, patient, equal = make_query(deadline=10.0), make_query(deadline=20.0), make_query(deadline=10.0)
    first, second, third = await begun(Coalesce(held), hurried, patient, equal)
    held.go.set()
    with pytest.raises(DeadlineExceeded):
        await first
    with pytest.raises(DeadlineExceeded):
        await third
    held.end = READ
    assert (await second).document is READ
    assert patient.trail.cache == ""


async def test_nothing_is_left_behind():
    held = Held()
    coalesce = Coalesce(held)
    asking = await begun(coalesce, make_query(), make_query(caller="b"))
    held.go.set()
    await asyncio.gather(*asking)
    await asyncio.sleep(0)
    assert coalesce.flights == {}
