from __future__ import annotations

import asyncio
import json

import pytest
from aiohttp import ClientError, ClientSession, web

from gateway.wire.runner import CallerRunner
from tests.wire.gateway import running
from tests.wire.http import exchange

UNREADABLE = {
    "no HTTP": b"hello there\r\n\r\n",
    "a TLS greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(40) + b"\r\n\r\n",
    "a version from the future": b"POST / HTTP/9.x\r\nHost: a\r\n\r\n",
    "a header without a name": b"POST / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length and chunks": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a negative length": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "a header over 32 KB": b"POST / HTTP/1.1\r\nHost: a\r\nX-Auth-Token: " + b"a" * 40_000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_is_no_http_gets_a_fault_in_the_old_form(raw):
    async with running(anonymous=True) as gateway:
        status, headers, body = await exchange(gateway.port, raw)
        answer = json.loads(body)
        assert (status, answer["error_code"], answer["error_msg"]) == (400, "APIG.0201", "API request error.")
        assert headers["X-Request-Id"] == answer["request_id"]
        assert headers["Content-Type"].startswith("application/json")

        status, *_ = await exchange(gateway.port, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert status == 404


@pytest.mark.parametrize("drain", [0.01, 30.0])
async def test_the_time_for_requests_under_way_can_be_changed_while_they_are(drain):
    asked, go = asyncio.Event(), asyncio.Event()

    async def answer(_: web.Request) -> web.Response:
        asked.set()
        await go.wait()
        return web.Response(text="done")

    app = web.Application()
    app.router.add_get("/", answer)
    runner = CallerRunner(app, drain=30.0 if drain < 1 else 0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession() as session:
        request = asyncio.get_running_loop().create_task(session.get(f"http://127.0.0.1:{runner.addresses[0][1]}/"))
        await asked.wait()
        runner.allow(drain)
        asyncio.get_running_loop().call_later(0.3, go.set)
        await runner.cleanup()
        if drain < 1:
            with pytest.raises(ClientError):
                await request
        else:
            assert (await request).status == 200
