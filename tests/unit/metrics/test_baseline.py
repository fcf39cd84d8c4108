from prometheus_client import CollectorRegistry

from gateway.events import BaselineWritten
from gateway.metrics.baseline import LOSSES, BaselineMetrics


def test_records_are_counted_written_and_lost():
    registry = CollectorRegistry()
    count = BaselineMetrics(registry)
    assert [registry.get_sample_value("gateway_baseline_lost_total", {"reason": reason}) for reason in LOSSES] == [
        0
    ] * 5
    for event in (
        BaselineWritten(1),
        BaselineWritten(2),
        BaselineWritten(0, 3, "full"),
        BaselineWritten(0, 1, "canary"),
    ):
        count(event)
    assert registry.get_sample_value("gateway_baseline_records_total") == 3
    assert registry.get_sample_value("gateway_baseline_lost_total", {"reason": "full"}) == 3
    assert registry.get_sample_value("gateway_baseline_lost_total", {"reason": "other"}) == 1
    assert registry.get_sample_value("gateway_baseline_lost_total", {"reason": "canary"}) is None
