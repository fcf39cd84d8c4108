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

from gateway.admin.views import admin_application
from gateway.build import Gateway
from gateway.config.load import LoadedConfig
from gateway.config.schema import GatewayConfig
from gateway.config.types import Listen
from gateway.journal.journal import Journal
from gateway.metrics import Metrics
from gateway.reload.generation import Generation, parts_of, prepare
from gateway.reload.measures import metrics_for, watch
from gateway.reload.reloader import Reloader
from gateway.reload.succession import Succession
from gateway.reload.watch import watching
from gateway.wire import openapi
from gateway.wire.application import application
from gateway.wire.runner import CallerRunner
from gateway.wire.serving import SERVING

logger = logging.getLogger(__name__)

LAG_INTERVAL = 0.25
"""Seconds between two looks at how late the event loop is."""


def serve(config: LoadedConfig, load: Callable[[], LoadedConfig]) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way and return. ``load`` reads the configuration anew.

    Raises :class:`gateway.config.errors.ConfigError` before anything is opened, ``OSError`` where an address cannot be
    listened on, and :class:`gateway.errors.UpstreamMisconfigured` where the embedded reader cannot start.
    """
    registry = CollectorRegistry()
    metrics = metrics_for(registry, config)
    first = prepare(config, metrics)
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(first, load, metrics, registry))


async def _serve(
    first: Generation, load: Callable[[], LoadedConfig], metrics: Metrics, registry: CollectorRegistry
) -> None:
    stopping, told = _stop_signal(), _reload_signal()
    reasons = ["starting"]
    settings = first.config.settings
    succession = Succession(first, metrics)
    reloader = Reloader(succession, load, metrics)
    async with AsyncExitStack() as stack:
        admin = admin_application(
            registry,
            ready=lambda: [*reasons, *succession.current.gateway.not_ready()],
            openapi=openapi.text(),
            ramps=lambda: succession.current.gateway.ramps,
            take_again=partial(reloader.reload, "POST /api/reload"),
        )
        admin_address = await stack.enter_async_context(
            _listening(web.AppRunner(admin, access_log=None), settings.admin.listen)
        )
        await stack.enter_async_context(succession)
        callers = CallerRunner(succession.application, drain=settings.server.drain)
        address = await stack.enter_async_context(_listening(callers, settings.server.listen))
        await stack.enter_async_context(_watching_the_loop(metrics))
        await stack.enter_async_context(reloader)
        await stack.enter_async_context(watching(reloader, told))
        reasons.clear()
        logger.info("serving", extra={"fields": {"listen": address, "admin": admin_address}})
        await stopping.wait()
        reasons.append("stopping")
        callers.allow(succession.current.config.settings.server.drain)
        logger.info("stopping")
    logger.info("stopped")


def caller_side(
    settings: GatewayConfig, gateway: Gateway, metrics: Metrics, journal: Journal | None
) -> web.Application:
    """The application that answers callers from ``gateway``, which has been entered."""
    app = application(parts_of(settings, gateway, metrics, journal))
    watch(metrics, gateway)
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


def _reload_signal() -> asyncio.Event:
    """Set by SIGHUP, from now on."""
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, told.set)
    return told


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The one of uvloop where the extra ``speed`` is installed, else the standard one."""
    if find_spec("uvloop") is None:
        return None
    import uvloop  # noqa: PLC0415 - an extra

    return uvloop.new_event_loop
