import asyncio
import random

import pytest

from gateway.resilience.slots import Slots
from tests.virtual_time import virtual_time


def start(coroutine):
    return asyncio.get_running_loop().create_task(coroutine)


@virtual_time
async def test_free_places_are_taken_at_once():
    slots = Slots(2)
    assert await slots.acquire(0)
    assert await slots.acquire(0)
    assert not await slots.acquire(0)
    assert slots.taken == 2
    slots.release()
    assert slots.taken == 1
    assert await slots.acquire(0)


@virtual_time
async def test_a_place_goes_to_who_has_waited_longest():
    slots, order = Slots(1), []

    async def use(name: int) -> None:
        assert await slots.acquire(100)
        order.append(name)
        await asyncio.sleep(1)
        slots.release()

    await asyncio.gather(*map(use, range(20)))
    assert order == list(range(20))
    assert slots.taken == 0


@virtual_time
async def test_nobody_overtakes_who_waits():
    slots = Slots(1)
    await slots.acquire(0)
    waiting = start(slots.acquire(10))
    await asyncio.sleep(0)
    slots.release()
    assert not await slots.acquire(0)
    assert await waiting
    assert slots.taken == 1


@virtual_time
async def test_patience_ends():
    loop, slots = asyncio.get_running_loop(), Slots(1)
    await slots.acquire(0)
    started = loop.time()
    assert not await slots.acquire(2.5)
    assert loop.time() == pytest.approx(started + 2.5)
    assert not slots._queue
    slots.release()
    assert slots.taken == 0


@virtual_time
async def test_a_little_patience_is_enough():
    slots = Slots(1)
    await slots.acquire(0)
    asyncio.get_running_loop().call_later(0.25, slots.release)
    assert await slots.acquire(0.5)


@virtual_time
async def test_without_patience_nobody_lets_others_go_first():
    slots = Slots(1)
    await slots.acquire(0)
    asyncio.get_running_loop().call_soon(slots.release)
    assert not await slots.acquire(0)


@virtual_time
async def test_who_is_cancelled_leaves_the_queue():
    slots = Slots(1)
    await slots.acquire(0)
    first, second = start(slots.acquire(10)), start(slots.acquire(10))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    slots.release()
    assert await second
    slots.release()
    assert slots.taken == 0


@virtual_time
async def test_a_place_handed_to_who_was_just_cancelled_is_passed_on():
    slots = Slots(1)
    await slots.acquire(0)
    first, second = start(slots.acquire(10)), start(slots.acquire(10))
    await asyncio.sleep(0)
    slots.release()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await second


@virtual_time
async def test_cancelled_just_before_a_place_was_free_it_goes_to_the_next():
    slots = Slots(1)
    await slots.acquire(0)
    first, second = start(slots.acquire(10)), start(slots.acquire(10))
    await asyncio.sleep(0)
    first.cancel()
    slots.release()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert await second


@virtual_time
async def test_a_place_that_comes_just_too_late_is_free_for_others():
    slots = Slots(1)
    await slots.acquire(0)
    loop = asyncio.get_running_loop()
    waiting = start(slots.acquire(5))
    await asyncio.sleep(0)
    loop.call_at(loop.time() + 5, slots.release)
    assert not await waiting
    assert slots.taken == 0


@virtual_time
async def test_a_place_that_comes_just_in_time_is_kept():
    slots = Slots(1)
    await slots.acquire(0)
    loop = asyncio.get_running_loop()
    loop.call_at(loop.time() + 5, slots.release)  # before the timer of the wait, in the same moment
    assert await slots.acquire(5)
    assert slots.taken == 1


@pytest.mark.parametrize("seed", range(10))
def test_no_place_is_lost_or_made(seed):
    """Hundreds come, wait, lose patience, are cancelled, and leave, all at random moments."""
    die = random.Random(seed)  # noqa: S311 - repeatable

    @virtual_time
    async def run() -> None:
        slots, inside, most = Slots(4), 0, 0

        async def use() -> None:
            nonlocal inside, most
            await asyncio.sleep(die.choice([0, 1, 2, 3]))
            if await slots.acquire(die.choice([0, 1, 1, 2, 5])):
                inside += 1
                most = max(most, inside)
                try:
                    await asyncio.sleep(die.choice([0, 1, 2]))
                finally:
                    inside -= 1
                    slots.release()

        users = [start(use()) for _ in range(400)]
        for user in die.sample(users, 150):
            asyncio.get_running_loop().call_later(die.choice([0, 1, 2, 3, 4]), user.cancel)
        await asyncio.gather(*users, return_exceptions=True)
        assert most == 4
        assert (inside, slots.taken, len(slots._queue)) == (0, 0, 0)
        assert all([await slots.acquire(0) for _ in range(4)])
        assert not await slots.acquire(0)

    run()
