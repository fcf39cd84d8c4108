"""SDK-HMAC-SHA256: Huawei Cloud's signature with an access key and a secret key.

Described in Huawei's guide "Signing API requests" (devg-apisign). The signature covers the method, the path with a
trailing slash, the sorted query, every header that the adapter set, ``host``, ``x-sdk-date`` and the body's SHA-256.
A time that is off by more than 15 minutes is refused with 401 ``APIG.0301``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gateway.credentials.canonical import (
    canonical_path,
    canonical_query,
    canonical_request,
    hmac_hex,
    sha256_hex,
    signable_headers,
)
from gateway.credentials.signed import REFUSED, Signed, parsed_stamp
from gateway.exchange import VendorRequest, VendorResponse
from gateway.secret import Secret

ALGORITHM = "SDK-HMAC-SHA256"

STAMP = "%Y%m%dT%H%M%SZ"


class HuaweiAkSk(Signed, frozen=True, kw_only=True):
    """Signs with a permanent or a temporary key pair. In YAML: ``{type: huawei_aksk, access_key: …, secret_key: …}``."""

    access_key: Secret
    """AK of the account that pays."""

    secret_key: Secret
    """SK that belongs to it."""

    security_token: Secret | None = None
    """Only for temporary keys: sent, signed, as ``X-Security-Token``."""

    def sign(self, request: VendorRequest, payload: str, at: datetime, /) -> VendorRequest:
        headers = signable_headers(request)
        headers["x-sdk-date"] = at.strftime(STAMP)
        if self.security_token is not None:
            headers["x-security-token"] = self.security_token.reveal()

        path, query = canonical_path(request.url), canonical_query(request.url)
        path = path if path.endswith("/") else path + "/"
        digest = sha256_hex(canonical_request(request.method, path, query, headers, payload))
        text = f"{ALGORITHM}\n{headers['x-sdk-date']}\n{digest}"
        headers["authorization"] = (
            f"{ALGORITHM} Access={self.access_key.reveal()}, SignedHeaders={';'.join(sorted(headers))}, "
            f"Signature={hmac_hex(self.secret_key.reveal().encode(), text)}"
        )
        return replace(request, headers=headers)

    def signed_at(self, request: VendorRequest, /) -> datetime:
        return parsed_stamp(request.headers["x-sdk-date"], STAMP)

    def refuses(self, response: VendorResponse, /) -> bool:
        return response.status in REFUSED
