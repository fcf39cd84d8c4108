"""Every Prometheus object of the gateway, fed by events; ``docs/metrics.md`` is the same list for operators."""

from gateway.metrics.metrics import Metrics

__all__ = ["Metrics"]
