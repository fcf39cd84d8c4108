"""ACS3-HMAC-SHA256: Alibaba Cloud's signature, version 3.

Described in Alibaba Cloud's "Request syntax and signature method V3", whose published vector is in the tests. The
signature covers the method, the path, the sorted query, every header that the adapter set (``x-acs-action``,
``x-acs-version``, ``content-type``), those added here, and the body's SHA-256. A time that is off by more than 15
minutes is refused with 400 ``InvalidTimeStamp.Expired``.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

import msgspec

from gateway.credentials.canonical import (
    canonical_path,
    canonical_query,
    canonical_request,
    hmac_hex,
    sha256_hex,
    signable_headers,
)
from gateway.credentials.refusal import error_in
from gateway.credentials.signed import REFUSED, Signed, parsed_stamp
from gateway.exchange import VendorRequest, VendorResponse
from gateway.secret import Secret

ALGORITHM = "ACS3-HMAC-SHA256"

STAMP = "%Y-%m-%dT%H:%M:%SZ"

EXPIRED = frozenset({"InvalidTimeStamp.Expired", "IllegalTimestamp"})


class _Error(msgspec.Struct, rename="pascal"):
    code: str


class AlibabaAcs3(Signed, frozen=True, kw_only=True):
    """Signs with a permanent or a temporary key pair. In YAML: ``{type: alibaba_acs3, access_key_id: …,
    access_key_secret: …}``.
    """

    access_key_id: Secret
    """AccessKey ID of the account that pays."""

    access_key_secret: Secret
    """AccessKey secret that belongs to it."""

    security_token: Secret | None = None
    """Only for temporary keys: sent, signed, as ``x-acs-security-token``."""

    def sign(self, request: VendorRequest, payload: str, at: datetime, /) -> VendorRequest:
        return self.sign_with(request, payload, at, secrets.token_hex(16))

    def sign_with(self, request: VendorRequest, payload: str, at: datetime, nonce: str) -> VendorRequest:
        """``nonce`` is what Alibaba takes once in 15 minutes."""
        access_key_id = self.access_key_id.reveal()
        headers = signable_headers(request)
        headers["x-acs-date"] = at.strftime(STAMP)
        headers["x-acs-signature-nonce"] = nonce
        headers["x-acs-content-sha256"] = payload
        if self.security_token is not None:
            headers["x-acs-accesskey-id"] = access_key_id
            headers["x-acs-security-token"] = self.security_token.reveal()

        path, query = canonical_path(request.url), canonical_query(request.url)
        digest = sha256_hex(canonical_request(request.method, path, query, headers, payload))
        signature = hmac_hex(self.access_key_secret.reveal().encode(), f"{ALGORITHM}\n{digest}")
        headers["authorization"] = (
            f"{ALGORITHM} Credential={access_key_id},SignedHeaders={';'.join(sorted(headers))},Signature={signature}"
        )
        return replace(request, headers=headers)

    def signed_at(self, request: VendorRequest, /) -> datetime:
        return parsed_stamp(request.headers["x-acs-date"], STAMP)

    def refuses(self, response: VendorResponse, /) -> bool:
        error = error_in(response, _Error)
        return response.status in REFUSED or (error is not None and error.code in EXPIRED)
