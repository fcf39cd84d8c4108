"""Two answers become one account of how they compare, in which no value can be read."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import msgspec

from gateway.events import ComparisonFinished
from gateway.model import IdDocument, Query
from gateway.shadow.compare import compare
from gateway.shadow.proof import verdict, who_is_right
from gateway.shadow.result import AGREED
from gateway.shadow.trace import Tracer, written

INFO: Final = b"id-document-gateway shadow 1"
"""What values are sealed for: nothing sealed for another purpose opens as such."""

_ALPHA_3 = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: ``outcome`` is ``ok``, with a document, or the name of an error."""

    upstream: str
    outcome: str
    seconds: float
    document: IdDocument | None = field(default=None, repr=False)


class Findings:
    """``seal`` makes of values what its key's owner alone can read; without it they are not kept in any form. ``now`` is
    the wall clock.
    """

    def __init__(
        self,
        route: str,
        tracer: Tracer,
        *,
        now: Callable[[], datetime],
        seal: Callable[[bytes], bytes] | None = None,
    ) -> None:
        self._route = route
        self._tracer = tracer
        self._now = now
        self._seal = seal

    def of(self, query: Query, kind: str, control: Answer, candidate: Answer, cost: float) -> ComparisonFinished:
        """``query`` is the caller's. What it marked ``no_store`` is not sealed either."""
        today = self._now().date()
        known = control.document or candidate.document or IdDocument()
        country = known.country_region or ""
        finding = ComparisonFinished(
            route=self._route,
            # an upstream may put anything where a country belongs
            country=country if _ALPHA_3.fullmatch(country) else "",
            id_type=known.id_type or "",
            control=control.upstream,
            candidate=candidate.upstream,
            results={},
            truth={"control": verdict(control.document, today), "candidate": verdict(candidate.document, today)},
            outcome=candidate.outcome,
            control_seconds=control.seconds,
            candidate_seconds=candidate.seconds,
            cost=cost,
            kind=kind,
            control_outcome=control.outcome,
            request_id=query.request_id,
        )
        if control.document is None or candidate.document is None:
            return finding
        return self._compared(finding, control.document, candidate.document, sealed=not query.no_store)

    def _compared(
        self, finding: ComparisonFinished, ours: IdDocument, theirs: IdDocument, *, sealed: bool
    ) -> ComparisonFinished:
        results = compare(ours, theirs)
        differing = [name for name, result in results.items() if result not in AGREED]
        traces = {name: (self._tracer.trace(name, ours), self._tracer.trace(name, theirs)) for name in differing}
        values = {name: (written(ours, name), written(theirs, name)) for name in differing} if sealed else {}
        return replace(
            finding,
            results=results,
            right=who_is_right(results, ours, theirs),
            traces={name: pair for name, pair in traces.items() if pair != (None, None)},
            sealed=self._sealed({"request_id": finding.request_id, "fields": values}) if values else "",
        )

    def _sealed(self, values: Mapping[str, object]) -> str:
        """Base64 text; empty without a key."""
        return "" if self._seal is None else base64.b64encode(self._seal(msgspec.json.encode(values))).decode()
