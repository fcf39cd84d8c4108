from datetime import UTC, datetime, timedelta

from prometheus_client import CollectorRegistry

from gateway.metrics.configuration import ConfigurationMetrics

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_the_hash_the_time_and_whether_the_last_attempt_succeeded():
    registry, times = CollectorRegistry(), [AT, AT + timedelta(hours=1)]
    metrics = ConfigurationMetrics(registry, now=lambda: times.pop(0))

    def seen() -> list[float | None]:
        hashes = [registry.get_sample_value("gateway_config_info", {"hash": each}) for each in ("abc", "def")]
        names = ("gateway_config_last_reload_successful", "gateway_config_last_reload_timestamp_seconds")
        return [*hashes, *map(registry.get_sample_value, names)]

    metrics.taken("abc")
    assert seen() == [1, None, 1, AT.timestamp()]
    metrics.refused()
    assert seen() == [1, None, 0, AT.timestamp()]
    metrics.taken("def")
    assert seen() == [None, 1, 1, AT.timestamp() + 3600]
