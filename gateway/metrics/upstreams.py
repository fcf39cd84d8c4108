"""What guards each upstream, as metrics: circuits, retries, queues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Gauge

from gateway.events import CircuitChanged, RetryDenied
from gateway.metrics.labels import STATES, known

STATE_VALUES: Mapping[str, int] = {"closed": 0, "half_open": 1, "open": 2}


class UpstreamMetrics:
    """``upstreams`` are the names of those that are guarded; no other becomes a label value."""

    def __init__(self, registry: CollectorRegistry, upstreams: Iterable[str]) -> None:
        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(f"gateway_{name}_total", text, labels, registry=registry)

        def gauge(name: str, text: str) -> Gauge:
            return Gauge(f"gateway_{name}", text, ["upstream"], registry=registry)

        self._upstreams = frozenset(upstreams)
        self._state = gauge("breaker_state", "0 closed, 1 half-open, 2 open; also where the breaker only looks on.")
        self._transitions = counter(
            "breaker_transitions", "Changes of a circuit, by the state it took.", "upstream", "to"
        )
        self._denied = counter("retries_denied", "Retries that were due and not made, as too many were.", "upstream")
        self._in_flight = gauge("upstream_inflight", "Attempts under way.")
        self._queued = gauge("queue_depth", "Requests that wait for their turn.")
        self._retries_left = gauge("retry_budget_remaining", "Retries that may be begun now.")
        for name in self._upstreams:
            self._state.labels(name).set(0)
            self._denied.labels(name)
        for name, state in product(self._upstreams, STATES):
            self._transitions.labels(name, state)

    def circuit(self, event: CircuitChanged) -> None:
        name = known(event.upstream, self._upstreams)
        self._transitions.labels(name, known(event.state, STATES)).inc()
        self._state.labels(name).set(STATE_VALUES[event.state])

    def retry_denied(self, event: RetryDenied) -> None:
        self._denied.labels(known(event.upstream, self._upstreams)).inc()

    def watch(
        self, name: str, *, in_flight: Callable[[], float], queued: Callable[[], float], retries: Callable[[], float]
    ) -> None:
        """Ask these functions for the numbers of the upstream ``name`` at every scrape."""
        self._in_flight.labels(name).set_function(in_flight)
        self._queued.labels(name).set_function(queued)
        self._retries_left.labels(name).set_function(retries)
