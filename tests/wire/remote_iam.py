"""Huawei's IAM as a server on a loopback port, as far as it vouches for tokens."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

EXPIRES = "2026-11-23T11:45:00.701000Z"
PROJECT = {"id": "p1", "name": "ap-southeast-1", "domain": {}}


def answer(project: Mapping[str, Any] | None = PROJECT, expires: str = EXPIRES) -> web.Response:
    token: dict[str, Any] = {"catalog": [], "expires_at": expires, "methods": ["password"], "user": {"id": "u"}}
    if project is not None:
        token["project"] = dict(project)
    return web.json_response({"token": token})


class FakeIam:
    """``GET /v3/auth/tokens`` on a loopback port."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.behave: Callable[[], Awaitable[web.StreamResponse]] = self._vouch
        app = web.Application()
        app.router.add_get("/v3/auth/tokens", self._handle)
        self.server = TestServer(app)

    async def start(self) -> None:
        """With room for tokens as large as there may be."""
        await self.server.start_server(max_field_size=64 * 1024)

    async def _vouch(self) -> web.StreamResponse:
        return answer()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        response = await self.behave()
        response.headers["X-Subject-Token"] = request.headers["X-Subject-Token"]
        return response

    def answers(self, make: Callable[[], web.StreamResponse]) -> None:
        async def behave() -> web.StreamResponse:
            return make()

        self.behave = behave
