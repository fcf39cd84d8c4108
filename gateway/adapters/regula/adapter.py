"""How the container is asked: one POST with one picture, and the kinds of result that are read."""

from __future__ import annotations

from typing import Literal

import msgspec

from gateway.adapters.body import IMAGE, json_body
from gateway.adapters.coverage import ALL_PAIRS, PASSPORTS, candidates, coverage
from gateway.adapters.coverage import pairs as listed_pairs
from gateway.adapters.endpoint import check_endpoint
from gateway.adapters.regula.answer import DOCUMENT_TYPE, IMAGES, TEXT
from gateway.adapters.regula.mapping import to_document
from gateway.exchange import Coverage, Exchange, ImageLimits, VendorRequest
from gateway.model import ImageFormat, Query

LIMITS = ImageLimits(
    formats=frozenset({ImageFormat.JPEG, ImageFormat.PNG}),
    max_bytes=10 * 1024 * 1024 // 4 * 3,  # no limit is documented: what the largest request of a caller can hold
)

DATE_FORMAT = "yyyy-MM-dd"
WHITE_LIGHT = 6

ZONES = PASSPORTS | listed_pairs("VNM ID, ALB ID, CHL ID")
"""What prints a machine readable zone."""


class Regula(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/api/process``."""

    endpoint: str
    """Scheme, host and port of the container, or of the proxy before it: ``http://regula:8080``."""

    scenario: Literal["FullProcess", "FullAuth", "Mrz"] = "FullProcess"
    """Which of the licensed scenarios does the reading; ``Mrz`` reads machine readable zones and nothing else."""

    pairs: tuple[str, ...] | None = None
    """What the container's database holds, such as ``[VNM PP DL ID, THA ID]``; all pairs where not given.
    ``scripts/regula_doclist.py`` asks a running container and prints this line."""

    def __post_init__(self) -> None:
        check_endpoint(self.endpoint)
        if self.pairs is not None and not all(listed_pairs(entry) for entry in self.pairs or ("",)):
            raise ValueError("pairs: each entry is a country and its document types, such as VNM PP ID")

    @property
    def accepts(self) -> ImageLimits:
        return LIMITS

    @property
    def coverage(self) -> Coverage:
        known = ALL_PAIRS if self.pairs is None else listed_pairs(", ".join(self.pairs))
        if self.scenario == "Mrz":
            return coverage(zone=known & ZONES)
        return coverage(general=known)

    def supports(self, query: Query, /) -> bool:
        return bool(candidates(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        return to_document((yield self._request(query)))

    def _request(self, query: Query) -> VendorRequest:
        wanted = [DOCUMENT_TYPE, TEXT, IMAGES] if query.portrait else [DOCUMENT_TYPE, TEXT]
        body = {
            "processParam": {
                "scenario": self.scenario,
                "resultTypeOutput": wanted,
                "dateFormat": DATE_FORMAT,
                "alreadyCropped": False,
            },
            "List": [{"ImageData": {"image": IMAGE}, "light": WHITE_LIGHT, "page_idx": 0}],
        }
        url = f"{self.endpoint.rstrip('/')}/api/process"
        return VendorRequest("POST", url, {"content-type": "application/json"}, json_body(body, query.image))
