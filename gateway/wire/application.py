"""The caller side as an aiohttp application, and how aiohttp is to serve it."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from gateway.errors import UnknownApi
from gateway.events import Observer, Recorder
from gateway.image.load import ImageLoader
from gateway.model import Recognizer
from gateway.wire import contract
from gateway.wire.auth import Callers
from gateway.wire.body import BodyMemory, answer_expect_later
from gateway.wire.handler import recognize_id_document
from gateway.wire.iam.handlers import add_iam_routes
from gateway.wire.middleware import boundary
from gateway.wire.serving import SERVING, Serving


@dataclass(frozen=True, slots=True, kw_only=True)
class WireSettings:
    """``deadline``: seconds for one request. ``body_memory``: bytes of pictures in flight. ``strict``: no header that
    the old API did not have. ``any_country``: callers may ask for more than Table 1.
    """

    deadline: float = 30.0
    body_memory: int = 512 * 1024 * 1024
    strict: bool = False
    any_country: bool = False


def caller_application(
    settings: WireSettings,
    callers: Callers,
    recognizer: Recognizer,
    loader: ImageLoader,
    observer: Observer,
    *,
    recorder: Recorder | None = None,
) -> web.Application:
    """Serves the old API's path and answers everything else as the old API did. ``app[SERVING]`` holds what a new
    configuration may replace while it runs.
    """
    app = web.Application(
        middlewares=[boundary(settings.deadline, observer, strict=settings.strict, recorder=recorder)]
    )
    app[SERVING] = Serving(callers, loader, recognizer, BodyMemory(settings.body_memory), settings.any_country)
    # a base URL that ends with a slash gives the second form
    for path in (contract.PATH, "/" + contract.PATH):
        app.router.add_route("POST", path, recognize_id_document, expect_handler=answer_expect_later)
    add_iam_routes(app)
    app.router.add_route("*", "/{anything:.*}", _unknown_api, expect_handler=answer_expect_later)
    return app


async def _unknown_api(request: web.Request) -> web.StreamResponse:
    raise UnknownApi(request.method)
