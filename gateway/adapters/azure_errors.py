"""What the error codes of Azure AI Document Intelligence mean to us; one table, as every model answers with the same codes.

Codes from the service's "Error guide v4.0".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.adapters.failure import failure as by_code
from gateway.adapters.status import retry_after
from gateway.errors import (
    GatewayError,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse

ERRORS: Mapping[str, type[GatewayError]] = {
    "InvalidContent": UnreadableDocument,  # corrupted: the format is one that is taken
    "InvalidContentLength": UpstreamIncapable,
    "InvalidContentDimensions": UpstreamIncapable,
    "UnsupportedContent": UpstreamIncapable,
    "UnsupportedMediaType": UpstreamProtocolError,  # of the request: we send JSON
    "ContentSourceTimeout": UpstreamUnavailable,  # they waited for our bytes
    "InvalidArgument": UpstreamMisconfigured,  # all that can be wrong in the URL are our options
    "InvalidParameter": UpstreamMisconfigured,
    "NotSupportedApiVersion": UpstreamMisconfigured,
    "ModelNotFound": UpstreamMisconfigured,  # not in this region, or not in this version
    "OperationNotFound": UpstreamProtocolError,  # a day has not passed since it was handed in
    "Forbidden": UpstreamMisconfigured,
    "AuthorizationFailed": UpstreamMisconfigured,
    "InvalidDataProtectionKey": UpstreamMisconfigured,
    "OutboundAccessForbidden": UpstreamMisconfigured,
    "InternalServerError": UpstreamUnavailable,
    "ServiceUnavailable": UpstreamUnavailable,
}

QUOTA = "Out of call volume quota"
"""How a used-up quota is told from a refusal: both are 403 under one code. Azure's own client looks for these words."""


class Inner(msgspec.Struct):
    code: str | None = None
    innererror: Inner | None = None


class Error(Inner):
    """Of a refused request, and of an operation that has failed inside HTTP 200."""

    message: str | None = None


class Fault(msgspec.Struct):
    error: Error | None = None


def accepted_at(response: VendorResponse) -> str:
    """Where the operation that ``response`` has accepted is to be polled."""
    if response.status != 202:
        raise refusal(response)
    place = response.headers.get("operation-location", "")
    if not place:
        raise UpstreamProtocolError("accepted without an operation-location")
    return place


def refusal(response: VendorResponse) -> GatewayError:
    """The error that a refused request stands for; its body may be anything."""
    fault = decode_or_none(response.body, Fault)
    return failure(response, None if fault is None else fault.error)


def failure(response: VendorResponse, error: Error | None) -> GatewayError:
    """The error that ``error`` stands for: by its innermost code that is known, else by the HTTP status."""
    codes = list(_codes(error))
    if error is not None and QUOTA in (error.message or ""):
        return UpstreamExhausted(f"HTTP {response.status} quota", retry_after=retry_after(response.headers))
    return by_code(response, next((code for code in codes if code in ERRORS), codes[-1] if codes else ""), ERRORS)


def _codes(error: Inner | None) -> Iterator[str]:
    """The most specific first, which is the innermost."""
    chain: list[str] = []
    while error is not None:
        chain.append(error.code or "")
        error = error.innererror
    return reversed(chain)
