from __future__ import annotations

import asyncio
import os
import signal

import pytest

from gateway import tasks
from gateway.evaluate.interrupts import INTERRUPTED, interrupts


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_the_first_signal_stops_and_the_second_cancels(number):
    told, stopped = [], asyncio.Event()

    def stop(reason):
        told.append(reason)
        stopped.set()

    async def work():
        with interrupts(stop):
            os.kill(os.getpid(), number)
            await asyncio.wait_for(stopped.wait(), 10)
            told.append("goes on")
            os.kill(os.getpid(), number)
            await asyncio.sleep(60)

    with pytest.raises(asyncio.CancelledError):
        await tasks.start(work(), name="work")
    assert told == [INTERRUPTED, "goes on"]


async def test_afterwards_signals_are_what_they_were():
    before = signal.getsignal(signal.SIGTERM)
    with interrupts(lambda _: None):
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before
