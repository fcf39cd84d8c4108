"""Notices that the configuration should be taken again: it was said so by a signal, or the files say something else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gateway import tasks
from gateway.config.files import fingerprints
from gateway.reload.reloader import Reloader

SETTLED = 1.0
"""Seconds for which files must say the same before they are taken: who copies over a file is not done at once."""

IDLE = 5.0
"""Seconds after which it is looked again whether files are to be looked at, which another configuration may say."""


@asynccontextmanager
async def watching(reloader: Reloader, told: asyncio.Event, *, settled: float = SETTLED) -> AsyncIterator[None]:
    """While this is entered, ``reloader`` reloads whenever ``told`` is set, which clears it, and when its files change."""
    task = tasks.start(_watch(reloader, told, settled), name="configuration watch")
    try:
        yield
    finally:
        await tasks.stop(task)


async def _watch(reloader: Reloader, told: asyncio.Event, settled: float) -> None:
    while True:
        try:
            async with asyncio.timeout(reloader.interval or IDLE):
                await told.wait()
        except TimeoutError:
            if reloader.interval and await _changed(reloader, settled):
                await reloader.reload("a file changed")
        else:
            told.clear()
            await reloader.reload("SIGHUP")


async def _changed(reloader: Reloader, settled: float) -> bool:
    """Whether the files say something else than what was tried last, and the same for a while."""
    found = await asyncio.to_thread(fingerprints, reloader.files)
    if found == reloader.files:
        return False
    await asyncio.sleep(settled)
    again = await asyncio.to_thread(fingerprints, reloader.files)
    return again == found and again != reloader.files
