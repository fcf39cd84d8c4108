"""What Google's errors mean to us: of a request, and of the picture in one that has succeeded.

Names and numbers of ``google.rpc.Code``, reasons of ``google.api.ErrorReason``.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.adapters.failure import failure
from gateway.errors import (
    GatewayError,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse

ERRORS: Mapping[str, type[GatewayError]] = {
    "ABORTED": UpstreamUnavailable,
    "CANCELLED": UpstreamUnavailable,
    "DATA_LOSS": UpstreamUnavailable,
    "DEADLINE_EXCEEDED": UpstreamUnavailable,
    "FAILED_PRECONDITION": UpstreamMisconfigured,  # the project is not ready for it
    "INTERNAL": UpstreamUnavailable,
    "INVALID_ARGUMENT": UpstreamIncapable,  # the form of our requests is fixed: too large for one
    "NOT_FOUND": UpstreamGone,
    "PERMISSION_DENIED": UpstreamMisconfigured,
    "RESOURCE_EXHAUSTED": UpstreamThrottled,  # of a quota by the minute
    "UNAUTHENTICATED": UpstreamMisconfigured,
    "UNAVAILABLE": UpstreamUnavailable,
    "UNIMPLEMENTED": UpstreamGone,
    "UNKNOWN": UpstreamUnavailable,
    # Reasons, which say more.
    "API_KEY_INVALID": UpstreamMisconfigured,  # comes as INVALID_ARGUMENT
    "RATE_LIMIT_EXCEEDED": UpstreamThrottled,
    "RESOURCE_QUOTA_EXCEEDED": UpstreamExhausted,
    "BILLING_DISABLED": UpstreamMisconfigured,
    "CONSUMER_SUSPENDED": UpstreamMisconfigured,
    "CONSUMER_INVALID": UpstreamMisconfigured,
}

NUMBERS: Mapping[int, str] = {
    1: "CANCELLED",
    2: "UNKNOWN",
    4: "DEADLINE_EXCEEDED",
    5: "NOT_FOUND",
    7: "PERMISSION_DENIED",
    8: "RESOURCE_EXHAUSTED",
    9: "FAILED_PRECONDITION",
    10: "ABORTED",
    12: "UNIMPLEMENTED",
    13: "INTERNAL",
    14: "UNAVAILABLE",
    15: "DATA_LOSS",
    16: "UNAUTHENTICATED",
}

BAD_PICTURE = 3
"""INVALID_ARGUMENT of a single picture: "Bad image data"."""


class Detail(msgspec.Struct):
    reason: str = ""


class Status(msgspec.Struct):
    """A ``google.rpc.Status``; ``status`` is the name of its code, and not told of a single picture."""

    code: int = 0
    status: str = ""
    details: list[Detail] = []


class Fault(msgspec.Struct):
    error: Status | None = None


def refusal(response: VendorResponse) -> GatewayError:
    """The error that a refused request stands for: by a reason that is known, else by its name, else by its status."""
    fault = decode_or_none(response.body, Fault)
    error = Status() if fault is None or fault.error is None else fault.error
    reasons = (detail.reason for detail in error.details if detail.reason in ERRORS)
    return failure(response, next(reasons, error.status), ERRORS)


def refusal_of_picture(response: VendorResponse, error: Status) -> GatewayError:
    """The error that the picture's own answer holds, inside HTTP 200."""
    if error.code == BAD_PICTURE:
        return UnreadableDocument("the picture cannot be decoded")
    return failure(response, NUMBERS.get(error.code, ""), ERRORS)
