"""How FPT.AI Reader is asked: one multipart POST, to another endpoint for each type of document."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gateway.adapters.body import multipart_body
from gateway.adapters.coverage import coverage, pairs, reads_only
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.fpt_ai.mapping import READERS
from gateway.errors import UpstreamIncapable
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import DocumentType, ImageFormat, Query

APIS: Mapping[DocumentType, str] = {
    DocumentType.IDENTITY_CARD: "idr",
    DocumentType.DRIVING_LICENCE: "dlr",
    DocumentType.PASSPORT: "passport",
}


class FptAi(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/vision/{idr|dlr|passport}/vnm``."""

    endpoint: str = "https://api.fpt.ai"
    """Where the API is: scheme, host and, behind a proxy, a path prefix."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)

    @property
    def accepts(self) -> ImageLimits:
        return ImageLimits(frozenset({ImageFormat.JPEG, ImageFormat.PNG}), max_bytes=5_000_000)

    @property
    def coverage(self) -> Coverage:
        return coverage(listed=pairs("VNM PP DL ID"))

    def supports(self, query: Query, /) -> bool:
        return self._kind(query) is not None

    def exchange(self, query: Query, /) -> Exchange:
        kind = self._kind(query)
        if kind is None:
            raise UpstreamIncapable("the type of a Vietnamese document has to be known")
        content_type, body = multipart_body({}, "image", query.image)
        url = f"{self.endpoint.rstrip('/')}/vision/{APIS[kind]}/vnm"
        return READERS[kind]((yield VendorRequest("POST", url, {"content-type": content_type}, body)))

    def _kind(self, query: Query) -> DocumentType | None:
        asked = [kind for _, kind in reads_only(self.coverage, query)]
        return asked[0] if len(asked) == 1 else None
