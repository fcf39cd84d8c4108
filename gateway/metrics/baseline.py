"""What becomes of the answers that are recorded for later comparisons."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter

from gateway.events import BaselineWritten
from gateway.metrics.labels import known

LOSSES = ("queue", "disk", "full", "failed", "stop")


class BaselineMetrics:
    """An Observer of one kind of event."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._records = Counter(
            "gateway_baseline_records_total", "Answers sealed and put on file for later comparisons.", registry=registry
        )
        self._lost = Counter(
            "gateway_baseline_lost_total",
            "Answers that were to be recorded and are lost, by reason.",
            ["reason"],
            registry=registry,
        )
        for reason in LOSSES:
            self._lost.labels(reason)

    def __call__(self, event: BaselineWritten) -> None:
        self._records.inc(event.records)
        if event.lost:
            self._lost.labels(known(event.reason, LOSSES)).inc(event.lost)
