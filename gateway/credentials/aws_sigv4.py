"""AWS4-HMAC-SHA256: the signature of Amazon Web Services, version 4.

Described in the AWS IAM guide, "Create a signed AWS API request". The signature covers the method, the path, the sorted
query, every header that the adapter set, ``host``, ``x-amz-date`` and the body's SHA-256. A time that is off by more
than 5 minutes is refused, by Textract and other JSON services with 400 ``InvalidSignatureException``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import quote, urlsplit

import msgspec

from gateway.credentials.canonical import (
    canonical_request,
    derived_key,
    encoded,
    hmac_hex,
    joined,
    query_pairs,
    sha256_hex,
    signable_headers,
)
from gateway.credentials.refusal import error_in
from gateway.credentials.signed import REFUSED, Label, Signed, parsed_stamp
from gateway.exchange import VendorRequest, VendorResponse
from gateway.secret import Secret

ALGORITHM = "AWS4-HMAC-SHA256"

STAMP = "%Y%m%dT%H%M%SZ"

SKEWED = frozenset(
    {
        "AuthFailure",
        "InvalidSignatureException",
        "RequestExpired",
        "RequestInTheFuture",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    }
)
"""The codes that the official clients take for a wrong clock, if the answer's ``Date`` agrees."""


class _Error(msgspec.Struct):
    type: str = msgspec.field(name="__type")


class AwsSigV4(Signed, frozen=True, kw_only=True):
    """Signs with a permanent or a temporary key pair. In YAML: ``{type: aws_sigv4, access_key_id: …,
    secret_access_key: …, region: …}``.
    """

    access_key_id: Secret
    """Access key ID of a user that may call the service."""

    secret_access_key: Secret
    """Secret access key that belongs to it."""

    session_token: Secret | None = None
    """Only for temporary keys: sent, signed, as ``X-Amz-Security-Token``."""

    region: Label
    """Where the endpoint is, such as ``ap-southeast-1``."""

    service: Label = "textract"
    """The service that is called, as in its host name."""

    def sign(self, request: VendorRequest, payload: str, at: datetime, /) -> VendorRequest:
        headers = signable_headers(request)
        headers["x-amz-date"] = at.strftime(STAMP)
        if self.session_token is not None:
            headers["x-amz-security-token"] = self.session_token.reveal()

        path, query = _path_and_query(request.url)
        signed = {name: " ".join(value.split()) for name, value in headers.items()}
        digest = sha256_hex(canonical_request(request.method, path, query, signed, payload))
        scope = (at.strftime("%Y%m%d"), self.region, self.service, "aws4_request")
        text = f"{ALGORITHM}\n{headers['x-amz-date']}\n{'/'.join(scope)}\n{digest}"
        signature = hmac_hex(derived_key("AWS4", self.secret_access_key, *scope), text)
        headers["authorization"] = (
            f"{ALGORITHM} Credential={self.access_key_id.reveal()}/{'/'.join(scope)}, "
            f"SignedHeaders={';'.join(sorted(headers))}, Signature={signature}"
        )
        return replace(request, headers=headers)

    def signed_at(self, request: VendorRequest, /) -> datetime:
        return parsed_stamp(request.headers["x-amz-date"], STAMP)

    def refuses(self, response: VendorResponse, /) -> bool:
        return response.status in REFUSED or _code(response) in SKEWED


def _path_and_query(url: str) -> tuple[str, str]:
    """The path is encoded once more than it is sent, and the pairs of the query are sorted after they are encoded."""
    return quote(urlsplit(url).path or "/", safe="/~"), joined(sorted(encoded(query_pairs(url))))


def _code(response: VendorResponse) -> str:
    """The error's name: ``<name>:<link>`` in a header, or ``<namespace>#<name>`` in the body."""
    error = error_in(response, _Error)
    name = response.headers.get("x-amzn-errortype") or (error.type if error is not None else "")
    return name.partition(":")[0].rpartition("#")[2]
