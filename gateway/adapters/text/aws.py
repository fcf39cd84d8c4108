"""Amazon Textract, DetectDocumentText."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec

from gateway.adapters.answer import decode, decode_or_none
from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.failure import failure
from gateway.adapters.status import answered_on
from gateway.adapters.text.engine import Corners, PageText, Reading, line_of, line_of_words
from gateway.errors import (
    GatewayError,
    UnreadableDocument,
    UpstreamGone,
    UpstreamIncapable,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.exchange import ImageLimits, VendorRequest, VendorResponse
from gateway.model import DocumentImage, ImageFormat, Query
from gateway.reader.text import Line, Point

MAX_BYTES = 5_000_000
"""The request's own page says 5 MB, the quotas say 10."""

ERRORS: Mapping[str, type[GatewayError]] = {
    # Of the operation.
    "AccessDeniedException": UpstreamMisconfigured,
    "BadDocumentException": UnreadableDocument,
    "DocumentTooLargeException": UpstreamIncapable,
    "InternalServerError": UpstreamUnavailable,
    "InvalidParameterException": UpstreamIncapable,  # the form of our requests is fixed: it is the picture
    "InvalidS3ObjectException": UpstreamProtocolError,  # we name none
    "ProvisionedThroughputExceededException": UpstreamThrottled,
    "ThrottlingException": UpstreamThrottled,
    "UnsupportedDocumentException": UpstreamIncapable,
    # Of every operation.
    "ExpiredTokenException": UpstreamMisconfigured,
    "IncompleteSignature": UpstreamMisconfigured,
    "IncompleteSignatureException": UpstreamMisconfigured,
    "InternalFailure": UpstreamUnavailable,
    "InvalidSignatureException": UpstreamMisconfigured,
    "LimitExceededException": UpstreamThrottled,
    "MissingAuthenticationToken": UpstreamMisconfigured,
    "MissingAuthenticationTokenException": UpstreamMisconfigured,
    "NotAuthorized": UpstreamMisconfigured,
    "OptInRequired": UpstreamMisconfigured,
    "RequestEntityTooLargeException": UpstreamIncapable,
    "RequestExpired": UpstreamMisconfigured,
    "SerializationException": UpstreamProtocolError,
    "ServiceUnavailable": UpstreamUnavailable,
    "ServiceUnavailableException": UpstreamUnavailable,
    "SubscriptionRequiredException": UpstreamMisconfigured,
    "UnknownOperationException": UpstreamGone,
    "UnrecognizedClientException": UpstreamMisconfigured,
    "ValidationException": UpstreamIncapable,
}
"""Codes of the operation in the service's own description, and common ones. Nearly all come with HTTP 400."""

Ratio = Annotated[float, msgspec.Meta(ge=-1, le=2)]


class Place(msgspec.Struct, rename="pascal"):
    """Shares of the picture's width and height."""

    x: Ratio
    y: Ratio


class Geometry(msgspec.Struct, rename="pascal"):
    polygon: tuple[Place, Place, Place, Place]


class Relationship(msgspec.Struct, rename="pascal"):
    type: str
    ids: list[str] = []


class Block(msgspec.Struct, rename="pascal"):
    """A page, a line or a word; ``confidence`` is 0 to 100."""

    block_type: str
    id: str
    geometry: Geometry
    text: str = ""
    confidence: float = 0.0
    relationships: list[Relationship] = []


class Answer(msgspec.Struct, rename="pascal"):
    blocks: list[Block]


class Fault(msgspec.Struct):
    code: str = msgspec.field(default="", name="__type")


class Textract(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/`` with ``X-Amz-Target: Textract.DetectDocumentText``."""

    endpoint: str
    """The region's: ``https://textract.ap-southeast-1.amazonaws.com``."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)

    @property
    def accepts(self) -> ImageLimits:
        return ImageLimits(frozenset({ImageFormat.JPEG, ImageFormat.PNG}), MAX_BYTES, max_side=10_000)

    def read(self, query: Query, /) -> Reading:
        response = yield VendorRequest(
            "POST",
            f"{self.endpoint.rstrip('/')}/",
            {"content-type": "application/x-amz-json-1.1", "x-amz-target": "Textract.DetectDocumentText"},
            json_body({"Document": {"Bytes": IMAGE}}, query.image),
        )
        if response.status != 200:
            raise _refusal(response)
        blocks = decode(response.body, Answer).blocks
        return PageText(tuple(_lines(blocks, query.image)), answered_on(response.headers))


def _refusal(response: VendorResponse) -> GatewayError:
    """By ``__type``, which is a name, or one behind a namespace: ``com.amazonaws.textract#ThrottlingException``."""
    fault = decode_or_none(response.body, Fault)
    return failure(response, "" if fault is None else fault.code.rpartition("#")[2], ERRORS)


def _lines(blocks: list[Block], image: DocumentImage) -> Iterator[Line]:
    words = {block.id: (block.text, block.confidence / 100) for block in blocks if block.block_type == "WORD"}

    def point(place: Place) -> Point:
        return place.x * image.width, place.y * image.height

    for block in blocks:
        if block.block_type == "LINE":
            first, second, third, fourth = map(point, block.geometry.polygon)
            corners: Corners = (first, second, third, fourth)
            ids = (each for relation in block.relationships if relation.type == "CHILD" for each in relation.ids)
            inside = [words.pop(each) for each in ids if each in words]
            yield line_of_words(inside, corners) if inside else line_of([(block.text, block.confidence / 100)], corners)
