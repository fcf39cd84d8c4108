"""How Baidu's overseas passport API is asked: one form-encoded POST."""

from __future__ import annotations

import msgspec

from gateway.adapters.baidu.mapping import to_document
from gateway.adapters.body import form_body
from gateway.adapters.coverage import PASSPORTS, coverage, pairs, reads_only
from gateway.adapters.endpoint import check_endpoint
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query

PATH = "/rest/2.0/ocr/v1/overseas_passport"

MAX_BYTES = 2_800_000
"""Bytes of a file. 4 MB is said of the Base64 text after percent-encoding: a third more, and of a compressed picture's
64 letters two, ``+`` and ``/``, take three characters, which adds one sixteenth."""


class Baidu(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/rest/2.0/ocr/v1/overseas_passport``; the credentials add ``access_token`` to the query string."""

    endpoint: str = "https://aip.baidubce.com"
    """Scheme and host, and a path prefix where a proxy wants one."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)

    @property
    def coverage(self) -> Coverage:
        return coverage(general=PASSPORTS, listed=pairs("TWN PP"))

    @property
    def accepts(self) -> ImageLimits:
        # BMP is taken too. A white one is Base64 of nothing but "/", which trebles: better sent as JPEG.
        return ImageLimits(frozenset({ImageFormat.JPEG, ImageFormat.PNG}), MAX_BYTES, min_side=15, max_side=4096)

    def supports(self, query: Query, /) -> bool:
        return bool(reads_only(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        body = form_body({}, "image", query.image)
        return to_document((yield VendorRequest("POST", self.endpoint.rstrip("/") + PATH, headers, body)))
