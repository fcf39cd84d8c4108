"""Which endpoint a query belongs to, and how it is asked: one signed POST, as with the original."""

from __future__ import annotations

from gateway.adapters.coverage import Pair, coverage, reads_only
from gateway.adapters.huawei_ocr.mapping import READERS
from gateway.adapters.huawei_ocr.services import GIVES_PORTRAIT, READS, Service, documented_at
from gateway.adapters.huawei_service import MAX_BYTES, HuaweiService
from gateway.errors import UpstreamIncapable
from gateway.exchange import Coverage, Exchange, ImageLimits
from gateway.model import ImageFormat, Query


class HuaweiOcr(HuaweiService, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/v2/{project_id}/ocr/{service}``; each region serves its own selection."""

    services: frozenset[Service] | None = None
    """What this region serves and the account is subscribed to. By default what Huawei documents for the region that the
    host names; required for a host without one."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.served:
            raise ValueError("services is required: no service is documented for this endpoint's region")

    @property
    def served(self) -> frozenset[Service]:
        return documented_at(self.endpoint) if self.services is None else self.services

    @property
    def coverage(self) -> Coverage:
        def read_by(*services: Service) -> frozenset[Pair]:
            return frozenset[Pair]().union(*(READS[service] for service in self.served.intersection(services)))

        return coverage(
            listed=read_by(Service.THAILAND, Service.VIETNAM, Service.CHILE),
            zone=read_by(Service.PASSPORT),
            withdrawn=read_by(Service.HONG_KONG),
        )

    @property
    def accepts(self) -> ImageLimits:
        return ImageLimits(frozenset(ImageFormat), MAX_BYTES, min_side=15, max_side=8192)

    def supports(self, query: Query, /) -> bool:
        return self._service(query) is not None

    def exchange(self, query: Query, /) -> Exchange:
        service = self._service(query)
        if service is None:
            raise UpstreamIncapable("no one service reads all that the picture may show")
        options: dict[str, object] = {}
        if service is Service.PASSPORT:
            options["country_code"] = "GENERAL"  # without it, Chinese passports are read by another reader
        if query.portrait and service in GIVES_PORTRAIT:
            options["return_portrait_image"] = True
        return READERS[service]((yield self.request(service, query, options)))

    def _service(self, query: Query) -> Service | None:
        """The one service that reads whatever ``query`` may be about; None where it takes several, or none does."""
        asked = reads_only(self.coverage, query)
        able = [service for service in self.served if asked and asked <= READS[service]]
        return able[0] if able else None
