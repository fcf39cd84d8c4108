"""What iApp's messages and statuses mean to us. From its API error page; the message decides, then the status."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.adapters.failure import failure as by_code
from gateway.errors import (
    ContradictedDocument,
    GatewayError,
    NoDocument,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse

ERRORS: Mapping[str, type[GatewayError]] = {
    "NO_ID_CARD_FOUND": NoDocument,
    "IMAGE_ERROR_UNSUPPORTED_FORMAT": UnreadableDocument,  # or damaged: the format is one of theirs
    "INVALID_IMAGE_SIZE": UpstreamIncapable,
    "IMAGE_ERROR_UNSUPPORTED_BLACK_WHITE_IMAGE": UpstreamIncapable,
    "PLEASE_VERIFY_ID_CARD_NUMBER": ContradictedDocument,  # 13 digits whose check digit does not hold
    "CANNOT_READ_ID_CARD_NUMBER_CLEARLY": UnreadableDocument,  # fewer than 13 digits
    "LASER_NUMBER_NOT_FOUND": UnreadableDocument,
    "CANNOT_READ_LASER_NUMBER_CLEARLY": UnreadableDocument,
    "FILE_IS_TOO_LARGE": UpstreamIncapable,
    "IMAGE_FILE_IS_TOO_LARGE": UpstreamIncapable,
    "SERVER_IS_BUSY": UpstreamThrottled,  # "please try again in a few seconds"
    "LONG_TIME_TO_PROCESS": UpstreamUnavailable,
    "LONG_TIME_TO_REQUEST": UpstreamUnavailable,  # waited in their queue for too long
    "REQUESTED_URL_NOT_FOUND": UpstreamGone,
    "METHOD_NOT_ALLOWED": UpstreamGone,
    "NO_FILE_ATTACHED": UpstreamProtocolError,
    "ATTACH_ONE_IMAGE_AT_A_TIME": UpstreamProtocolError,
    "PARAMETER_NOT_FOUND": UpstreamProtocolError,
    "PARAMETER_VALUE_NOT_FOUND": UpstreamProtocolError,
    # Statuses of their own, for an answer without a message.
    "402": UpstreamExhausted,  # credits used up
    **dict.fromkeys(("420", "430"), NoDocument),
    **dict.fromkeys(("421", "431", "425", "434", "435"), UnreadableDocument),
    **dict.fromkeys(("422", "432", "426", "436"), UpstreamIncapable),
    "424": ContradictedDocument,
    **dict.fromkeys(("427", "428"), UpstreamUnavailable),
    **dict.fromkeys(("461", "462"), UpstreamProtocolError),
    "560": UpstreamThrottled,  # busy
}

_CODE = re.compile(r"[A-Z_]+")


class Fault(msgspec.Struct):
    error_message: str | None = None


def failure(response: VendorResponse) -> GatewayError:
    """The error that an answer stands for. Some messages go on behind their code: ``SERVER_IS_BUSY: please ...``."""
    fault = decode_or_none(response.body, Fault) or Fault()
    said = _CODE.match(fault.error_message or "")
    return by_code(response, said[0] if said else str(response.status), ERRORS)
