"""How Azure is asked: the picture is handed in once, and the operation is polled until it has ended."""

from __future__ import annotations

import re
from typing import Annotated, Literal

import msgspec

from gateway.adapters.azure.analysis import result
from gateway.adapters.azure.errors import accepted_at
from gateway.adapters.azure.mapping import to_document
from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.coverage import ALL_PAIRS, candidates, coverage
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.status import retry_after
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query

MEGABYTE = 1024 * 1024

MAX_BYTES = {"free": 4 * MEGABYTE // 4 * 3, "standard": 500 * MEGABYTE // 4 * 3}
"""Of the file. The page limits the "file size" to 4 and 500 MB and leaves open whether Base64 counts: it is assumed to."""

VERSION = re.compile(r"20\d\d-\d\d-\d\d(-preview)?", re.ASCII)


class Azure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/documentintelligence/documentModels/prebuilt-idDocument:analyze``."""

    endpoint: str
    """The resource's own: ``https://NAME.cognitiveservices.azure.com``, or a container's address."""

    api_version: str = "2024-11-30"
    """The first general release under this path; 2024-02-29-preview is the earliest that has it."""

    tier: Literal["free", "standard"] = "standard"
    """The resource's price tier, F0 or S0. It decides how large a file may be."""

    poll: Annotated[float, msgspec.Meta(ge=0.05, le=60)] = 1.0
    """Seconds between two polls where Azure does not say (``Retry-After``)."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)
        if not VERSION.fullmatch(self.api_version) or self.api_version < "2024-02-29":
            raise ValueError("api_version is a date from 2024-02-29 on, such as 2024-11-30, or one with -preview")

    @property
    def accepts(self) -> ImageLimits:
        return ImageLimits(frozenset(ImageFormat), MAX_BYTES[self.tier], min_side=50, max_side=10_000)

    @property
    def coverage(self) -> Coverage:
        return coverage(general=ALL_PAIRS)

    def supports(self, query: Query, /) -> bool:
        return bool(candidates(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        response = yield self._submission(query)
        operation = accepted_at(response)
        analysis = None
        while analysis is None:
            delay = retry_after(response.headers) or self.poll
            response = yield VendorRequest("GET", operation, delay=delay, repeatable=True)
            analysis = result(response)
        return to_document(analysis, query)

    def _submission(self, query: Query) -> VendorRequest:
        model = f"{self.endpoint.rstrip('/')}/documentintelligence/documentModels/prebuilt-idDocument"
        # Each page of a TIFF would be analysed and billed.
        pages = "&pages=1" if query.image.format is ImageFormat.TIFF else ""
        return VendorRequest(
            "POST",
            f"{model}:analyze?api-version={self.api_version}{pages}",
            {"content-type": "application/json"},
            json_body({"base64Source": IMAGE}, query.image),
        )
