"""How the original API is asked: one signed POST that carries the caller's own Base64 text."""

from __future__ import annotations

from gateway.adapters.coverage import ALL_PAIRS, candidates, coverage
from gateway.adapters.huawei_id_document.mapping import to_document
from gateway.adapters.huawei_service import MAX_BYTES, HuaweiService
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query
from gateway.table1 import TABLE_1

LIMITS = ImageLimits(frozenset(ImageFormat), MAX_BYTES, min_side=100, max_side=8192)


class HuaweiIdDocument(HuaweiService, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/v2/{project_id}/ocr/id-document``."""

    @property
    def coverage(self) -> Coverage:
        return coverage(withdrawn=ALL_PAIRS)

    @property
    def accepts(self) -> ImageLimits:
        return LIMITS

    def supports(self, query: Query, /) -> bool:
        return bool(candidates(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        return to_document((yield self._request(query)))

    def _request(self, query: Query) -> VendorRequest:
        # The original refuses the whole request for one country that it does not know, so only its own are passed on.
        options: dict[str, object] = {}
        if query.countries:
            options["country_region"] = sorted(query.countries & TABLE_1.keys())
        if query.types:
            options["id_type"] = sorted(query.types)
        if query.portrait:
            options["return_portrait_image"] = True
        return self.request("id-document", query, options)
