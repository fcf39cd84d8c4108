"""How ``DocOcrMaxV2`` is asked: one form with the picture, told what it is or left to find out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from gateway.adapters.alibaba_idocr.document_types import (
    ZONE_PASSPORT,
    Edition,
    classified_coverage,
    typed_codes,
    typed_coverage,
)
from gateway.adapters.alibaba_idocr.mapping import to_document
from gateway.adapters.body import form_body
from gateway.adapters.coverage import candidates, reads_only
from gateway.adapters.endpoint import check_endpoint
from gateway.errors import UpstreamIncapable
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import DocumentType, ImageFormat, Query

LIMITS = ImageLimits(
    formats=frozenset({ImageFormat.JPEG, ImageFormat.PNG}),
    max_bytes=6_000_000,  # of the file, by the documentation; the form that carries it may have 10 MB
    min_side=200,
)

TYPED, CLASSIFIED = "0", "1"
"""``OcrModel``. 2 would read unknown kinds too, under names that nobody has written down."""

Threshold: TypeAlias = Literal["default", "strict", "loose", "none"]
THRESHOLDS: Mapping[Threshold, str] = {"default": "0", "strict": "1", "loose": "2", "none": "3"}


class AlibabaIdOcr(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/``, action ``DocOcrMaxV2``, solution ``ID_OCR_MAX``."""

    endpoint: str
    """``https://cloudauth-intl.ap-southeast-1.aliyuncs.com`` (Singapore), or that of another region."""

    model: Literal["typed", "auto"] = "typed"
    """``typed`` tells the vendor what it is looking at, and takes queries that name one kind; ``auto`` lets the vendor
    find out, and takes any."""

    hong_kong_card: Edition = 2018
    """Which edition ``typed`` asks for. Those of 2003 were declared invalid in 2025."""

    zone_only: bool = False
    """For Jakarta and Kuala Lumpur, which of Table 1 read passports alone, and those by the machine readable zone."""

    standard: bool = True
    """Whether the vendor also gives names, sex and birth date in one form (``OcrValueStandard=1``)."""

    threshold: Threshold = "none"
    """How good a picture the vendor demands (``IdThreshold``); "none" is its own default."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)
        if self.zone_only and self.model == "auto":
            raise ValueError("zone_only needs model typed: only then is the passport code asked for")

    @property
    def accepts(self) -> ImageLimits:
        return LIMITS

    @property
    def coverage(self) -> Coverage:
        return typed_coverage(zone_only=self.zone_only) if self.model == "typed" else classified_coverage()

    def supports(self, query: Query, /) -> bool:
        return self._code(query) is not None if self.model == "typed" else bool(candidates(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        code = None
        if self.model == "typed":
            code = self._code(query)
            if code is None:
                raise UpstreamIncapable("there is no one code for what is asked")
        return to_document((yield self._request(query, code)), code)

    def _request(self, query: Query, code: str | None) -> VendorRequest:
        fields = {
            "ProductCode": "ID_OCR_MAX",
            "MerchantBizId": business_id(query),
            "MerchantUserId": hashlib.sha256(query.caller.encode()).hexdigest()[:32],
            "OcrModel": CLASSIFIED if code is None else TYPED,
            **({} if code is None else {"DocType": code}),
            "DocPage": "01",
            "IdSpoof": "F",
            "IdThreshold": THRESHOLDS[self.threshold],
        }
        headers = {
            "accept": "application/json",
            "content-type": "application/x-www-form-urlencoded",
            "x-acs-action": "DocOcrMaxV2",
            "x-acs-version": "2022-08-09",
        }
        url = f"{self.endpoint.rstrip('/')}/{'?OcrValueStandard=1' if self.standard else ''}"
        return VendorRequest("POST", url, headers, form_body(fields, "IdOcrPictureBase64", query.image))

    def _code(self, query: Query) -> str | None:
        """The one code that reads whatever the filters let pass; passports of several countries have the zone's."""
        known = typed_codes(self.hong_kong_card, zone_only=self.zone_only)
        wanted = reads_only(self.coverage, query)
        codes = {known[pair] for pair in wanted}
        if len(codes) > 1 and {kind for _, kind in wanted} == {DocumentType.PASSPORT}:
            return ZONE_PASSPORT
        return codes.pop() if len(codes) == 1 else None


def business_id(query: Query) -> str:
    """``MerchantBizId``: 32 letters and digits at most, another for every attempt, and found again in our own log: the
    beginning of the request id, without its hyphens, and how many attempts were made before.
    """
    letters = "".join(character for character in query.request_id if character.isascii() and character.isalnum())
    return f"{letters[:30]}{len(query.trail):02}"
