"""Which action reads which pair of Table 1, at which of the vendor's two sites."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from gateway.adapters.coverage import PASSPORTS, Pair, coverage, pairs
from gateway.adapters.tencent.mapping import hong_kong, passport, philippines, thailand
from gateway.exchange import Coverage, VendorResponse
from gateway.model import IdDocument

Site: TypeAlias = Literal["international", "mainland"]


@dataclass(frozen=True, slots=True)
class Action:
    """``portrait`` is the parameter that asks for the holder's portrait; ``others`` are sent as they are."""

    name: str
    portrait: str
    to_document: Callable[[VendorResponse], IdDocument]
    others: Mapping[str, bool] = field(default_factory=dict)


PASSPORT = Action("MLIDPassportOCR", "RetImage", passport.to_document)
HONG_KONG_CARD = Action("HKIDCardOCR", "ReturnHeadImage", hong_kong.to_document, {"DetectFake": False})
THAI_CARD = Action("RecognizeThaiIDCardOCR", "CropPortrait", thailand.to_document)
PHILIPPINE_LICENCE = Action("RecognizePhilippinesDrivingLicenseOCR", "ReturnHeadImage", philippines.licence)
PHILIPPINE_CARD = Action("RecognizePhilippinesUMIDOCR", "ReturnHeadImage", philippines.umid)

UNNAMED_PASSPORTS = pairs("ALB PP, RUS PP, UKR PP")
"""The action's description lists countries and admits others whose passports are machine readable; it lists not these."""

CARDS: Mapping[Site, Mapping[str, Action]] = {
    "international": {
        "HKG ID": HONG_KONG_CARD,
        "THA ID": THAI_CARD,
        "PHL DL": PHILIPPINE_LICENCE,
        "PHL ID": PHILIPPINE_CARD,
    },
    "mainland": {"HKG ID": HONG_KONG_CARD},
}

BY_ARRANGEMENT: Mapping[str, Action] = {"THA ID": THAI_CARD}
"""What the mainland site has for accounts that arranged it with the vendor."""


def actions(site: Site, *, arranged: bool) -> Mapping[Pair, Action]:
    """The action for every pair that can be asked for."""
    cards = {**CARDS[site], **(BY_ARRANGEMENT if arranged else {})}
    return dict.fromkeys(PASSPORTS, PASSPORT) | {pair: action for name, action in cards.items() for pair in pairs(name)}


def covered(site: Site, *, arranged: bool) -> Coverage:
    listed = frozenset(actions(site, arranged=arranged)) - UNNAMED_PASSPORTS
    return coverage(listed=listed, general=UNNAMED_PASSPORTS)
