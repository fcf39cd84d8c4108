"""How iApp is asked: one multipart POST, to another endpoint for each side of the card."""

from __future__ import annotations

from typing import Literal

import msgspec

from gateway.adapters.body import multipart_body
from gateway.adapters.coverage import coverage, pairs, reads_only
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.iapp.mapping import back_document, front_document
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query

LIMITS = ImageLimits(frozenset({ImageFormat.JPEG, ImageFormat.PNG}), max_bytes=10_000_000)


class Iapp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/v3/store/ekyc/thai-national-id-card/{side}``."""

    endpoint: str = "https://api.iapp.co.th"
    """Scheme and host of the store's API, and a path prefix if there is one in front of it."""

    side: Literal["front", "back"] = "front"
    """Which side of the card the pictures show. A query does not say it, and asking for both would be paid twice."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)

    @property
    def coverage(self) -> Coverage:
        return coverage(listed=pairs("THA ID"))

    def supports(self, query: Query, /) -> bool:
        return bool(reads_only(self.coverage, query))

    @property
    def accepts(self) -> ImageLimits:
        return LIMITS

    def exchange(self, query: Query, /) -> Exchange:
        content_type, body = multipart_body({}, "file", query.image)
        url = f"{self.endpoint.rstrip('/')}/v3/store/ekyc/thai-national-id-card/{self.side}"
        response = yield VendorRequest("POST", url, {"content-type": content_type}, body)
        return front_document(response, portrait=query.portrait) if self.side == "front" else back_document(response)
