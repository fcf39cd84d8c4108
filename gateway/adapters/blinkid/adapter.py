"""How BlinkID is asked: one POST, whose path and picture parameter differ between self-hosted and cloud."""

from __future__ import annotations

from typing import Literal

import msgspec

from gateway.adapters.blinkid.mapping import to_document
from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.coverage import ALL_PAIRS, candidates, coverage
from gateway.adapters.endpoint import check_endpoint
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query

JPEG_AND_PNG = frozenset({ImageFormat.JPEG, ImageFormat.PNG})
MAX_BYTES = 10_000_000

SELF_HOSTED = ImageLimits(formats=JPEG_AND_PNG, max_bytes=MAX_BYTES)
"""The formats are documented, the size is the cloud's: there is one ("image size is too big"), but it is not named."""

CLOUD = ImageLimits(formats=JPEG_AND_PNG | {ImageFormat.BMP}, max_bytes=MAX_BYTES)


class BlinkId(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/blinkid-single-side`` or ``POST {endpoint}/v1/recognizers/blinkid``."""

    endpoint: str
    """Scheme and host: the own container's, such as ``http://blinkid:8080``, or ``https://api.microblink.com``."""

    product: Literal["self_hosted", "cloud"] = "self_hosted"
    """``self_hosted`` is version 3 of the API on one's own machines, ``cloud`` version 1 of Microblink's."""

    settings: bool = True
    """Send the recognizer's settings beside the picture: portrait only where asked for, nothing anonymised, zones taken
    though a check digit fails. Without them a Hong Kong card comes back without its number."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)

    @property
    def accepts(self) -> ImageLimits:
        return CLOUD if self.product == "cloud" else SELF_HOSTED

    @property
    def coverage(self) -> Coverage:
        return coverage(listed=ALL_PAIRS)

    def supports(self, query: Query, /) -> bool:
        return bool(candidates(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        return to_document((yield self._request(query)), portrait=query.portrait)

    def _request(self, query: Query) -> VendorRequest:
        body: dict[str, object]
        if self.product == "cloud":
            path, body = "/v1/recognizers/blinkid", {"imageSource": IMAGE}
        else:
            path, body = "/blinkid-single-side", {"image": {"imageBase64": IMAGE}}
        if self.settings:
            body["returnFaceImage"] = query.portrait
            body["anonymizationMode"] = "NONE"
            body["allowUnverifiedMrzResults"] = True
        headers = {"accept": "application/json", "content-type": "application/json"}
        return VendorRequest("POST", self.endpoint.rstrip("/") + path, headers, json_body(body, query.image))
