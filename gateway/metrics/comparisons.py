"""How second answers compare with the first, as metrics: by field, by pair of Table 1, by pair of upstreams."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product

from prometheus_client import CollectorRegistry, Counter

from gateway.events import ComparisonFinished, ShadowDropped
from gateway.metrics.labels import DROPS, OTHER, known
from gateway.metrics.names import Names
from gateway.shadow.compare import FIELDS, Result
from gateway.table1 import TABLE_1

PAIRS = frozenset(f"{country}-{kind}" for country, kinds in TABLE_1.items() for kind in kinds)

ENDINGS = ("ok", "error", "dropped", "over_budget")

ANSWERS = ("both", "control", "candidate", "neither")


class ComparisonMetrics:
    """Only pairs of upstreams that are configured to be compared become label values, and each control with itself for the
    noise; what else there is counts as ``other``. ``names`` is told of the metrics that have names of upstreams.
    """

    def __init__(self, registry: CollectorRegistry, names: Names) -> None:
        def counter(name: str, text: str, *labels: str) -> Counter:
            metric = Counter(f"gateway_{name}_total", text, labels, registry=registry)
            names.label(metric, *labels)
            return metric

        self._fields = counter(
            "field_comparisons",
            "Fields of two answers to one request, by how they compare.",
            "control", "candidate", "pair", "field", "result",
        )  # fmt: skip
        self._answers = counter(
            "shadow_answers",
            "Requests put to a second upstream, by who of the two gave a document.",
            "control", "candidate", "answered",
        )  # fmt: skip
        self._shadows = counter(
            "shadow", "Requests that were to be put to a second upstream, by how that ended.", "upstream", "result"
        )
        self._drops = counter(
            "shadow_dropped", "Requests that were to be put to a second upstream and were not.", "upstream", "reason"
        )
        self._pairs: frozenset[tuple[str, str]] = frozenset()
        self._now: frozenset[tuple[str, str]] = frozenset()
        self._asked: frozenset[str] = frozenset()

    def follow(self, shadows: Mapping[str, Collection[str]]) -> None:
        """A configuration is in force in which each of the candidates ``shadows`` is compared with those upstreams. The one
        before still counts, as what it began is to end.
        """
        pairs = {(control, candidate) for candidate, controls in shadows.items() for control in controls}
        pairs |= {(control, control) for control, _ in pairs}
        self._pairs, self._now = self._now | pairs, frozenset(pairs)
        self._asked = frozenset(candidate for _, candidate in self._pairs)
        for pair, answered in product(pairs, ANSWERS):
            self._answers.labels(*pair, answered)
        for upstream in {candidate for _, candidate in pairs}:
            for ending in ENDINGS:
                self._shadows.labels(upstream, ending)
            for reason in DROPS:
                self._drops.labels(upstream, reason)

    def __call__(self, event: ComparisonFinished | ShadowDropped) -> None:
        if isinstance(event, ShadowDropped):
            self._dropped(event)
        else:
            self._finished(event)

    def _finished(self, event: ComparisonFinished) -> None:
        upstreams = (event.control, event.candidate)
        if upstreams not in self._pairs:
            upstreams = (OTHER, OTHER)
        pair = known(f"{event.country}-{event.id_type}", PAIRS)
        for name, result in event.results.items():
            self._fields.labels(*upstreams, pair, known(name, FIELDS), known(result, tuple(Result))).inc()
        control, candidate = event.control_outcome == "ok", event.outcome == "ok"
        self._answers.labels(*upstreams, _answered(control=control, candidate=candidate)).inc()
        self._shadows.labels(known(event.candidate, self._asked), "ok" if candidate else "error").inc()

    def _dropped(self, event: ShadowDropped) -> None:
        upstream = known(event.candidate, self._asked)
        self._shadows.labels(upstream, "over_budget" if event.reason == "budget" else "dropped").inc()
        self._drops.labels(upstream, known(event.reason, DROPS)).inc()


def _answered(*, control: bool, candidate: bool) -> str:
    if control and candidate:
        return "both"
    if control or candidate:
        return "control" if control else "candidate"
    return "neither"
