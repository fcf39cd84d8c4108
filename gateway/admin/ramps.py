"""``POST /api/routes/{name}/pause|resume|advance|rollback``: an operator's word to a ramp; ``GET /api/routes`` shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import msgspec
from aiohttp import web

from gateway.migrate.ramps import NoSuchRamp, NotAnOrder, Ramps

CurrentRamps: TypeAlias = Callable[[], Ramps]
RAMPS: web.AppKey[CurrentRamps] = web.AppKey("ramps")
_UNCACHED = {"Cache-Control": "no-store"}


async def order(request: web.Request) -> web.Response:
    """One pair with ``?pair=THA-PP``, else all of them. 404 for what there is not; else where the ramp is now."""
    try:
        view = await request.app[RAMPS]().order(
            request.match_info["name"], request.match_info["word"], request.query.get("pair")
        )
    except (NoSuchRamp, NotAnOrder) as error:
        return web.json_response({"error": str(error)}, status=404, headers=_UNCACHED)
    return _json(view)


async def ramps(request: web.Request) -> web.Response:
    """Where every pair of every ramp is, and what its gates say."""
    return _json(request.app[RAMPS]().views())


def _json(value: object) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json", headers=_UNCACHED)
