"""The vendor's codes for kinds of documents: what to ask for, and what an answer says it is.

A code is the country's, two digits for the type (01 card, 02 licence, 03 passport) and three for the edition.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

from gateway.adapters.coverage import PASSPORTS, Pair, coverage, pairs
from gateway.exchange import Coverage
from gateway.model import DocumentType
from gateway.normalize.countries import country

Edition: TypeAlias = Literal[2003, 2018]

ZONE_PASSPORT = "GLB03002"
"""Any passport of ICAO Doc 9303, by its machine readable zone alone."""

HONG_KONG_CARDS: Mapping[Edition, str] = {2003: "HKG01001", 2018: "HKG01002"}

CODES: Mapping[str, str] = {
    "VNM PP": "VNM03001",
    "VNM ID": "VNM01001",
    "PHL PP": "PHL03001",
    "PHL DL": "PHL02001",
    "PHL ID": "PHL01002",
    "THA PP": "THA03001",
    "THA ID": "THA01001",
}

TYPES: Mapping[str, DocumentType] = {
    "01": DocumentType.IDENTITY_CARD,
    "02": DocumentType.DRIVING_LICENCE,
    "03": DocumentType.PASSPORT,
}

OWN = frozenset(pair for name in (*CODES, "HKG ID") for pair in pairs(name))

_CODE = re.compile(r"([A-Z]{3})(0[123])\d{3}", re.ASCII)
_SEEN = re.compile(r"(PP|DL|ID)([A-Z]{2})\d\d", re.ASCII)
"""The other system, in which answers name what was seen. Only "PPTW01" is published; cards are read by the same form."""


def typed_codes(edition: Edition, *, zone_only: bool) -> Mapping[Pair, str]:
    """The code to ask with for every pair: the country's own, else the zone's for passports."""
    codes = dict.fromkeys(PASSPORTS, ZONE_PASSPORT)
    if zone_only:
        return codes
    names = {**CODES, "HKG ID": HONG_KONG_CARDS[edition]}
    return codes | {pair: code for name, code in names.items() for pair in pairs(name)}


def typed_coverage(*, zone_only: bool) -> Coverage:
    return coverage(listed=frozenset() if zone_only else OWN, zone=PASSPORTS)


def classified_coverage() -> Coverage:
    """Passports without a code of their own are read as well; that they are is the claim of the product's page."""
    return coverage(listed=OWN, general=PASSPORTS)


def kind_of(code: str | None) -> tuple[str | None, DocumentType | None]:
    """Country and type that ``code`` of either system stands for, as far as it says."""
    if match := _CODE.fullmatch(code or ""):
        return (None if match[1] == "GLB" else country(match[1])), TYPES[match[2]]
    if match := _SEEN.fullmatch(code or ""):
        return country(match[2]), DocumentType(match[1])
    return None, None
