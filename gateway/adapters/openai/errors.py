"""What the error codes of OpenAI and of the servers that copy it mean to us.

From OpenAI's page "Error codes" and the enumeration in its own client, vLLM's ``ErrorInfo``, and recorded answers of
OpenRouter and Ollama.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.adapters.failure import failure as by_code
from gateway.errors import (
    GatewayError,
    RecognitionFailed,
    UnreadableDocument,
    UpstreamExhausted,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.exchange import VendorResponse

ERRORS: Mapping[str, type[GatewayError]] = {
    **dict.fromkeys(
        ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "402"), UpstreamExhausted
    ),  # the first is a 429 that no waiting mends
    "rate_limit_exceeded": UpstreamThrottled,
    **dict.fromkeys(
        ("invalid_api_key", "account_deactivated", "model_not_found", "NotFoundError", "not_found_error", "404"),
        UpstreamMisconfigured,
    ),  # a model that is not there is a matter of our options; so is a path
    **dict.fromkeys(
        ("unsupported_value", "unsupported_parameter", "unknown_parameter", "invalid_json_schema"),
        UpstreamMisconfigured,
    ),
    **dict.fromkeys(
        ("invalid_image", "image_parse_error", "invalid_base64_image", "empty_image_file"), UnreadableDocument
    ),
    **dict.fromkeys(
        ("image_too_large", "image_too_small", "image_file_too_large", "invalid_image_format"), UpstreamIncapable
    ),
    **dict.fromkeys(("unsupported_image_media_type", "context_length_exceeded"), UpstreamIncapable),
    **dict.fromkeys(
        ("content_filter", "content_policy_violation", "image_content_policy_violation"), RecognitionFailed
    ),
    "server_error": UpstreamUnavailable,
    # A refusal without a code: a picture that cannot be opened looks like it, and must not cost others their upstream.
    **dict.fromkeys(("invalid_request_error", "BadRequestError", "400", "422"), UpstreamIncapable),
}
"""By ``code``, by ``type`` where the code says nothing, and by the number that vLLM and OpenRouter put for a code."""


class Fault(msgspec.Struct):
    code: str | int | None = None
    type: str | None = None


class Refusal(Fault):
    """Ollama's own API puts plain text for the object, and older releases of vLLM had no envelope."""

    error: Fault | str | None = None


def failure(response: VendorResponse) -> GatewayError:
    """The error that an answer stands for: by its code where that is known, else by its type, else by its status."""
    refusal = decode_or_none(response.body, Refusal)
    fault = refusal.error if refusal is not None and isinstance(refusal.error, Fault) else refusal
    code, kind = (None, None) if fault is None else (fault.code, fault.type)
    status = code if isinstance(code, int) and 400 <= code < 600 else response.status
    said = (code if isinstance(code, str) else None, kind, str(status))
    known = next((word for word in said if word and word in ERRORS), "")
    return by_code(replace(response, status=status), known, ERRORS)
