"""A vendor on a loopback port that plays one recorded case and judges every request that it gets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.adapters.cases import Case, content
from tests.vendors.verifiers import VERIFIERS, Received, secrets_for, token_routes

BODY_LIMIT = 32 * 1024 * 1024

FLEETING = frozenset({"MerchantBizId", "MerchantUserId"})
"""Fields that are made from the id of the request and the caller's name: they are there, and always others."""


class FakeVendor:
    """Gives the case's answers in order. ``problems`` says what was wrong with the requests; ``requests`` counts them."""

    def __init__(self, case: Case, credentials: dict[str, Any] | None) -> None:
        self.problems: list[str] = []
        self.requests = 0
        self.url = ""
        self._case = case
        self._credentials = credentials
        self._id, self._secret = secrets_for(credentials["type"]) if credentials else ("", "")

    @property
    def environ(self) -> dict[str, str]:
        return {"VENDOR_ID": self._id, "VENDOR_SECRET": self._secret}

    def routes(self) -> list[web.RouteDef]:
        tokens = token_routes(self._credentials["type"], self._id, self._secret) if self._credentials else []
        return [*tokens, web.route("*", "/{path:.*}", self._handle)]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.requests += 1
        number = self._number()
        self._judge(request, headers, body, number)
        answer = self._case.response(number)
        here = {name: self._here(value) for name, value in answer.headers.items()}
        return web.Response(status=answer.status, headers=here, body=self._here(answer.body.decode()).encode())

    def _number(self) -> int:
        """Of the recorded request that this one should be; the last may come again where it costs nothing."""
        recorded = self._case.requests
        if self.requests > len(recorded):
            if not recorded[-1].get("repeatable"):
                self.problems.append("one request more than recorded")
            return len(recorded)
        return self.requests

    def _judge(self, request: web.Request, headers: dict[str, str], body: bytes, number: int) -> None:
        if self._credentials is not None:
            received = Received(
                method=request.method,
                path_qs=request.raw_path,
                headers=headers,
                body=body,
                id=self._id,
                secret=self._secret,
                credentials=self._credentials,
            )
            if wrong := VERIFIERS[self._credentials["type"]](received):
                self.problems.append(wrong)
        wanted = self._case.requests[number - 1]
        if request.method != wanted["method"] or not self._same_place(request.raw_path, wanted["url"]):
            self.problems.append(f"{request.method} {request.raw_path} instead of {wanted['url']}")
        for name, value in wanted["headers"].items():
            if not headers.get(name, "").startswith(value):
                self.problems.append(f"header {name}")
        sent = content(body, headers.get("content-type", ""))
        if _settled(sent) != _settled(
            {kind: wanted[kind] for kind in ("body", "form", "multipart", "text") if kind in wanted}
        ):
            self.problems.append("another body than recorded")

    def _same_place(self, path: str, url: str) -> bool:
        """Whether ``path`` is that of the recorded ``url``; a token in the query is the credentials' business."""
        recorded = self._here(url).removeprefix(self.url)
        return path == recorded or path.startswith((f"{recorded}?access_token=", f"{recorded}&access_token="))

    def _here(self, text: str) -> str:
        return text.replace(self._case.options["endpoint"].rstrip("/"), self.url)


def _settled(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with a mark in place of what never is the same."""
    return {
        kind: {name: "made" if name in FLEETING else value for name, value in fields.items()}
        if isinstance(fields, dict)
        else fields
        for kind, fields in sent.items()
    }


@asynccontextmanager
async def fake_vendor(case: Case, credentials: dict[str, Any] | None) -> AsyncIterator[FakeVendor]:
    vendor = FakeVendor(case, credentials)
    app = web.Application(client_max_size=BODY_LIMIT)
    app.add_routes(vendor.routes())
    async with TestServer(app) as server:
        vendor.url = str(server.make_url("")).rstrip("/")
        yield vendor
