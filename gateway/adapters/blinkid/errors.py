"""What BlinkID's error codes and processing statuses mean. Codes from the vendor's own client library."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.adapters.failure import failure as by_code
from gateway.errors import (
    GatewayError,
    NoDocument,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse

ERRORS: Mapping[str, type[GatewayError]] = {
    "API_ROLE_IS_NOT_FOUND": UpstreamMisconfigured,
    "AUTHORIZATION_HEADER_IS_NOT_VALID": UpstreamMisconfigured,
    "FORBIDDEN_RECOGNIZER": UpstreamMisconfigured,
    "INVALID_LICENSE_KEY": UpstreamMisconfigured,
    "NOT_ALLOWED_TO_EXECUTE_REQUESTED_RECOGNIZER": UpstreamMisconfigured,
    "INSUFFICIENT_BALANCE": UpstreamExhausted,
    "IMAGE_SIZE_IS_TOO_BIG": UpstreamIncapable,
    "IMAGE_IS_NOT_VALID": UnreadableDocument,
    "IMAGE_IS_NOT_ABLE_TO_CONVERT_TO_RAW_PIXELS": UnreadableDocument,
    "IMAGE_IS_NOT_VALID_BASE64_STRING": UpstreamProtocolError,  # ours was valid, so it was read from the wrong place
    "BAD_REQUEST": UpstreamProtocolError,
    "INTERNAL_SERVER_ERROR": UpstreamUnavailable,
    "SERVER_CANCELED_REQUEST": UpstreamUnavailable,
    "SERVER_TOO_BUSY": UpstreamUnavailable,
}

EMPTY: Mapping[str, type[GatewayError]] = {
    "DETECTIONFAILED": NoDocument,
    "UNSUPPORTEDCLASS": UpstreamIncapable,
    "UNSUPPORTEDBYLICENSE": UpstreamMisconfigured,
    "IMAGEPREPROCESSINGFAILED": UnreadableDocument,
    "FIELDIDENTIFICATIONFAILED": UnreadableDocument,
    "MANDATORYFIELDMISSING": UnreadableDocument,
    "INVALIDCHARACTERSFOUND": UnreadableDocument,
    "MRZPARSINGFAILED": UnreadableDocument,
    "BARCODERECOGNITIONFAILED": UnreadableDocument,
}
"""Why a result is empty, by its ``processingStatus`` in capitals alone."""


class Fault(msgspec.Struct):
    code: str | int | None = None


def failure(response: VendorResponse) -> GatewayError:
    """The error that an answer other than success stands for: by its code where that is known, else by its status."""
    fault = decode_or_none(response.body, Fault)
    return by_code(response, "" if fault is None else str(fault.code or ""), ERRORS)


def empty(processing_status: str) -> GatewayError:
    """The error that an empty result stands for; a status that is not in the table says no more than that."""
    return EMPTY.get(processing_status, NoDocument)("an empty result")
