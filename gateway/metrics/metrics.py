"""The Observer that turns events into metrics.

Label values come from the configuration and from closed sets in the code. Whatever is in neither becomes ``other``, so
that nothing a caller or a vendor sends can add a series. ``none`` stands where there is nothing to name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise, product

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, disable_created_metrics

from gateway.events import (
    AttemptFinished,
    BaselineWritten,
    CircuitChanged,
    ComparisonFinished,
    Event,
    FailedOver,
    JournalWritten,
    RampChanged,
    RampHeld,
    ReaderWorkerReplaced,
    RequestFinished,
    RetryDenied,
    ShadowDropped,
    StateChanged,
    UpstreamVanished,
)
from gateway.metrics.baseline import BaselineMetrics
from gateway.metrics.comparisons import ComparisonMetrics
from gateway.metrics.configuration import ConfigurationMetrics
from gateway.metrics.labels import (
    CACHE_RESULTS,
    FAILOVER_ERRORS,
    FAILOVER_REASONS,
    KINDS,
    LOSSES,
    METHODS,
    NONE,
    OUTCOMES,
    WORKER_REASONS,
    known,
    status_class,
    status_label,
)
from gateway.metrics.names import Names
from gateway.metrics.ramps import RampMetrics
from gateway.metrics.upstreams import UpstreamMetrics

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15, 30, 60)
"""OpenTelemetry's advice for HTTP durations, extended for readers that take their time."""

SHORT_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Metrics:
    """An Observer. Call it with events; give it the numbers that are nobody's event through its methods.

    ``routes`` maps each configured route to its targets in order, ``shadows`` each candidate to those it is compared with,
    ``ramps`` the gates of each route that has a ramp, ``ends`` when upstreams end in seconds since 1970,
    ``readers`` are the upstreams that read here: those are the only names that become label values.
    """

    def __init__(
        self,
        registry: CollectorRegistry,
        routes: Mapping[str, Sequence[str]],
        *,
        readers: Sequence[str],
        version: str,
        config_hash: str,
        shadows: Mapping[str, Collection[str]] | None = None,
        ramps: Mapping[str, Collection[str]] | None = None,
        ends: Mapping[str, float] | None = None,
    ) -> None:
        # Else every series has a second one with nothing but its time of birth. The function lacks annotations.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._names = Names()
        self._define_durations(registry)
        self._define_counts(registry)
        self._define_process(registry, version)
        self.upstreams = UpstreamMetrics(registry, self._names)
        self.configuration = ConfigurationMetrics(registry)
        self.ramps = RampMetrics(registry, self._names)
        self._comparisons = ComparisonMetrics(registry, self._names)
        self._baseline = BaselineMetrics(registry)
        self.follow(routes, readers=readers, config_hash=config_hash, shadows=shadows, ramps=ramps, ends=ends)

    def follow(
        self,
        routes: Mapping[str, Sequence[str]],
        *,
        readers: Sequence[str],
        config_hash: str,
        shadows: Mapping[str, Collection[str]] | None = None,
        ramps: Mapping[str, Collection[str]] | None = None,
        ends: Mapping[str, float] | None = None,
    ) -> None:
        """Another configuration is in force, told as to the constructor."""
        shadows = shadows or {}
        upstreams = frozenset(shadows) | frozenset(name for targets in routes.values() for name in targets)
        self._names.follow({"route": frozenset(routes), "upstream": upstreams})
        self._export_zeros(routes, upstreams, readers)
        self.upstreams.follow(upstreams - set(readers))
        self._comparisons.follow(shadows)
        self.ramps.follow(ramps or {}, upstreams, ends or {})
        self.configuration.taken(config_hash)

    def __call__(self, event: Event) -> None:
        match event:
            case RequestFinished():
                self._request(event)
            case AttemptFinished():
                self._attempt(event)
            case FailedOver():
                self._fallbacks.labels(
                    self._upstream(event.source),
                    self._upstream(event.target),
                    known(event.reason, FAILOVER_REASONS),
                ).inc()
            case CircuitChanged() | RetryDenied():
                self.upstreams(event)
            case ComparisonFinished() | ShadowDropped():
                self._comparisons(event)
            case RampChanged() | RampHeld() | UpstreamVanished():
                self.ramps(event)
            case BaselineWritten():
                self._baseline(event)
            case _:
                self._of_this_process(event)

    def _of_this_process(self, event: Event) -> None:
        match event:
            case StateChanged():
                self._state_healthy.set(event.healthy)
            case ReaderWorkerReplaced():
                self._workers_replaced.labels(self._upstream(event.upstream), known(event.reason, WORKER_REASONS)).inc()
            case JournalWritten():
                self._journal(event)

    def _define_durations(self, registry: CollectorRegistry) -> None:
        def histogram(name: str, text: str, *labels: str, buckets: Sequence[float] = BUCKETS) -> Histogram:
            metric = Histogram(f"gateway_{name}_seconds", text, labels, registry=registry, buckets=buckets)
            self._names.label(metric, *labels)
            return metric

        self._server_seconds = histogram(
            "http_server_request_duration",
            "Time from a caller's request to its answer, by the route that took it.",
            "route", "method", "status",
        )  # fmt: skip
        self._client_seconds = histogram(
            "http_client_request_duration",
            "Time of one attempt at an upstream. The embedded reader has no HTTP status: status_class none.",
            "upstream", "status_class", "error_type",
        )  # fmt: skip
        self._overhead = histogram(
            "overhead",
            "Time of a request that was not spent waiting for upstreams.",
            "route",
            buckets=SHORT_BUCKETS,
        )
        self._lag = histogram(
            "event_loop_lag", "How much later than planned the event loop woke up.", buckets=SHORT_BUCKETS
        )

    def _define_counts(self, registry: CollectorRegistry) -> None:
        def counter(name: str, text: str, *labels: str) -> Counter:
            metric = Counter(f"gateway_{name}_total", text, labels, registry=registry)
            self._names.label(metric, *labels)
            return metric

        self._requests = counter(
            "requests", "Requests answered, by who answered and how it ended.", "route", "upstream", "outcome"
        )
        self._attempts = counter("attempts", "Tries at upstreams, successful or not.", "upstream", "kind", "outcome")
        self._attempt_errors = counter(
            "attempt_errors", "Tries at upstreams that gave no document, by reason.", "upstream", "error_type"
        )
        self._fallbacks = counter(
            "fallbacks",
            "Times that the next target was asked, and why.",
            "from_upstream", "to_upstream", "reason",
        )  # fmt: skip
        self._cost = counter(
            "cost", "Price of all attempts, in the currency of the configured prices.", "upstream", "kind"
        )
        self._cache_lookups = counter(
            "cache_lookups", "Answers looked for among those kept or under way, by what was found.", "result"
        )
        self._workers_replaced = counter(
            "reader_workers_replaced", "Processes of the embedded reader ended and replaced.", "upstream", "reason"
        )
        self._journal_lines = counter("journal_lines", "Lines of the journal put on file.")
        self._journal_failures = counter("journal_write_failures", "Lines of the journal lost, by reason.", "reason")

    def _define_process(self, registry: CollectorRegistry, version: str) -> None:
        self._inflight_requests = Gauge("gateway_inflight_requests", "Requests being worked on.", registry=registry)
        self._state_healthy = Gauge(
            "gateway_state_healthy",
            "1 while the shared state answers, or there is none; 0 while this process keeps all limits by itself.",
            registry=registry,
        )
        self._state_healthy.set(1)
        self._inflight_bytes = Gauge("gateway_inflight_body_bytes", "Bytes of request bodies held.", registry=registry)
        Info("gateway_build", "The running version.", registry=registry).info({"version": version})

    def watch(self, *, requests: Callable[[], float], body_bytes: Callable[[], float]) -> None:
        """Ask these functions for the numbers of requests and bytes in flight, at every scrape."""
        self._inflight_requests.set_function(requests)
        self._inflight_bytes.set_function(body_bytes)

    def loop_lag(self, seconds: float) -> None:
        """Record by how much the event loop overslept."""
        self._lag.observe(max(seconds, 0.0))

    def _request(self, event: RequestFinished) -> None:
        route = self._name("route", event.route)
        outcome = known(event.outcome, OUTCOMES)
        method = known(event.method, METHODS)
        self._server_seconds.labels(route, method, status_label(event.status)).observe(event.seconds)
        self._overhead.labels(route).observe(max(event.seconds - event.upstream_seconds, 0.0))
        self._requests.labels(route, self._upstream(event.upstream), outcome).inc()
        if event.cache:
            self._cache_lookups.labels(known(event.cache, CACHE_RESULTS)).inc()

    def _attempt(self, event: AttemptFinished) -> None:
        upstream = self._upstream(event.upstream)
        outcome = known(event.outcome, OUTCOMES)
        error_type = NONE if outcome == "ok" else outcome
        kind = known(event.kind, KINDS)
        self._client_seconds.labels(upstream, status_class(event.status), error_type).observe(event.seconds)
        self._attempts.labels(upstream, kind, outcome).inc()
        self._cost.labels(upstream, kind).inc(event.cost)
        if outcome != "ok":
            self._attempt_errors.labels(upstream, error_type).inc()

    def _journal(self, event: JournalWritten) -> None:
        self._journal_lines.inc(event.lines)
        if event.lost:
            self._journal_failures.labels(known(event.reason, LOSSES)).inc(event.lost)

    def _upstream(self, name: str) -> str:
        return self._name("upstream", name)

    def _name(self, kind: str, name: str) -> str:
        return self._names.known(kind, name) if name else NONE

    def _export_zeros(
        self, routes: Mapping[str, Sequence[str]], upstreams: Collection[str], readers: Iterable[str]
    ) -> None:
        """Make the series that will be asked for exist before they count, so that their first increase is seen."""
        for route, targets in routes.items():
            self._server_seconds.labels(route, "POST", "200")
            for upstream in targets:
                self._requests.labels(route, upstream, "ok")
            for (source, target), error in product(pairwise(targets), FAILOVER_REASONS):
                self._fallbacks.labels(source, target, error)
        for route in (*routes, NONE):
            self._overhead.labels(route)
        for route, error in product((*routes, NONE), OUTCOMES - {"ok"}):
            self._requests.labels(route, NONE, error)
        self._export_upstream_zeros(upstreams)
        for result in CACHE_RESULTS:
            self._cache_lookups.labels(result)
        for reason in LOSSES:
            self._journal_failures.labels(reason)
        for reader, reason in product(readers, WORKER_REASONS):
            self._workers_replaced.labels(reader, reason)

    def _export_upstream_zeros(self, upstreams: Collection[str]) -> None:
        for upstream, kind in product(upstreams, KINDS):
            self._attempts.labels(upstream, kind, "ok")
            self._cost.labels(upstream, kind)
        for upstream, error in product(upstreams, FAILOVER_ERRORS):
            self._attempt_errors.labels(upstream, error)
