"""What each of the vendor's error codes means to us. The HTTP status says little: 401 may be the picture, 403 the rate."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.adapters.failure import failure as by_code
from gateway.errors import (
    GatewayError,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse

ERRORS: Mapping[str, type[GatewayError]] = {
    "DownloadTimeout": UpstreamProtocolError,  # of a URL: we send none
    "Forbidden": UpstreamMisconfigured,
    "Forbidden.AccountAccessDenied": UpstreamExhausted,  # not opened, or in arrears
    "Forbidden.RAMUserAccessDenied": UpstreamMisconfigured,
    "IllegalTimestamp": UpstreamMisconfigured,
    "IncompleteSignature": UpstreamMisconfigured,
    "InternalError": UpstreamUnavailable,
    "InvalidAccessKeyId": UpstreamMisconfigured,
    "InvalidAction": UpstreamGone,
    "InvalidParameter": UpstreamIncapable,  # a kind or a picture that this region does not take
    "InvalidSecurityToken": UpstreamMisconfigured,
    "InvalidTimeStamp": UpstreamMisconfigured,
    "InvalidVersion": UpstreamGone,
    "MissingParameter": UpstreamProtocolError,
    "MissingSecurityToken": UpstreamMisconfigured,
    "NoPermission": UpstreamMisconfigured,
    "ServiceUnavailable": UpstreamUnavailable,
    "SignatureDoesNotMatch": UpstreamMisconfigured,
    "SignatureNonceUsed": UpstreamMisconfigured,
    "SuspiciousActivity": UpstreamThrottled,
    "Throttling": UpstreamThrottled,
    "ToolargeImage": UpstreamIncapable,
    "UnqualifiedPhoto": UnreadableDocument,
    "UnsupportedHTTPMethod": UpstreamProtocolError,
}

SUCCESS = "Success"


class Fault(msgspec.Struct, rename="pascal"):
    code: str = ""


def failure(response: VendorResponse) -> GatewayError:
    """The error that an answer stands for. ``x-acs-retry-after``, milliseconds, marks throttling whatever the code is."""
    wait = response.headers.get("x-acs-retry-after", "")
    if re.fullmatch(r"[1-9]\d{0,8}", wait, re.ASCII):
        return UpstreamThrottled(f"HTTP {response.status}", retry_after=int(wait) / 1000)
    fault = decode_or_none(response.body, Fault)
    code = "" if fault is None or fault.code == SUCCESS else fault.code
    return by_code(response, code, ERRORS)
