"""S26: a caller that makes the gateway fetch from where only the gateway can."""

from __future__ import annotations

from collections import Counter

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.functional.scenarios.faulty import Faulty
from tests.functional.scenarios.front import ask, in_front_of

PRIVATE = (
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.8/a.jpg",
    "http://172.16.3.4/a.jpg",
    "https://192.168.1.1/a.jpg",
    "http://100.64.0.1/a.jpg",
    "http://[::1]/a.jpg",
    "http://[fd00::1]/a.jpg",
    "http://[::ffff:127.0.0.1]/a.jpg",
    "http://0.0.0.0/a.jpg",
    "http://localhost/a.jpg",
)


async def test_s26_url_to_a_private_address():
    """The picture is to be fetched from a private address, outright or by a redirect: refused, and nobody is connected to"""
    visits: Counter[str] = Counter()

    async def secret(_: web.Request) -> web.Response:
        visits["secret"] += 1
        return web.Response(body=b"secret")

    async def elsewhere(request: web.Request) -> web.Response:
        visits["redirect"] += 1
        raise web.HTTPFound(f"http://127.0.0.1:{inside.port}/{request.match_info['way']}")

    private, public = web.Application(), web.Application()
    private.router.add_get("/{way}", secret)
    public.router.add_get("/{way}", elsewhere)
    vendor = Faulty()
    # 127.0.0.2 stands for the public internet; 127.0.0.1 is as private as ever
    fetch = {"allow_hosts": ["127.0.0.2"], "allow_networks": ["127.0.0.2/32"]}
    async with (
        TestServer(private, host="127.0.0.1") as inside,
        TestServer(public, host="127.0.0.2") as outside,
        in_front_of(vendor, server={"fetch": fetch}) as gateway,
    ):
        outright = [*PRIVATE, f"http://127.0.0.1:{inside.port}/a.jpg", f"http://localhost:{inside.port}/a.jpg"]
        for url in (*outright, f"http://127.0.0.2:{outside.port}/a.jpg"):
            reply = await ask(gateway, url=url)
            assert (url, reply.status, reply.outcome) == (url, 400, "ModelArts.4601")
    assert (visits, vendor.calls) == ({"redirect": 1}, [])
