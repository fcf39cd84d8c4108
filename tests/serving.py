"""The caller side on a free loopback port, served as the product serves it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from gateway.wire.runner import CallerRunner


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[int]:
    """The port."""
    runner = CallerRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
