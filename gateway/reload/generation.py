"""One configuration at work: what it is made of, and what callers get of it."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack
from types import TracebackType

from gateway import heads
from gateway.baseline.baseline import Baseline
from gateway.build import Gateway, build
from gateway.clock import wall_clock
from gateway.config.load import LoadedConfig
from gateway.config.records import JournalConfig
from gateway.config.schema import GatewayConfig
from gateway.events import to_all
from gateway.journal.journal import Journal
from gateway.metrics import Metrics
from gateway.recorders import open_baseline, open_journal
from gateway.shared import Shared
from gateway.wire.serving import Parts, WireSettings

logger = logging.getLogger(__name__)


class Generation:
    """To be entered, which gives the parts that callers are answered with, and left when nobody uses them any more."""

    def __init__(
        self,
        config: LoadedConfig,
        gateway: Gateway,
        journal: Shared[Journal] | None,
        metrics: Metrics,
        baseline: Baseline | None = None,
    ) -> None:
        self.config = config
        self.baseline = baseline
        self.gateway = gateway
        self.journal = journal
        self._metrics = metrics
        self._resources = AsyncExitStack()

    async def __aenter__(self) -> Parts:
        """The gateway comes last, so that nothing happens between its taking over and its being used."""
        async with AsyncExitStack() as stack:
            journal = None if self.journal is None else await stack.enter_async_context(self.journal)
            self.gateway.journal = journal
            if self.baseline is not None:
                self.gateway.baseline = await stack.enter_async_context(self.baseline)
            await stack.enter_async_context(self.gateway)
            parts = parts_of(self.config.settings, self.gateway, self._metrics, journal)
            self._resources = stack.pop_all()
        return parts

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._resources.aclose()


def prepare(config: LoadedConfig, metrics: Metrics, before: Generation | None = None) -> Generation:
    """Check ``config`` to the end, and open nothing but the journal's file and the baseline's folder; ``before`` is the one
    that it is to follow.

    Raises :class:`gateway.config.errors.ConfigError` with every problem. Reads and writes files.
    """
    gateway = build(config, observer=metrics)
    for line in heads.end_warnings(config.settings, wall_clock()):
        logger.warning("%s", line)
    baseline = open_baseline(config, observer=metrics)
    if before is not None:
        gateway.follow(before.gateway)
        if same_journal(config, before.config):
            return Generation(config, gateway, before.journal, metrics, baseline)
    journal = open_journal(config, observer=metrics)
    return Generation(config, gateway, None if journal is None else Shared(journal), metrics, baseline)


def parts_of(settings: GatewayConfig, gateway: Gateway, metrics: Metrics, journal: Journal | None) -> Parts:
    """What callers are answered with by ``gateway``, which has been entered."""
    server = settings.server
    wire = WireSettings(
        deadline=server.deadline,
        body_memory=server.body_memory,
        strict=server.parity == "strict",
        any_country=server.countries == "any",
    )
    strict = settings.journal is not None and settings.journal.mode == "strict"
    observer = metrics if strict or journal is None else to_all(metrics, journal)
    recorder = journal if strict else None
    return Parts(
        wire,
        gateway.callers,
        gateway.limits,
        gateway.recognizer,
        gateway.loader,
        observer,
        recorder,
        headers=frozenset().union(*(route.when.headers for route in settings.routes)),
    )


def same_journal(one: LoadedConfig, other: LoadedConfig) -> bool:
    """Whether both are to be written to the same place in the same way."""
    return _comparable(one) == _comparable(other)


def _comparable(config: LoadedConfig) -> object:
    journal = config.settings.journal
    if journal is None:
        return None
    values = {name: getattr(journal, name) for name in JournalConfig.__struct_fields__ if name != "at"}
    return values | {"directory": config.source.folder / journal.directory}
