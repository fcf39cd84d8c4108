"""The fake vendors' checks accept what the gateway sends, and nothing that was tampered with."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from aiohttp import ClientSession, web

from gateway.credentials.registry import CREDENTIALS
from gateway.errors import UpstreamMisconfigured
from gateway.exchange import Credentials, Send, VendorRequest, VendorResponse
from gateway.secret import Secret
from tests.serving import serving
from tests.vendors.verifiers import VERIFIERS, Received, secrets_for, token_routes, yaml_for

SECTIONS: dict[str, dict[str, Any]] = {
    "alibaba_acs3": {"access_key_id": {"env": "VENDOR_ID"}, "access_key_secret": {"env": "VENDOR_SECRET"}},
    "aws_sigv4": {
        "access_key_id": {"env": "VENDOR_ID"},
        "secret_access_key": {"env": "VENDOR_SECRET"},
        "region": "ap-southeast-1",
    },
    "baidu_token": {"api_key": {"env": "VENDOR_ID"}, "secret_key": {"env": "VENDOR_SECRET"}},
    "entra": {"tenant": "t.example", "client_id": {"env": "VENDOR_ID"}, "client_secret": {"env": "VENDOR_SECRET"}},
    "google_service_account": {"key": {"env": "VENDOR_SECRET"}},
    "header": {"name": "X-Api-Key", "value": {"env": "VENDOR_SECRET"}},
    "huawei_aksk": {"access_key": {"env": "VENDOR_ID"}, "secret_key": {"env": "VENDOR_SECRET"}},
    "tencent_tc3": {"secret_id": {"env": "VENDOR_ID"}, "secret_key": {"env": "VENDOR_SECRET"}},
}
TOKENS = {"baidu_token", "entra", "google_service_account"}
SIGNED = {"alibaba_acs3", "aws_sigv4", "huawei_aksk", "tencent_tc3"}

ASKED = VendorRequest(
    "POST",
    "https://vendor.example/v1/read%20it?a=b%2Fc",
    {"content-type": "application/json", "x-acs-action": "Read", "x-acs-version": "1"},
    (b'{"image":', b'"AAAA"}'),
)


def made(section: dict[str, Any], client_id: str, client_secret: str) -> Credentials:
    values = {"VENDOR_ID": client_id, "VENDOR_SECRET": client_secret}
    options = {name: value for name, value in section.items() if name != "type"}
    return msgspec.convert(
        options, CREDENTIALS[section["type"]], dec_hook=lambda _kind, value: Secret(values[value["env"]])
    )


@asynccontextmanager
async def account(kind: str) -> AsyncIterator[tuple[dict[str, Any], Send]]:
    """The section of credentials whose token endpoint runs on loopback, and how to reach it."""
    app = web.Application()
    app.add_routes(token_routes(kind, *secrets_for(kind)))
    async with serving(app) as port, ClientSession() as session:

        async def send(request: VendorRequest) -> VendorResponse:
            body = b"".join(request.body)
            async with session.request(request.method, request.url, headers=request.headers, data=body) as response:
                return VendorResponse(response.status, {}, await response.read())

        yield yaml_for({"type": kind, **SECTIONS[kind]}, f"http://127.0.0.1:{port}"), send


async def received(kind: str) -> Received:
    """What arrives of ``ASKED`` at the vendor."""
    async with account(kind) as (section, send):
        sent = await made(section, *secrets_for(kind)).authorize(ASKED, send)
    url = urlsplit(sent.url)
    client_id, client_secret = secrets_for(kind)
    return Received(
        method=sent.method,
        path_qs=f"{url.path}?{url.query}",
        headers={name.lower(): value for name, value in sent.headers.items()} | {"accept-encoding": "gzip"},
        body=b"".join(sent.body),
        id=client_id,
        secret=client_secret,
        credentials=section,
    )


def test_there_is_one_for_each_scheme():
    assert VERIFIERS.keys() == SECTIONS.keys() == CREDENTIALS.keys()


@pytest.mark.parametrize("kind", sorted(SECTIONS))
async def test_what_the_gateway_sends_is_accepted(kind: str):
    assert VERIFIERS[kind](await received(kind)) is None


@pytest.mark.parametrize("kind", sorted(SECTIONS))
async def test_no_authorization_or_another_account_is_not(kind: str):
    right = await received(kind)
    bare = {name: value for name, value in right.headers.items() if name not in {"authorization", "x-api-key"}}
    assert VERIFIERS[kind](replace(right, headers=bare, path_qs="/v1/read%20it?a=b%2Fc"))
    assert VERIFIERS[kind](replace(right, secret="another"))
    if kind != "header":
        assert VERIFIERS[kind](replace(right, id="another"))


@pytest.mark.parametrize("kind", sorted(SIGNED))
async def test_what_was_changed_on_the_way_is_not(kind: str):
    verify, right = VERIFIERS[kind], await received(kind)
    assert verify(replace(right, body=right.body + b" "))
    assert verify(replace(right, path_qs=right.path_qs + "&c=d"))
    assert verify(replace(right, method="PUT"))
    assert verify(replace(right, headers=right.headers | {"host": "elsewhere.example"}))
    assert verify(replace(right, headers=right.headers | {"content-type": "text/plain"}))


@pytest.mark.parametrize("kind", sorted(SIGNED))
async def test_what_is_not_fresh_is_not(kind: str):
    verify, right = VERIFIERS[kind], await received(kind)
    for minutes in (-6, 6):
        assert "fresh" in (verify(replace(right, at=datetime.now(UTC) + timedelta(minutes=minutes))) or "")


@pytest.mark.parametrize("kind", sorted(SECTIONS.keys() - TOKENS))
async def test_a_scheme_without_tokens_has_no_token_endpoint(kind: str):
    assert token_routes(kind, *secrets_for(kind)) == []
    assert yaml_for({"type": kind}, "http://x.example") == {"type": kind}


@pytest.mark.parametrize("kind", sorted(TOKENS))
async def test_the_token_endpoint_refuses_another_secret(kind: str):
    client_id, right = secrets_for(kind)
    file = json.loads(right) if kind == "google_service_account" else {}
    wrong = json.dumps(file | {"client_email": "another"}) if file else "another"
    async with account(kind) as (section, send):
        with pytest.raises(UpstreamMisconfigured, match="invalid_"):
            await made(section, client_id, wrong).authorize(ASKED, send)


@pytest.mark.parametrize("kind", sorted(TOKENS))
async def test_each_token_is_another(kind: str):
    async with account(kind) as (section, send):
        first, second = [await made(section, *secrets_for(kind)).authorize(ASKED, send) for _ in range(2)]
    assert first != second
