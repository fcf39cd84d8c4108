"""How the original API is asked: one signed POST that carries the caller's own Base64 text."""

from __future__ import annotations

import re
from urllib.parse import quote

import msgspec

from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.coverage import ALL_PAIRS, candidates, coverage
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.huawei_id_document.mapping import to_document
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query
from gateway.table1 import TABLE_1

LIMITS = ImageLimits(
    formats=frozenset(ImageFormat),
    max_bytes=10 * 1024 * 1024 // 4 * 3,  # 10 MB is said of the Base64 text, four characters for three bytes
    min_side=100,
    max_side=8192,
)

ENTERPRISE_PROJECT = re.compile(r"[0-9A-Za-z-]{1,64}")


class HuaweiIdDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/v2/{project_id}/ocr/id-document``."""

    endpoint: str
    """Scheme, host and, for a private deployment, a path prefix: ``https://ocr.ap-southeast-1.myhuaweicloud.com``."""

    project_id: str
    """Project of the gateway's own account in that region; the callers' project ids stay with the gateway."""

    enterprise_project_id: str | None = None
    """Billing tag for callers that send no ``Enterprise-Project-Id`` of their own."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)
        if not self.project_id:
            raise ValueError("project_id is empty")

    @property
    def accepts(self) -> ImageLimits:
        return LIMITS

    @property
    def coverage(self) -> Coverage:
        return coverage(listed=ALL_PAIRS)

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
        headers = {"content-type": "application/json", "x-project-id": self.project_id}
        tag = query.enterprise_project_id or self.enterprise_project_id
        # A malformed tag is billed to the default project, exactly as none: sent, it could only break the signature.
        if tag and ENTERPRISE_PROJECT.fullmatch(tag):
            headers["enterprise-project-id"] = tag
        return VendorRequest(
            "POST",
            f"{self.endpoint.rstrip('/')}/v2/{quote(self.project_id, safe='')}/ocr/id-document",
            headers,
            json_body({"image": IMAGE, **options}, query.image),
        )
