"""How Mindee is asked: the file is queued, the job is polled until it names its result, and the result is fetched."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from gateway.adapters.body import multipart_body
from gateway.adapters.coverage import ALL_PAIRS, candidates, coverage, reads_only
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.mindee.job import enqueued, result_of
from gateway.adapters.mindee.mapping import to_document
from gateway.adapters.mindee.templates import KINDS, TemplateName
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query

LIMITS = ImageLimits(
    # TIFF is taken too, but with all of its pages, each of which is billed.
    formats=frozenset({ImageFormat.JPEG, ImageFormat.PNG}),
    max_bytes=100_000_000,
)

MODEL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

Seconds = Annotated[float, msgspec.Meta(ge=0.05, le=60)]


class Mindee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/v2/products/extraction/enqueue``."""

    endpoint: str = "https://api-v2.mindee.net"
    """The public service, or a stand-in for it."""

    model_id: str
    """UUID of the model that was made from the template, as the console shows it."""

    template: TemplateName
    """Which of Mindee's templates that model was made from: it decides what is read, and under which names."""

    confidence: bool = False
    """Ask for confidence words. Mindee sells them as an option of some plans and answers 402 where it is not included;
    where the model has it switched on in the console, they come unasked."""

    first_poll: Seconds = 3.0
    """Seconds before the job is asked for first; Mindee's own clients wait as long."""

    poll: Seconds = 1.0
    """Seconds between two polls after that."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)
        if not MODEL.fullmatch(self.model_id):
            raise ValueError("model_id is a UUID")

    @property
    def accepts(self) -> ImageLimits:
        return LIMITS

    @property
    def coverage(self) -> Coverage:
        kind = KINDS[self.template]
        return coverage(general=frozenset(pair for pair in ALL_PAIRS if kind is None or pair[1] is kind))

    def supports(self, query: Query, /) -> bool:
        # The template for cards says itself what it has seen; the others take all they are shown for their own kind.
        within = candidates if KINDS[self.template] is None else reads_only
        return bool(within(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        job = enqueued((yield self._submission(query)))
        place, delay = None, self.first_poll
        while place is None:
            place = result_of((yield VendorRequest("GET", job, delay=delay, repeatable=True)), job)
            delay = self.poll
        return to_document((yield VendorRequest("GET", place, repeatable=True)), self.template, query)

    def _submission(self, query: Query) -> VendorRequest:
        options = {"model_id": self.model_id} | ({"confidence": "true"} if self.confidence else {})
        content_type, body = multipart_body(options, "file", query.image)
        url = f"{self.endpoint.rstrip('/')}/v2/products/extraction/enqueue"
        return VendorRequest("POST", url, {"content-type": content_type}, body)
