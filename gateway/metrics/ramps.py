"""How far routes have moved, what their gates say, and which upstreams come to an end, as metrics."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Gauge

from gateway.events import RampChanged, RampHeld, UpstreamVanished
from gateway.metrics.labels import OTHER, known
from gateway.metrics.names import Names
from gateway.migrate.gates import Verdict
from gateway.migrate.pairs import PAIRS
from gateway.migrate.ramp import State

RAMP_STATES: Mapping[str, int] = {state.value: value for value, state in enumerate(State)}
VERDICTS = tuple(verdict.value for verdict in Verdict)


class RampMetrics:
    """No route becomes a label value but those that have a ramp, no gate but theirs."""

    def __init__(self, registry: CollectorRegistry, names: Names) -> None:
        def gauge(name: str, text: str, *labels: str) -> Gauge:
            metric = Gauge(f"gateway_{name}", text, labels, registry=registry)
            names.label(metric, *labels)
            return metric

        self._weight = gauge("ramp_weight_ratio", "Share of a pair that asks the new upstream first.", "route", "pair")
        self._state = gauge(
            "ramp_state", "0 running, 1 paused, 2 held by a gate, 3 rolled back, 4 done.", "route", "pair"
        )
        self._end = gauge(
            "upstream_end_of_life_timestamp_seconds", "When the upstream ends, as configured.", "upstream"
        )
        self._gone = gauge("upstream_gone", "1 while the upstream counts as gone for good.", "upstream")
        self._results = Counter(
            "gateway_ramp_gate_result_total",
            "Judgements on a step: when it ended, and when it could not.",
            ["route", "gate", "result"],
            registry=registry,
        )
        names.label(self._results, "route")
        self._gates: Mapping[str, Collection[str]] = {}
        self._upstreams: frozenset[str] = frozenset()

    def follow(
        self, gates: Mapping[str, Collection[str]], upstreams: Collection[str], ends: Mapping[str, float]
    ) -> None:
        """The configuration in force has ramps with these ``gates`` by route, and ``ends`` in seconds since 1970. Of others,
        nothing is exported that is true of this moment only. Where a ramp stands is told by its events.
        """
        for route in self._gates.keys() - gates.keys():
            for metric in (self._weight, self._state):
                metric.remove_by_labels({"route": route})
        for upstream in self._upstreams - frozenset(upstreams):
            self._gone.remove_by_labels({"upstream": upstream})
        self._end.clear()
        for upstream, seconds in ends.items():
            self._end.labels(upstream).set(seconds)
        for upstream in frozenset(upstreams) - self._upstreams:
            self._gone.labels(upstream).set(0)
        for route, names in gates.items():
            for gate, result in product(names, VERDICTS):
                self._results.labels(route, gate, result)
        self._gates, self._upstreams = gates, frozenset(upstreams)

    def __call__(self, event: RampChanged | RampHeld | UpstreamVanished) -> None:
        match event:
            case RampChanged():
                self._changed(event)
            case RampHeld():
                self._judged(event)
            case UpstreamVanished() if event.upstream in self._upstreams:
                self._gone.labels(event.upstream).set(event.gone)

    def _changed(self, event: RampChanged) -> None:
        if event.route in self._gates:
            pair = known(event.pair, PAIRS)
            self._weight.labels(event.route, pair).set(event.share / 100)
            self._state.labels(event.route, pair).set(RAMP_STATES[event.state])
        if event.decided and event.reason in {"passed", "failed"}:
            self._judged(event)

    def _judged(self, event: RampChanged | RampHeld) -> None:
        gates = self._gates.get(event.route)
        if gates is None:
            return
        for gate, result in event.verdicts.items():
            self._results.labels(event.route, gate if gate in gates else OTHER, known(result, VERDICTS)).inc()
