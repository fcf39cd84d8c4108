from __future__ import annotations

import asyncio
import time

from gateway.evaluate.pace import Pace
from tests.virtual_time import virtual_time


@virtual_time
async def test_so_many_a_second_evenly_spread():
    loop = asyncio.get_running_loop()
    pace = Pace(4, clock=loop.time)
    began, turns = loop.time(), []
    for _ in range(5):
        await pace.turn()
        turns.append(loop.time() - began)
    assert turns == [0, 0.25, 0.5, 0.75, 1.0]


@virtual_time
async def test_a_quiet_time_is_not_saved_up():
    loop = asyncio.get_running_loop()
    pace = Pace(4, clock=loop.time)
    await asyncio.sleep(10)
    began = loop.time()
    await asyncio.gather(*(pace.turn() for _ in range(3)))
    assert loop.time() - began == 0.5


async def test_without_a_rate_nobody_waits():
    pace = Pace(None, clock=time.monotonic)
    await asyncio.wait_for(asyncio.gather(*(pace.turn() for _ in range(1000))), 1)
