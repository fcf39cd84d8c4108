"""Which configuration is in force, and whether the last attempt to replace it succeeded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, Info

from gateway.clock import wall_clock


class ConfigurationMetrics:
    """``now`` is the time of day."""

    def __init__(self, registry: CollectorRegistry, *, now: Callable[[], datetime] = wall_clock) -> None:
        self._now = now
        self._info = Info("gateway_config", "The running configuration.", registry=registry)
        self._successful = Gauge(
            "gateway_config_last_reload_successful",
            "1 where the last attempt to take a configuration succeeded, the one at start included, else 0.",
            registry=registry,
        )
        self._timestamp = Gauge(
            "gateway_config_last_reload_timestamp_seconds",
            "When the running configuration was taken, in seconds since 1970.",
            registry=registry,
        )

    def taken(self, config_hash: str) -> None:
        """The configuration with this hash is in force."""
        self._info.info({"hash": config_hash})
        self._successful.set(1)
        self._timestamp.set(self._now().timestamp())

    def refused(self) -> None:
        """Another one could not be taken."""
        self._successful.set(0)
