"""What the error codes of Huawei Cloud's OCR APIs mean to us; one table, as they all answer with the same codes.

Codes from Huawei's OCR error page (``ocr_03_0028``) and API Gateway error page (``apig_03_0048``). Most come with an HTTP
status that no page tells, so the code alone decides.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gateway.adapters.answer import decode_or_none
from gateway.adapters.failure import failure as by_code
from gateway.errors import (
    GatewayError,
    RecognitionFailed,
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
    "AIS.0101": UpstreamIncapable,  # a parameter: ours are valid by the API page, so this deployment knows fewer
    "AIS.0102": UpstreamIncapable,  # image format
    "AIS.0103": UpstreamIncapable,  # pixels
    "AIS.0104": UnreadableDocument,  # not such a document, or poor quality
    "AIS.0105": RecognitionFailed,
    "ModelArts.0203": UpstreamMisconfigured,  # token invalid
    "ModelArts.0212": UpstreamMisconfigured,  # token without project
    "ModelArts.4101": UpstreamMisconfigured,  # no token
    "ModelArts.4102": UpstreamMisconfigured,  # token cannot be parsed
    "ModelArts.4103": UpstreamMisconfigured,  # token header invalid
    "ModelArts.4104": UpstreamIncapable,  # body too long
    "ModelArts.4105": UpstreamProtocolError,  # did not understand our JSON
    "ModelArts.4106": UpstreamMisconfigured,  # account restricted
    "ModelArts.4107": UpstreamUnavailable,  # their temporary keys
    "ModelArts.4201": UpstreamMisconfigured,  # URL without service id
    "ModelArts.4202": UpstreamMisconfigured,  # URL format
    "ModelArts.4203": UpstreamMisconfigured,  # no permission
    "ModelArts.4204": UpstreamGone,  # API not subscribed
    "ModelArts.4301": UpstreamUnavailable,  # their admin token
    "ModelArts.4302": UpstreamUnavailable,  # their forwarding
    "ModelArts.4401": UpstreamThrottled,  # concurrency over quota
    "ModelArts.4402": UpstreamUnavailable,  # backend timed out
    "ModelArts.4403": UpstreamUnavailable,  # backend unavailable
    "ModelArts.4502": UpstreamUnavailable,  # backend answered badly
    "ModelArts.4503": UpstreamGone,  # service not found
    "ModelArts.4504": UpstreamGone,  # API not found
    "ModelArts.4505": UpstreamUnavailable,  # internal
    "ModelArts.4506": UpstreamGone,  # sub-service not found
    "ModelArts.4508": UpstreamUnavailable,  # service not started
    "ModelArts.6201": UpstreamExhausted,  # account frozen, in arrears
    "APIG.0101": UpstreamGone,  # API does not exist or is not published
    "APIG.0106": UpstreamIncapable,  # parameter rule
    "APIG.0301": UpstreamMisconfigured,  # signature or token refused
    "APIG.0302": UpstreamMisconfigured,  # user not authorized
    "APIG.0306": UpstreamMisconfigured,  # access denied
    "APIG.0307": UpstreamMisconfigured,  # token expired or of another region
    "APIG.0308": UpstreamThrottled,
    "APIG.0601": UpstreamUnavailable,
    "APIG.0602": UpstreamProtocolError,  # bad request
    "APIG.0613": UpstreamUnavailable,  # their IAM
    # We send the picture itself, never a URL, and ask for no template: these answer some other request.
    **dict.fromkeys(("AIS.0117", "AIS.0118", "AIS.0119", "AIS.0120", "AIS.0121", "AIS.0122"), UpstreamProtocolError),
    **dict.fromkeys(("ModelArts.4601", "ModelArts.4603", "ModelArts.4702", "ModelArts.4703"), UpstreamProtocolError),
    **dict.fromkeys(("ModelArts.4704", "ModelArts.4705", "ModelArts.4706"), UpstreamProtocolError),
}
"""``APIG.0201`` is not here: it covers a timeout, an oversized body and a bad request, which only the status tells apart."""


class Fault(msgspec.Struct):
    error_code: str | None = None


def failure(response: VendorResponse) -> GatewayError:
    """The error that an answer stands for: by its code where that is known, else by its status."""
    fault = decode_or_none(response.body, Fault)
    code = (fault.error_code if fault is not None else None) or ""
    return by_code(response, code.replace("APIGW.", "APIG."), ERRORS)
