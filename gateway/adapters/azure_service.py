"""What every adapter for a model of Azure AI Document Intelligence is told in YAML, and how all of them ask."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Annotated, Literal, TypeVar

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.azure_errors import Error, accepted_at, failure, refusal
from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.status import retry_after
from gateway.errors import RecognitionFailed, UpstreamProtocolError
from gateway.exchange import ImageLimits, VendorRequest, VendorResponse
from gateway.model import ImageFormat, Query

T = TypeVar("T")

MEGABYTE = 1024 * 1024

MAX_BYTES = {"free": 4 * MEGABYTE // 4 * 3, "standard": 500 * MEGABYTE // 4 * 3}
"""Of the file. The page limits the "file size" to 4 and 500 MB and leaves open whether Base64 counts: it is assumed to."""

VERSION = re.compile(r"20\d\d-\d\d-\d\d(-preview)?", re.ASCII)

_NULL = b"null"


class AzureService(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One resource, and how its operations are polled."""

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

    def operate(self, model: str, query: Query) -> Generator[VendorRequest, VendorResponse, VendorResponse]:
        """Hand the picture of ``query`` in once and poll the operation until it has ended: the last poll's answer."""
        response = yield self._submission(model, query)
        operation = accepted_at(response)
        ended = False
        while not ended:
            delay = retry_after(response.headers) or self.poll
            response = yield VendorRequest("GET", operation, delay=delay, repeatable=True)
            ended = not _under_way(response)
        return response

    def _submission(self, model: str, query: Query) -> VendorRequest:
        # Each page of a TIFF would be analysed and billed.
        pages = "&pages=1" if query.image.format is ImageFormat.TIFF else ""
        return VendorRequest(
            "POST",
            f"{self.endpoint.rstrip('/')}/documentintelligence/documentModels/{model}:analyze"
            f"?api-version={self.api_version}{pages}",
            {"content-type": "application/json"},
            json_body({"base64Source": IMAGE}, query.image),
        )


class _Operation(msgspec.Struct, rename="camel"):
    status: str
    error: Error | None = None
    analyze_result: msgspec.Raw = msgspec.Raw(_NULL)


def result(response: VendorResponse, kind: type[T]) -> T:
    """The analysis that an operation has come to, as ``kind``. One that has failed is an error inside HTTP 200."""
    operation = decode(response.body, _Operation)
    analysis = bytes(operation.analyze_result)
    match operation.status:
        case "succeeded" if analysis != _NULL:
            return decode(analysis, kind)
        case "failed" if operation.error is not None:
            raise failure(response, operation.error)
        case "failed" | "canceled" | "skipped":
            raise RecognitionFailed("the operation has ended without a result")
    raise UpstreamProtocolError("the operation is in no documented state")


def _under_way(response: VendorResponse) -> bool:
    if response.status != 200:
        raise refusal(response)
    return decode(response.body, _Operation).status in {"notStarted", "running"}
