"""The application of the admin port: ``/healthz``, ``/readyz``, ``/metrics``, ``/openapi.json``, ``/api/reload`` and
``/api/routes``; everything else is a JSON 404.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.aiohttp import make_aiohttp_handler

from gateway import __version__
from gateway.admin.ramps import RAMPS, CurrentRamps, order
from gateway.admin.ramps import ramps as show_ramps
from gateway.admin.reload import RELOAD, Reload, reload
from gateway.migrate.ramps import Ramps

_READY: web.AppKey[Callable[[], Sequence[str]]] = web.AppKey("ready")
_OPENAPI = web.AppKey("openapi", str)
_UNCACHED = {"Cache-Control": "no-store"}


def admin_application(
    registry: CollectorRegistry,
    *,
    ready: Callable[[], Sequence[str]],
    openapi: str,
    take_again: Reload,
    ramps: CurrentRamps = Ramps,
) -> web.Application:
    """The admin side as an application of its own, to be served on its own port.

    ``ready`` returns the reasons why requests should not be sent here now; none means ready. ``openapi`` is the document
    that describes the caller side. ``ramps`` are those in force. ``take_again`` is what ``POST /api/reload`` does.
    """
    app = web.Application()
    app[_READY] = ready
    app[_OPENAPI] = openapi
    app[RELOAD] = take_again
    app[RAMPS] = ramps
    app.router.add_get("/healthz", _healthz)
    app.router.add_get("/readyz", _readyz)
    app.router.add_get("/metrics", make_aiohttp_handler(registry))
    app.router.add_get("/openapi.json", _openapi)
    app.router.add_post("/api/reload", reload)
    app.router.add_get("/api/routes", show_ramps)
    app.router.add_post("/api/routes/{name}/{word}", order)
    app.router.add_route("*", "/{anything:.*}", _not_found)
    return app


async def _healthz(_: web.Request) -> web.Response:
    """The process is alive and its event loop turns. An orchestrator restarts it where this fails."""
    return web.json_response({"status": "ok", "version": __version__}, headers=_UNCACHED)


async def _readyz(request: web.Request) -> web.Response:
    """Whether requests may be sent here. An orchestrator takes it out of rotation where this fails."""
    reasons = list(request.app[_READY]())
    if reasons:
        return web.json_response({"status": "not ready", "reasons": reasons}, status=503, headers=_UNCACHED)
    return web.json_response({"status": "ok"}, headers=_UNCACHED)


async def _openapi(request: web.Request) -> web.Response:
    """What callers may send and get back."""
    return web.json_response(text=request.app[_OPENAPI])


async def _not_found(_: web.Request) -> web.Response:
    return web.json_response({"error": "not found"}, status=404)
