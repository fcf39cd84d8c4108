"""The gateway as a running program: its two aiohttp applications, their order of start and stop, and the signals."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.util import find_spec

from aiohttp import web
from prometheus_client import CollectorRegistry

from gateway import __version__
from gateway.admin.views import admin_application
from gateway.build import Gateway, build, open_journal
from gateway.config.load import LoadedConfig
from gateway.config.schema import GatewayConfig
from gateway.config.types import Listen
from gateway.events import to_all
from gateway.journal.journal import Journal
from gateway.leaves import EMBEDDED
from gateway.metrics import Metrics
from gateway.wire import openapi
from gateway.wire.application import WireSettings, caller_application
from gateway.wire.runner import CallerRunner
from gateway.wire.serving import SERVING

logger = logging.getLogger(__name__)

LAG_INTERVAL = 0.25
"""Seconds between two looks at how late the event loop is."""


def serve(config: LoadedConfig) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way and return.

    Raises :class:`gateway.config.errors.ConfigError` before anything is opened, ``OSError`` where an address cannot be
    listened on, and :class:`gateway.errors.UpstreamMisconfigured` where the embedded reader cannot start.
    """
    metrics_registry = CollectorRegistry()
    metrics = metrics_for(metrics_registry, config)
    gateway = build(config, observer=metrics)
    journal = open_journal(config, observer=metrics)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(config.settings, gateway, metrics, metrics_registry, journal))


async def _serve(
    settings: GatewayConfig,
    gateway: Gateway,
    metrics: Metrics,
    registry: CollectorRegistry,
    journal: Journal | None,
) -> None:
    stopping = _stop_signal()
    reasons = ["starting"]
    async with AsyncExitStack() as stack:
        if journal is not None:
            await stack.enter_async_context(journal)
        admin = admin_application(registry, ready=lambda: [*reasons, *gateway.not_ready()], openapi=openapi.text())
        admin_address = await stack.enter_async_context(
            _listening(web.AppRunner(admin, access_log=None), settings.admin.listen)
        )
        await stack.enter_async_context(gateway)
        app = caller_side(settings, gateway, metrics, journal)
        address = await stack.enter_async_context(
            _listening(CallerRunner(app, drain=settings.server.drain), settings.server.listen)
        )
        await stack.enter_async_context(_watching_the_loop(metrics))
        reasons.clear()
        logger.info("serving", extra={"fields": {"listen": address, "admin": admin_address}})
        await stopping.wait()
        reasons.append("stopping")
        logger.info("stopping")
    logger.info("stopped")


def caller_side(
    settings: GatewayConfig, gateway: Gateway, metrics: Metrics, journal: Journal | None
) -> web.Application:
    """The application that answers callers from ``gateway``, which has been entered."""
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
    app = caller_application(wire, gateway.callers, gateway.recognizer, gateway.loader, observer, recorder=recorder)
    for name, nest in gateway.nests.items():
        if nest.limit is not None and nest.retry is not None:
            metrics.upstreams.watch(
                name,
                in_flight=partial(getattr, nest.limit, "in_flight"),
                queued=partial(getattr, nest.limit, "queued"),
                retries=partial(getattr, nest.retry.budget, "remaining"),
            )
    metrics.watch(requests=lambda: app[SERVING].under_way, body_bytes=lambda: app[SERVING].memory.held)
    return app


@asynccontextmanager
async def _listening(runner: web.AppRunner, listen: Listen) -> AsyncIterator[str]:
    """Serve and tell the address, with the port that was given where any would do."""
    await runner.setup()
    try:
        await web.TCPSite(runner, listen.host, listen.port).start()
        port = runner.addresses[0][1]
        yield f"http://{Listen(listen.host, port)}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _watching_the_loop(metrics: Metrics) -> AsyncIterator[None]:
    """Measure by how much the event loop wakes up late."""
    loop = asyncio.get_running_loop()
    timer = None

    def look(due: float) -> None:
        nonlocal timer
        now = loop.time()
        metrics.loop_lag(now - due)
        timer = loop.call_at(now + LAG_INTERVAL, look, now + LAG_INTERVAL)

    look(loop.time())
    try:
        yield
    finally:
        if timer is not None:
            timer.cancel()


def _stop_signal() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT; a second one ends the process at once."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        stopping.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    return stopping


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The one of uvloop where the extra ``speed`` is installed, else the standard one."""
    if find_spec("uvloop") is None:
        return None
    import uvloop  # noqa: PLC0415 - an extra

    return uvloop.new_event_loop


def metrics_for(registry: CollectorRegistry, config: LoadedConfig) -> Metrics:
    """Metrics that know the names in ``config``."""
    settings = config.settings
    return Metrics(
        registry,
        {route.name: route.targets for route in settings.routes},
        readers=[name for name, upstream in settings.upstreams.items() if upstream.adapter == EMBEDDED],
        version=__version__,
        config_hash=config.hash,
    )
