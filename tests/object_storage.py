"""OBS on a loopback port: buckets with public and private objects, judged by the signer of Huawei's own SDK."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime

from aiohttp import web
from aiohttp.test_utils import TestServer
from obs.auth import Authentication
from obs.convertor import Adapter

ACCESS_KEY, SECRET_KEY = "OBS-AK", "obs-sk"


class FakeObs:
    """Serves ``objects`` (by ``bucket/key``, percent-decoded) under any host name; ``public`` ones without a signature.

    Buckets are told by the host ``<bucket>.obs.test`` and else by the first part of the path. A temporary link is one
    whose ``Signature`` is that of the SDK for its ``Expires``.
    """

    def __init__(self, objects: Mapping[str, bytes], public: frozenset[str] = frozenset()) -> None:
        self.objects = dict(objects)
        self.public = public
        self.redirects: dict[str, str] = {}
        self.requests: list[web.Request] = []
        self.port = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        host = request.host.partition(":")[0]
        bucket = host.removesuffix(".obs.test")
        place = request.path.removeprefix("/") if bucket == host else f"{bucket}{request.path}"
        if place in self.redirects:
            raise web.HTTPTemporaryRedirect(self.redirects[place])
        if place not in self.public and not self._is_signed(request, *place.split("/", 1)):
            return web.Response(status=403, text="<Error><Code>AccessDenied</Code></Error>")
        if place not in self.objects:
            return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>")
        return web.Response(body=self.objects[place])

    def _is_signed(self, request: web.Request, bucket: str, key: str = "") -> bool:
        if "Signature" in request.query:
            return request.query["Signature"] == temporary_signature(bucket, key, request.query["Expires"])
        if "Authorization" not in request.headers:
            return False
        assert parsedate_to_datetime(request.headers["Date"]).tzinfo is not None
        signer = Authentication(ACCESS_KEY, SECRET_KEY, path_style=False, ha=Adapter("obs"), server="", is_cname=False)
        signed = {name: value for name, value in request.headers.items() if name in {"Date", "x-obs-security-token"}}
        expected = signer.doAuth("GET", bucket, key, dict(request.query), signed)["Authorization"]
        return request.headers["Authorization"] == expected


def temporary_signature(bucket: str, key: str, expires: str) -> str:
    signer = Authentication(ACCESS_KEY, SECRET_KEY, path_style=False, ha=Adapter("obs"), server="", is_cname=False)
    return str(signer.getSignature("GET", bucket, key, {}, {}, expires)["Signature"])


@asynccontextmanager
async def serving(obs: FakeObs) -> AsyncIterator[FakeObs]:
    app = web.Application()
    app.router.add_get("/{anything:.*}", obs.answer)
    async with TestServer(app) as server:
        assert server.port is not None
        obs.port = server.port
        yield obs
