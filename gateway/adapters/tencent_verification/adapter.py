"""How a verification is asked for and waited for: one POST with the picture, then one a second for its result."""

from __future__ import annotations

from collections.abc import Generator, Mapping

import msgspec

from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.coverage import ALL_PAIRS, Pair, coverage, pairs, reads_only
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.tencent_cloud import request, result
from gateway.adapters.tencent_verification.mapping import Verification, to_document
from gateway.errors import UpstreamIncapable, UpstreamProtocolError, UpstreamThrottled
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest, VendorResponse
from gateway.model import DocumentType, ImageFormat, Query

LIMITS = ImageLimits(
    # PNG is taken too, but with a portrait only up to 2000 pixels a side, and JPEG up to 4000; without one both up to 4096.
    formats=frozenset({ImageFormat.JPEG}),
    max_bytes=2_000_000 // 4 * 3,  # 2 MB is said of the Base64 text
    min_side=256,
    max_side=4000,
)

NAMED = pairs("PHL PP DL ID, ALB PP DL ID, NGA PP, PAK PP, RUS PP, THA ID, CHL PP ID, HKG ID")
"""The vendor's country tables name these, or its own example shows them. The tables could be read in part only: the rest is
on the word of "documents of many countries"."""

CARD_TYPES: Mapping[DocumentType, str] = {
    DocumentType.PASSPORT: "PASSPORT",
    DocumentType.DRIVING_LICENCE: "DRIVING_LICENSE",
    DocumentType.IDENTITY_CARD: "ID_CARD",
}

PROCESSING = "PROCESSING"

MAX_INTERVAL = 10.0
"""Seconds; callers wait meanwhile."""


class Job(msgspec.Struct, rename="pascal"):
    card_verification_token: str


class TencentVerification(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``ApplyCardVerificationExternal``, then ``GetCardVerificationExternalResult`` until there is one."""

    endpoint: str
    """``https://ocr.intl.tencentcloudapi.com``: the international site alone has these actions."""

    region: str = "ap-singapore"
    """``X-TC-Region``; the only one that the documentation names."""

    interval: float = 1.0
    """Seconds before each look at a job; an account may look 20 times a second, at all its jobs together."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)
        if not 0 < self.interval <= MAX_INTERVAL:
            raise ValueError(f"interval is above 0 and at most {MAX_INTERVAL:g} seconds")

    @property
    def accepts(self) -> ImageLimits:
        return LIMITS

    @property
    def coverage(self) -> Coverage:
        return coverage(listed=NAMED, general=ALL_PAIRS)

    def supports(self, query: Query, /) -> bool:
        return self._pair(query) is not None

    def exchange(self, query: Query, /) -> Exchange:
        pair = self._pair(query)
        if pair is None:
            raise UpstreamIncapable("the vendor has to be told one country and one type")
        country, kind = pair
        fields = {
            "Nationality": country,
            "CardType": CARD_TYPES[kind],
            "ImageBase64Front": IMAGE,
            "ReturnHeadImage": query.portrait,
        }
        submit = request(
            self.endpoint, "ApplyCardVerificationExternal", json_body(fields, query.image), region=self.region
        )
        job = result((yield submit), Job)
        if not job.card_verification_token:
            raise UpstreamProtocolError("the job has no token")
        return to_document((yield from self._result(job)), country, kind)

    def _result(self, job: Job) -> Generator[VendorRequest, VendorResponse, Verification]:
        """Look until the job is done; the driver ends it at the deadline. Being told to wait costs the job nothing."""
        body = (msgspec.json.encode({"CardVerificationToken": job.card_verification_token}),)
        delay = self.interval
        while True:
            answer = yield request(
                self.endpoint,
                "GetCardVerificationExternalResult",
                body,
                region=self.region,
                delay=delay,
                repeatable=True,
            )
            try:
                state = result(answer, Verification)
            except UpstreamThrottled as throttled:
                delay = max(self.interval, throttled.retry_after or 0.0)
                continue
            if state.status.upper() != PROCESSING:
                return state
            delay = self.interval

    def _pair(self, query: Query) -> Pair | None:
        """The one pair that the filters let pass; a country with one document needs no type."""
        wanted = reads_only(self.coverage, query)
        return next(iter(wanted)) if len(wanted) == 1 else None
