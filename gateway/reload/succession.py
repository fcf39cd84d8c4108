"""The configurations that answer callers, one after the other, and what becomes of those that were replaced."""

from __future__ import annotations

import asyncio
import logging
from types import TracebackType
from typing import Self

from aiohttp import web

from gateway.metrics import Metrics
from gateway.reload import measures
from gateway.reload.generation import Generation
from gateway.tasks import BackgroundTasks
from gateway.wire.application import application
from gateway.wire.serving import SERVING, Tenure

logger = logging.getLogger(__name__)

MOST_RETIRED = 8
"""Generations that may be waiting for their last requests; before a further one is replaced, one of them has to end."""

FAREWELL = 10.0
"""Seconds for those that are left when the gateway stops. Its callers have had their time by then."""


class Succession:
    """To be entered, with which ``first`` begins to work, and left once callers are not answered any more.

    ``application`` answers callers; it is there while this is entered.
    """

    application: web.Application

    def __init__(self, first: Generation, metrics: Metrics) -> None:
        self.current = first
        self._metrics = metrics
        self._retired = BackgroundTasks(MOST_RETIRED)
        self._room = asyncio.Semaphore(MOST_RETIRED)

    async def __aenter__(self) -> Self:
        self.application = app = application(await self.current.__aenter__())
        measures.watch(self._metrics, self.current.gateway)
        self.current.gateway.busy = self._busy
        self._metrics.watch(requests=lambda: app[SERVING].under_way, body_bytes=lambda: app[SERVING].memory.held)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._retired.drain(FAREWELL)
        await self.current.__aexit__(kind, error, trace)

    async def replace(self, generation: Generation) -> None:
        """Put ``generation`` in the place of the current one, which it follows.

        Requests under way keep what they have for up to ``server.drain`` seconds. Raises what opening raises, such as
        :class:`gateway.errors.UpstreamMisconfigured`; then nothing has changed.
        """
        await self._room.acquire()
        try:
            parts = await generation.__aenter__()
        except BaseException:
            self._room.release()
            raise
        before, self.current = self.current, generation
        generation.gateway.busy = self._busy
        tenure = self.application[SERVING].replace(parts)
        drain = generation.config.settings.server.drain
        self._retired.start(self._retire(before, tenure, drain), name=f"configuration {before.config.hash}")
        measures.follow(self._metrics, generation.config)
        measures.watch(self._metrics, generation.gateway)

    def _busy(self) -> bool:
        """Whether requests hold more than half of the memory there is for them."""
        memory = self.application[SERVING].memory
        return memory.held > memory.limit / 2

    async def _retire(self, generation: Generation, tenure: Tenure, drain: float) -> None:
        try:
            async with asyncio.timeout(drain):
                await tenure.over()
        except TimeoutError:
            logger.warning(
                "configuration %s is closed although %d request(s) are under way",
                generation.config.hash,
                tenure.requests,
            )
        finally:
            await generation.__aexit__(None, None, None)
            self._room.release()
