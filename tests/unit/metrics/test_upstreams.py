import pytest
from prometheus_client import CollectorRegistry

from gateway.events import CircuitChanged, RetryDenied
from gateway.metrics.upstreams import STATE_VALUES, UpstreamMetrics
from gateway.resilience.circuit import State


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> UpstreamMetrics:
    return UpstreamMetrics(registry, ["bangkok"])


def test_every_state_of_a_circuit_has_its_number():
    assert STATE_VALUES.keys() == set(State)


def test_a_circuit_is_closed_at_first_and_follows_its_events(registry, metrics):
    assert registry.get_sample_value("gateway_breaker_state", {"upstream": "bangkok"}) == 0
    for state, number in (("open", 2), ("half_open", 1), ("open", 2), ("closed", 0)):
        metrics.circuit(CircuitChanged("bangkok", state, "consecutive"))
        assert registry.get_sample_value("gateway_breaker_state", {"upstream": "bangkok"}) == number
    transitions = {
        state: registry.get_sample_value("gateway_breaker_transitions_total", {"upstream": "bangkok", "to": state})
        for state in State
    }
    assert transitions == {"closed": 1, "open": 2, "half_open": 1}


def test_denied_retries_are_counted(registry, metrics):
    assert registry.get_sample_value("gateway_retries_denied_total", {"upstream": "bangkok"}) == 0
    metrics.retry_denied(RetryDenied("bangkok"))
    assert registry.get_sample_value("gateway_retries_denied_total", {"upstream": "bangkok"}) == 1


def test_an_upstream_of_another_configuration_is_other(registry, metrics):
    metrics.retry_denied(RetryDenied("gone"))
    assert registry.get_sample_value("gateway_retries_denied_total", {"upstream": "other"}) == 1


def test_gauges_are_read_when_scraped(registry, metrics):
    metrics.watch("bangkok", in_flight=lambda: 3, queued=lambda: 2, retries=lambda: 1)
    names = ("upstream_inflight", "queue_depth", "retry_budget_remaining")
    assert [registry.get_sample_value(f"gateway_{name}", {"upstream": "bangkok"}) for name in names] == [3, 2, 1]
