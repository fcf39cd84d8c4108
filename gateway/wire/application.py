"""The caller side as an aiohttp application, and how aiohttp is to serve it."""

from __future__ import annotations

from aiohttp import web

from gateway.errors import UnknownApi
from gateway.events import Observer, Recorder
from gateway.image.load import ImageLoader
from gateway.model import Recognizer
from gateway.resilience.caller_limits import CallerLimits
from gateway.state.memory import MemoryStore
from gateway.wire import contract
from gateway.wire.auth import Callers
from gateway.wire.body import answer_expect_later
from gateway.wire.handler import recognize_id_document
from gateway.wire.iam.handlers import add_iam_routes
from gateway.wire.middleware import boundary
from gateway.wire.serving import SERVING, Parts, Serving, WireSettings

__all__ = ["WireSettings", "application", "caller_application"]


def caller_application(
    settings: WireSettings,
    callers: Callers,
    recognizer: Recognizer,
    loader: ImageLoader,
    observer: Observer,
    *,
    limits: CallerLimits | None = None,
    recorder: Recorder | None = None,
) -> web.Application:
    """An :func:`application` of these parts. Without ``limits`` callers have none."""
    limits = limits or CallerLimits({}, MemoryStore())
    return application(Parts(settings, callers, limits, recognizer, loader, observer, recorder))


def application(parts: Parts) -> web.Application:
    """Serves the old API's path and answers everything else as the old API did. ``app[SERVING]`` is where ``parts`` are
    replaced while it runs.
    """
    app = web.Application(middlewares=[boundary])
    app[SERVING] = Serving(parts)
    # a base URL that ends with a slash gives the second form
    for path in (contract.PATH, "/" + contract.PATH):
        app.router.add_route("POST", path, recognize_id_document, expect_handler=answer_expect_later)
    add_iam_routes(app)
    app.router.add_route("*", "/{anything:.*}", _unknown_api, expect_handler=answer_expect_later)
    return app


async def _unknown_api(request: web.Request) -> web.StreamResponse:
    raise UnknownApi(request.method)
