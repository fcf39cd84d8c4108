import asyncio

import pytest

from gateway.errors import (
    DeadlineExceeded,
)
from gateway.resilience.circuit import State
from gateway.resilience.health import Health
from tests.unit.resilience.benches import Bench


class Check:
    """Finds what it was told to find, and counts how often it looked."""

    def __init__(self) -> None:
        self.there = True
        self.looks = 0

    async def __call__(self) -> bool:
        self.looks += 1
        return self.there


def soon() -> float:
    return asyncio.get_running_loop().time() + 10


async def test_a_free_look_comes_before_a_probe_and_before_no_other_call():
    check = Check()
    bench = Bench(health=Health(check))
    await bench.open()
    assert check.looks == 0
    bench.clock.now += 30
    await bench.ask(deadline=soon())
    assert (check.looks, bench.breaker.state) == (1, State.CLOSED)


async def test_where_nobody_is_there_no_call_is_risked():
    check = Check()
    bench = Bench(health=Health(check))
    await bench.open()
    check.there = False
    for cooldown, following in ((30, 30), (30, 60), (60, 90)):
        bench.clock.now += cooldown
        assert await bench.refused(deadline=soon()) == following
    assert check.looks == 3
    assert bench.told[1:3] == [("half_open", "cooled_down"), ("open", "unreachable")]
    check.there = True
    bench.clock.now += 300
    await bench.ask(deadline=soon())
    assert bench.breaker.state is State.CLOSED


async def test_a_request_without_time_for_the_look_makes_room():
    async def never() -> bool:
        await asyncio.Event().wait()
        return True

    bench = Bench(health=Health(never))
    await bench.open()
    bench.clock.now += 30
    with pytest.raises(DeadlineExceeded):
        await bench.ask(deadline=asyncio.get_running_loop().time())
    assert bench.calls == 5
    assert bench.breaker.available


async def test_looking_on_it_takes_no_look():
    check = Check()
    bench = Bench(health=Health(check), mode="observe")
    await bench.open()
    bench.clock.now += 30
    await bench.ask()
    assert check.looks == 0
