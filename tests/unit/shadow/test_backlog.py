import asyncio
from contextvars import ContextVar

import pytest

from gateway.shadow.backlog import HEAD_START, LONGEST_WAIT, Backlog, kept_alive
from tests.fakes import make_image
from tests.unit.shadow.benches import loop_time
from tests.virtual_time import virtual_time

PICTURE = make_image(base64=b"x" * 100)


class Work:
    """Notes when it begins, and takes ``seconds``."""

    def __init__(self, seconds: float = 1.0):
        self.seconds = seconds
        self.begun: list[float] = []
        self.lost: list[str] = []

    async def __call__(self):
        self.begun.append(round(loop_time() - 1000, 3))
        await asyncio.sleep(self.seconds)


def start(backlog, work, *, upstream="azure", concurrency=1, queue=100, image=PICTURE):
    backlog.start(backlog.lane(upstream, concurrency), queue, image, work, work.lost.append)


@virtual_time
async def test_one_after_the_other_once_the_answer_had_its_head_start():
    backlog, work = Backlog(), Work(1.0)
    for _ in range(3):
        start(backlog, work)
    assert (work.begun, backlog.size, backlog.held) == ([], 3, 300)
    assert await backlog.drain(10) == 0
    assert work.begun == [HEAD_START, HEAD_START + 1, HEAD_START + 2]
    assert (work.lost, backlog.size, backlog.held) == ([], 0, 0)


@virtual_time
async def test_every_upstream_has_its_lane_as_wide_as_the_most_demanding_asks():
    backlog, work, other = Backlog(), Work(1.0), Work(1.0)
    start(backlog, work, concurrency=2)
    start(backlog, work, concurrency=1)
    start(backlog, other, upstream="mindee")
    await backlog.drain(10)
    assert work.begun == [HEAD_START, HEAD_START]
    assert other.begun == [HEAD_START]


@pytest.mark.parametrize(("queue", "taken"), [(0, 1), (2, 3)])
def test_so_many_may_wait(queue, taken):
    @virtual_time
    async def so_many():
        backlog, work = Backlog(), Work()
        for _ in range(5):
            start(backlog, work, queue=queue)
        assert work.lost == ["queue"] * (5 - taken)
        await asyncio.sleep(2 * HEAD_START)  # one is under way, and still nobody else may come
        start(backlog, work, queue=queue)
        assert work.lost == ["queue"] * (6 - taken)
        await backlog.drain(10)
        assert len(work.begun) == taken
        start(backlog, work, queue=queue)
        await backlog.drain(10)
        assert len(work.begun) == taken + 1

    so_many()


@virtual_time
async def test_so_many_bytes_are_held_waiting_or_under_way():
    backlog, work = Backlog(memory=250), Work()
    for _ in range(3):
        start(backlog, work)
    assert (work.lost, backlog.held) == (["bytes"], 200)
    await asyncio.sleep(1.5)
    assert backlog.held == 100
    start(backlog, work)
    await backlog.drain(10)
    assert (len(work.begun), backlog.held) == (3, 0)


@virtual_time
async def test_so_many_in_all():
    backlog, work = Backlog(most=2), Work()
    for upstream in ("a", "b", "c"):
        start(backlog, work, upstream=upstream)
    assert (work.lost, backlog.held) == (["queue"], 200)
    await backlog.drain(10)
    start(backlog, work, upstream="c", queue=0)
    await backlog.drain(10)
    assert len(work.begun) == 3


@virtual_time
async def test_a_turn_that_does_not_come_is_not_waited_for():
    backlog, long, work = Backlog(), Work(2 * LONGEST_WAIT), Work()
    start(backlog, long)
    start(backlog, work)
    await backlog.drain(3 * LONGEST_WAIT)
    assert (work.begun, work.lost, backlog.held) == ([], ["queue"], 0)


@virtual_time
async def test_at_the_end_some_are_finished_and_the_rest_is_given_up():
    backlog, work = Backlog(), Work(2.0)
    for _ in range(3):
        start(backlog, work)
    assert await backlog.drain(3.0) == 2
    assert len(work.begun) == 2
    assert (work.lost, backlog.held) == (["stop", "stop"], 0)


@virtual_time
async def test_a_failure_gives_its_place_to_the_next():
    async def fails():
        raise KeyError("a value")

    backlog, work = Backlog(), Work()
    lane = backlog.lane("azure", 1)
    backlog.start(lane, 10, PICTURE, fails, work.lost.append)
    start(backlog, work)
    await backlog.drain(10)
    assert (len(work.begun), work.lost, backlog.held, lane.slots.taken) == (1, [], 0, 0)


@virtual_time
async def test_nothing_of_the_requests_context_comes_along():
    mine: ContextVar[str] = ContextVar("mine", default="nobody's")
    seen = []

    async def look():
        seen.append(mine.get())

    mine.set("the request's")
    backlog = Backlog()
    backlog.start(backlog.lane("azure", 1), 10, PICTURE, look, print)
    await backlog.drain(10)
    assert seen == ["nobody's"]


def test_a_view_keeps_all_of_the_body_alive():
    body = bytearray(b'{"image": "aGVsbG8="}')
    assert kept_alive(make_image(base64=memoryview(body)[11:19])) == len(body)
    assert kept_alive(make_image(base64=b"aGVsbG8=")) == 8
    assert kept_alive(make_image(base64=None, content=b"hello")) == 5
