"""What every adapter for an OCR API of Huawei Cloud is told in YAML, and how all of them ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.endpoint import check_endpoint
from gateway.exchange import VendorRequest
from gateway.model import Query

MAX_BYTES = 10 * 1024 * 1024 // 4 * 3
"""Bytes of a file: 10 MB is said of the Base64 text, four characters for three bytes."""

ENTERPRISE_PROJECT = re.compile(r"[0-9A-Za-z-]{1,64}")


class HuaweiService(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One region's OCR service, and the account that pays."""

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

    def request(self, api: str, query: Query, options: Mapping[str, object]) -> VendorRequest:
        """``POST {endpoint}/v2/{project_id}/ocr/{api}`` with the picture of ``query`` as ``image``, then ``options``."""
        headers = {"content-type": "application/json", "x-project-id": self.project_id}
        tag = query.enterprise_project_id or self.enterprise_project_id
        # A malformed tag is billed to the default project, exactly as none: sent, it could only break the signature.
        if tag and ENTERPRISE_PROJECT.fullmatch(tag):
            headers["enterprise-project-id"] = tag
        return VendorRequest(
            "POST",
            f"{self.endpoint.rstrip('/')}/v2/{quote(self.project_id, safe='')}/ocr/{api}",
            headers,
            json_body({"image": IMAGE, **options}, query.image),
        )
