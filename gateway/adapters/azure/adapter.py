"""How Azure's model for identity documents is asked: any document, its kind found out by the model."""

from __future__ import annotations

from gateway.adapters.azure.analysis import Analysis
from gateway.adapters.azure.mapping import to_document
from gateway.adapters.azure_service import AzureService, result
from gateway.adapters.coverage import ALL_PAIRS, candidates, coverage
from gateway.exchange import Coverage, Exchange
from gateway.model import Query


class Azure(AzureService, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``POST {endpoint}/documentintelligence/documentModels/prebuilt-idDocument:analyze``."""

    @property
    def coverage(self) -> Coverage:
        return coverage(general=ALL_PAIRS)

    def supports(self, query: Query, /) -> bool:
        return bool(candidates(self.coverage, query))

    def exchange(self, query: Query, /) -> Exchange:
        ended = yield from self.operate("prebuilt-idDocument", query)
        return to_document(result(ended, Analysis), query)
