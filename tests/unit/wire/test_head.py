from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestServer

from gateway.wire.head import Head
from tests.wire.http import exchange


async def test_a_head_is_what_came_over_the_wire():
    heads = []

    async def handler(request: web.Request) -> web.Response:
        heads.append(Head.of(request))
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", handler)
    async with TestServer(app) as server:
        raw = b"GET //v2/%7Bp%7D?name=a%20b HTTP/1.1\r\nHost: x:1\r\nX-Tag:  \xe9 b \t\r\nx-tag: a\r\nX_C:\r\n\r\n"
        assert (await exchange(server.port, raw))[0] == 200

    (head,) = heads
    assert (head.method, head.target) == ("GET", b"//v2/%7Bp%7D?name=a%20b")
    assert head.values("X-TAG") == (b"\xe9 b", b"a")
    assert head.values("x_c") == (b"",)
    assert head.values("absent") == ()
    assert head.text("host") == "x:1"
    assert head.text("x-tag") == "\udce9 b"
    assert head.text("absent") == ""


def test_a_head_does_not_show_its_headers():
    assert "canary" not in repr(Head("GET", b"/", {"x-auth-token": (b"canary",)}))
