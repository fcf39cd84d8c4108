"""Takes the configuration again when told to, and says what came of it: to who asked, in the log, in the metrics."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from gateway import tasks
from gateway.admin.reload import Reloaded
from gateway.config.errors import ConfigError, Problem
from gateway.config.files import fingerprints
from gateway.config.load import LoadedConfig
from gateway.errors import GatewayError
from gateway.metrics import Metrics
from gateway.reload.generation import Generation, prepare
from gateway.reload.succession import Succession

logger = logging.getLogger(__name__)

NEEDS_RESTART: Final = ("server.listen", "admin.listen")
"""Settings that are looked at once, when the gateway starts."""

FAREWELL: Final = 10.0
"""Seconds that an attempt under way may take when the gateway stops."""


class Reloader:
    """``load`` reads the configuration anew, on a thread; it may raise :class:`ConfigError`. To be entered while
    ``succession`` is.

    All or nothing: where anything is wrong, the configuration in force stays, and no request notices.
    """

    def __init__(self, succession: Succession, load: Callable[[], LoadedConfig], metrics: Metrics) -> None:
        self._succession = succession
        self._load = load
        self._metrics = metrics
        self._started = succession.current.config.settings
        self._files = succession.current.config.source.files
        self._told: tuple[object, ...] = ()
        self._turn = asyncio.Lock()
        self._next: asyncio.Task[Reloaded] | None = None
        self._under_way: set[asyncio.Task[Reloaded]] = set()
        self._open = False

    async def __aenter__(self) -> Self:
        self._open = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open = False
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=FAREWELL)
        await tasks.stop(*self._under_way)

    @property
    def interval(self) -> float:
        """Seconds between two looks at the files; 0 where nobody should look."""
        return self._succession.current.config.settings.server.reload_interval

    @property
    def files(self) -> dict[Path, bytes | None]:
        """What the last attempt was made of, by file."""
        return self._files

    async def reload(self, cause: str) -> Reloaded:
        """Take the configuration again; ``cause`` is for the log. Never fails.

        One attempt is made at a time. Whoever comes before the next one has begun is given what comes of that.
        """
        if not self._open:
            return Reloaded(self._hash, (self._problem("the gateway is starting or stopping"),))
        if self._next is None:
            self._next = tasks.start(self._in_turn(cause), name="reload")
            self._under_way.add(self._next)
            self._next.add_done_callback(self._under_way.discard)
        return await asyncio.shield(self._next)

    async def _in_turn(self, cause: str) -> Reloaded:
        async with self._turn:
            self._next = None
            try:
                before = self._succession.current
                await self._succession.replace(await asyncio.to_thread(self._prepare, before))
            except ConfigError as error:
                return self._refused(cause, error.problems)
            except GatewayError as error:
                return self._refused(cause, [self._problem(str(error))])
            except OSError as error:
                return self._refused(cause, [self._problem(error.strerror or type(error).__name__)])
            except Exception as error:  # whatever it is, callers go on being answered
                logger.exception("unforeseen failure over a new configuration")
                return self._refused(cause, [self._problem(f"unforeseen failure: {type(error).__name__}")])
            return self._taken(cause)

    def _prepare(self, before: Generation) -> Generation:
        """Everything that may read a file. What is found out about them before that is what a later look is held against,
        lest a change in between be missed.
        """
        self._files = fingerprints(self._files)
        config = self._load()
        try:
            return prepare(config, self._metrics, before)
        finally:
            self._files = dict(config.source.files)  # phase two reads files as well

    def _taken(self, cause: str) -> Reloaded:
        settings = self._succession.current.config.settings
        restart = tuple(key for key in NEEDS_RESTART if attrgetter(key)(settings) != attrgetter(key)(self._started))
        logger.info("configuration %s is in force (%s)", self._hash, cause)
        for key in restart:
            logger.warning("%s has changed: that takes effect at the next start", key)
        self._told = ()
        return Reloaded(self._hash, restart=restart)

    def _refused(self, cause: str, problems: Sequence[Problem]) -> Reloaded:
        """Tell everything, but the same about the same files only once."""
        self._metrics.configuration.refused()
        found = (*problems, *self._files.items())
        if found != self._told:
            for problem in problems:
                logger.error("configuration not taken: %s", problem)
        self._told = found
        logger.error("configuration %s stays in force, %d problem(s) (%s)", self._hash, len(problems), cause)
        return Reloaded(self._hash, tuple(problems))

    @property
    def _hash(self) -> str:
        return self._succession.current.config.hash

    def _problem(self, message: str) -> Problem:
        """One that is no line's fault."""
        return Problem(self._succession.current.config.source.name, None, "", message)
