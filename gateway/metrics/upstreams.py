"""What guards each upstream, as metrics: circuits, retries, queues."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Gauge

from gateway.events import CircuitChanged, RetryDenied
from gateway.metrics.labels import STATES, known
from gateway.metrics.names import Names

STATE_VALUES: Mapping[str, int] = {"closed": 0, "half_open": 1, "open": 2}


class UpstreamMetrics:
    """No name becomes a label value but those of upstreams in ``names``."""

    def __init__(self, registry: CollectorRegistry, names: Names) -> None:
        def counter(name: str, text: str, *labels: str) -> Counter:
            metric = Counter(f"gateway_{name}_total", text, labels, registry=registry)
            names.label(metric, *labels)
            return metric

        def gauge(name: str, text: str) -> Gauge:
            return Gauge(f"gateway_{name}", text, ["upstream"], registry=registry)

        self._names = names
        self._watched: set[str] = set()
        self._state = gauge("breaker_state", "0 closed, 1 half-open, 2 open; also where the breaker only looks on.")
        self._transitions = counter(
            "breaker_transitions", "Changes of a circuit, by the state it took.", "upstream", "to"
        )
        self._denied = counter("retries_denied", "Retries that were due and not made, as too many were.", "upstream")
        self._in_flight = gauge("upstream_inflight", "Attempts under way.")
        self._queued = gauge("queue_depth", "Requests that wait for their turn.")
        self._retries_left = gauge("retry_budget_remaining", "Retries that may be begun now.")

    def follow(self, guarded: Collection[str]) -> None:
        """These upstreams are guarded from now on. Of others, nothing is exported that is true of this moment only."""
        for name in self._watched - set(guarded):
            for metric in (self._state, self._in_flight, self._queued, self._retries_left):
                metric.remove(name)
                self._watched.discard(name)
        for name in guarded:
            self._denied.labels(name)
        for name, state in product(guarded, STATES):
            self._transitions.labels(name, state)

    def __call__(self, event: CircuitChanged | RetryDenied) -> None:
        if isinstance(event, CircuitChanged):
            self.circuit(event)
        else:
            self.retry_denied(event)

    def circuit(self, event: CircuitChanged) -> None:
        self._transitions.labels(self._names.known("upstream", event.upstream), known(event.state, STATES)).inc()

    def retry_denied(self, event: RetryDenied) -> None:
        self._denied.labels(self._names.known("upstream", event.upstream)).inc()

    def watch(
        self,
        name: str,
        *,
        state: Callable[[], str],
        in_flight: Callable[[], float],
        queued: Callable[[], float],
        retries: Callable[[], float],
    ) -> None:
        """Ask these functions for the circuit and the numbers of the guarded upstream ``name`` at every scrape."""
        self._watched.add(name)
        self._state.labels(name).set_function(lambda: STATE_VALUES[state()])
        self._in_flight.labels(name).set_function(in_flight)
        self._queued.labels(name).set_function(queued)
        self._retries_left.labels(name).set_function(retries)
