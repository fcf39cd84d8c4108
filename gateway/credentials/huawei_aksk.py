"""SDK-HMAC-SHA256: Huawei Cloud's signature with an access key and a secret key.

Described in Huawei's guide "Signing API requests" (devg-apisign). The signature covers the method, the path with a
trailing slash, the sorted query, every header that the adapter set, ``host``, ``x-sdk-date`` and the body's SHA-256.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import msgspec

from gateway.clock import wall_clock
from gateway.exchange import Send, VendorRequest
from gateway.model import Buffer
from gateway.secret import Secret

ALGORITHM = "SDK-HMAC-SHA256"

HASH_INLINE = 256 * 1024
"""Bytes that are hashed on the event loop; 256 KiB take about 0.2 ms, more goes to a thread."""


class HuaweiAkSk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Signs with a permanent or a temporary key pair. In YAML: ``{type: huawei_aksk, access_key: …, secret_key: …}``."""

    access_key: Secret
    """AK of the account that pays."""

    secret_key: Secret
    """SK that belongs to it."""

    security_token: Secret | None = None
    """Only for temporary keys: sent, signed, as ``X-Security-Token``."""

    async def authorize(self, request: VendorRequest, _send: Send, /) -> VendorRequest:
        return await self.authorize_at(request, wall_clock)

    async def authorize_at(self, request: VendorRequest, now: Callable[[], datetime]) -> VendorRequest:
        """The request with its signature. The time is taken after the body is hashed, so that it is fresh."""
        if sum(map(len, request.body)) > HASH_INLINE:
            payload = await asyncio.to_thread(payload_hash, request.body)
        else:
            payload = payload_hash(request.body)
        return self.sign(request, payload, now())

    def sign(self, request: VendorRequest, payload: str, at: datetime) -> VendorRequest:
        """Add ``host``, ``x-sdk-date`` and ``authorization``; ``payload`` is the body's hash, ``at`` an aware time."""
        stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        headers = {name.lower(): value.strip() for name, value in request.headers.items()}
        headers["host"] = urlsplit(request.url).netloc
        headers["x-sdk-date"] = stamp
        if self.security_token is not None:
            headers["x-security-token"] = self.security_token.reveal()

        canonical = canonical_request(request.method, request.url, headers, payload)
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        text = f"{ALGORITHM}\n{stamp}\n{digest}"
        signature = hmac.digest(self.secret_key.reveal().encode(), text.encode(), hashlib.sha256).hex()
        headers["authorization"] = (
            f"{ALGORITHM} Access={self.access_key.reveal()}, "
            f"SignedHeaders={';'.join(sorted(headers))}, Signature={signature}"
        )
        return replace(request, headers=headers)


def payload_hash(body: tuple[Buffer, ...]) -> str:
    """Hex SHA-256 of the body's parts in order, as if they were joined."""
    digest = hashlib.sha256()
    for part in body:
        digest.update(part)
    return digest.hexdigest()


def canonical_request(method: str, url: str, headers: Mapping[str, str], payload: str) -> str:
    """The six lines that are signed. ``headers`` are lower case and trimmed, and all of them are signed."""
    parts = urlsplit(url)
    path = "/".join(quote(segment, safe="~") for segment in unquote(parts.path).split("/"))
    query = "&".join(
        f"{quote(name, safe='~')}={quote(value, safe='~')}"
        for name, value in sorted(parse_qsl(parts.query, keep_blank_values=True))
    )
    return "\n".join(
        (
            method.upper(),
            path if path.endswith("/") else path + "/",
            query,
            "".join(f"{name}:{headers[name]}\n" for name in sorted(headers)),
            ";".join(sorted(headers)),
            payload,
        )
    )
