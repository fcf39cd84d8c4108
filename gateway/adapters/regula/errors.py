"""What the container's refusals mean. It documents statuses and no codes of its own."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.adapters.failure import failure as by_code
from gateway.errors import GatewayError, UnreadableDocument, UpstreamMisconfigured
from gateway.exchange import VendorResponse

ERRORS: Mapping[str, type[GatewayError]] = {
    "400": UnreadableDocument,  # "check your input data": the picture is all that varies in it
    "403": UpstreamMisconfigured,  # "bad license": none, run out, or not for this scenario
}
"""By HTTP status. The bodies are not specified, and a proxy may have written them."""


def failure(response: VendorResponse) -> GatewayError:
    """The error that an answer other than success stands for."""
    return by_code(response, str(response.status), ERRORS)
