"""The endpoints, what each of them reads, and which of them Huawei documents for which region."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from gateway.adapters.coverage import PASSPORTS, Pair, pairs


class Service(StrEnum):
    """The last part of an endpoint's path."""

    PASSPORT = "passport"
    THAILAND = "thailand-id-card"
    VIETNAM = "vietnam-id-card"
    CHILE = "chile-id-card"
    HONG_KONG = "hk-id-card"


READS: Mapping[Service, frozenset[Pair]] = {
    Service.PASSPORT: PASSPORTS,
    Service.THAILAND: pairs("THA ID"),
    Service.VIETNAM: pairs("VNM ID"),
    Service.CHILE: pairs("CHL ID"),
    Service.HONG_KONG: pairs("HKG ID"),
}

GIVES_PORTRAIT = frozenset({Service.THAILAND, Service.VIETNAM, Service.HONG_KONG})

REGIONS: Mapping[str, frozenset[Service]] = {
    "ap-southeast-1": frozenset({Service.PASSPORT, Service.VIETNAM}),
    "ap-southeast-2": frozenset({Service.PASSPORT, Service.THAILAND}),
    "ap-southeast-3": frozenset(),
    "la-south-2": frozenset({Service.CHILE}),
    "cn-north-4": frozenset({Service.PASSPORT}),
}
"""From the endpoint page ``ocr_03_0062``. It lists none of these services for ap-southeast-3, and hk-id-card for no region."""

_HOST = re.compile(r"ocr\.([a-z]+-[a-z]+-\d+)\.myhuaweicloud\.(?:com|cn)")


def documented_at(endpoint: str) -> frozenset[Service]:
    """The services of the region that the host of ``endpoint`` names; none where it names no region or another one."""
    host = _HOST.fullmatch(urlsplit(endpoint).hostname or "")
    return REGIONS.get(host[1], frozenset()) if host else frozenset()
