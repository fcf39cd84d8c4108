"""Which engine reads the text, and what documents can be made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from gateway.adapters.coverage import PASSPORTS, candidates, coverage, pairs
from gateway.adapters.text.aws import Textract
from gateway.adapters.text.azure import AzureRead
from gateway.adapters.text.engine import Engine
from gateway.adapters.text.google import GoogleVision
from gateway.adapters.text.huawei import HuaweiGeneralText
from gateway.adapters.text.mapping import to_document
from gateway.exchange import Coverage, Exchange, ImageLimits
from gateway.model import Query

ENGINES: Mapping[str, type[Engine]] = {
    "aws": Textract,
    "azure": AzureRead,
    "google": GoogleVision,
    "huawei": HuaweiGeneralText,
}

ZONES = PASSPORTS | pairs("VNM ID, ALB ID, CHL ID")
"""What prints a machine readable zone: the cards on their backs, the Vietnamese since 2021."""


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One engine, and its own options beside ``endpoint``; another engine's are refused."""

    engine: Literal["aws", "azure", "google", "huawei"]
    """``huawei`` General Text, ``azure`` Read, ``google`` Vision, ``aws`` Textract."""

    endpoint: str
    """Scheme and host of the engine: the region's, or the resource's own."""

    project_id: str | None = None
    """huawei: project of the gateway's own account in that region. Required."""

    enterprise_project_id: str | None = None
    """huawei: billing tag for callers that send no ``Enterprise-Project-Id`` of their own."""

    api_version: str | None = None
    """azure: 2024-11-30 by default."""

    tier: str | None = None
    """azure: ``free`` (4 MB a file) or ``standard``, the default."""

    poll: float | None = None
    """azure: seconds between two polls where Azure does not say, 1 by default."""

    def __post_init__(self) -> None:
        _ = self.reader

    @property
    def reader(self) -> Engine:
        """The engine with its options. Raises ValueError where it does not have them."""
        options = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}
        del options["engine"]
        return msgspec.convert(options, type=ENGINES[self.engine])

    @property
    def accepts(self) -> ImageLimits:
        return self.reader.accepts

    @property
    def coverage(self) -> Coverage:
        return coverage(zone=ZONES)

    def supports(self, query: Query, /) -> bool:
        return bool(candidates(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        return to_document((yield from self.reader.read(query)))
