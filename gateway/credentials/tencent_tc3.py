"""TC3-HMAC-SHA256: Tencent Cloud's signature, version 3.

Described in Tencent's API documentation, "Signature v3", whose published vector is in the tests. As by the official
client, ``content-type`` and ``host`` are signed with the body's SHA-256; the adapter sets the former, and the unsigned
``x-tc-action``, ``x-tc-version`` and ``x-tc-region``. A time that is off by more than 5 minutes is refused with
``AuthFailure.SignatureExpire`` inside HTTP 200.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import msgspec

from gateway.credentials.canonical import canonical_request, derived_key, hmac_hex, sha256_hex, signable_headers
from gateway.credentials.refusal import error_in
from gateway.credentials.signed import Label, Signed
from gateway.exchange import VendorRequest, VendorResponse
from gateway.secret import Secret

ALGORITHM = "TC3-HMAC-SHA256"

SIGNED = ("content-type", "host")

EXPIRED = "AuthFailure.SignatureExpire"


class _Error(msgspec.Struct, rename="pascal"):
    code: str


class _Response(msgspec.Struct, rename="pascal"):
    error: _Error


class _Answer(msgspec.Struct, rename="pascal"):
    response: _Response


class TencentTc3(Signed, frozen=True, kw_only=True):
    """Signs with a permanent or a temporary key pair. In YAML: ``{type: tencent_tc3, secret_id: …, secret_key: …}``."""

    secret_id: Secret
    """SecretId of the account that pays."""

    secret_key: Secret
    """SecretKey that belongs to it."""

    token: Secret | None = None
    """Only for temporary keys: sent as ``X-TC-Token``."""

    service: Label = "ocr"
    """The product that is called: the first label of its host name. ``ocr``, or ``faceid``."""

    def sign(self, request: VendorRequest, payload: str, at: datetime, /) -> VendorRequest:
        headers = signable_headers(request)
        headers["x-tc-timestamp"] = str(int(at.timestamp()))
        if self.token is not None:
            headers["x-tc-token"] = self.token.reveal()

        signed = {name: headers[name] for name in SIGNED}
        url = urlsplit(request.url)
        digest = sha256_hex(canonical_request(request.method, url.path or "/", url.query, signed, payload))
        day = at.strftime("%Y-%m-%d")
        scope = f"{day}/{self.service}/tc3_request"
        key = derived_key("TC3", self.secret_key, day, self.service, "tc3_request")
        signature = hmac_hex(key, f"{ALGORITHM}\n{headers['x-tc-timestamp']}\n{scope}\n{digest}")
        headers["authorization"] = (
            f"{ALGORITHM} Credential={self.secret_id.reveal()}/{scope}, "
            f"SignedHeaders={';'.join(SIGNED)}, Signature={signature}"
        )
        return replace(request, headers=headers)

    def signed_at(self, request: VendorRequest, /) -> datetime:
        return datetime.fromtimestamp(int(request.headers["x-tc-timestamp"]), UTC)

    def refuses(self, response: VendorResponse, /) -> bool:
        answer = error_in(response, _Answer)
        return answer is not None and answer.response.error.code == EXPIRED
