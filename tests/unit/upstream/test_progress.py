import asyncio
from collections.abc import Callable

import pytest

from gateway.upstream.progress import Progress, Stage, Timeouts

SOON = Timeouts(first_byte=0.01, idle=0.01)
LATE = 3600.0


async def stands_still(progress: Progress, step: Callable[[Progress], None]) -> None:
    async with progress:
        step(progress)
        await asyncio.Event().wait()


async def test_the_time_for_the_connection_is_not_watched_here():
    async with Progress(SOON) as progress:
        assert progress.stage is Stage.CONNECTION
        assert progress._limit.when() is None


@pytest.mark.parametrize(
    ("step", "timeouts", "stage"),
    [
        (Progress.taken, Timeouts(first_byte=LATE, idle=0.01), Stage.TAKEN),
        (Progress.sent, Timeouts(first_byte=0.01, idle=LATE), Stage.ANSWER),
        (Progress.answered, Timeouts(first_byte=LATE, idle=0.01), Stage.REST),
    ],
)
async def test_each_stage_has_its_time(step, timeouts: Timeouts, stage: Stage):
    progress = Progress(timeouts)
    with pytest.raises(TimeoutError):
        await stands_still(progress, step)
    assert progress.stage is stage


async def test_what_moves_is_given_more_time():
    async with Progress(Timeouts(first_byte=LATE, idle=LATE)) as progress:
        ends = []
        for step in (progress.taken, progress.taken, progress.sent, progress.answered, progress.answered):
            step()
            ends.append(progress._limit.when())
            await asyncio.sleep(0)
    assert ends == sorted(set(ends))


async def test_once_it_is_answered_the_rest_of_the_request_changes_nothing():
    async with Progress(Timeouts(first_byte=LATE, idle=LATE)) as progress:
        progress.answered()
        end = progress._limit.when()
        progress.taken()
        progress.sent()
        assert (progress.stage, progress._limit.when()) == (Stage.REST, end)


async def test_what_comes_after_the_end_is_nothing():
    async with Progress(SOON) as left:
        pass
    expired = Progress(SOON)
    with pytest.raises(TimeoutError):
        await stands_still(expired, Progress.sent)
    for progress in (left, expired):
        progress.taken()
        progress.sent()
        progress.answered()
