import pytest
from prometheus_client import CollectorRegistry

from gateway.events import CircuitChanged, RetryDenied
from gateway.metrics.names import Names
from gateway.metrics.upstreams import STATE_VALUES, UpstreamMetrics
from gateway.resilience.circuit import State

GAUGES = ("breaker_state", "upstream_inflight", "queue_depth", "retry_budget_remaining")


class Exposed:
    """Fresh metrics that know ``upstreams``."""

    def __init__(self, *upstreams: str) -> None:
        self.registry = CollectorRegistry()
        self.names = Names()
        self.metrics = UpstreamMetrics(self.registry, self.names)
        self.follow(*upstreams)

    def follow(self, *upstreams: str) -> None:
        self.names.follow({"upstream": frozenset(upstreams)})
        self.metrics.follow(upstreams)

    def watch(self, name: str, number: int = 0, state: str = "closed") -> None:
        numbers = {"in_flight": number, "queued": number + 1, "retries": number + 2}
        asked = {key: lambda value=value: value for key, value in numbers.items()}
        self.metrics.watch(name, state=lambda: state, **asked)

    def value(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(f"gateway_{name}", labels)

    def gauges(self, name: str) -> list[float | None]:
        return [self.value(gauge, upstream=name) for gauge in GAUGES]


def test_every_state_of_a_circuit_has_its_number():
    assert STATE_VALUES.keys() == set(State)


def test_changes_of_a_circuit_are_counted():
    exposed = Exposed("bangkok")
    for state in ("open", "half_open", "open", "closed"):
        exposed.metrics.circuit(CircuitChanged("bangkok", state, "consecutive"))
    counted = {state: exposed.value("breaker_transitions_total", upstream="bangkok", to=state) for state in State}
    assert counted == {"closed": 1, "open": 2, "half_open": 1}


def test_denied_retries_are_counted():
    exposed = Exposed("bangkok")
    assert exposed.value("retries_denied_total", upstream="bangkok") == 0
    exposed.metrics.retry_denied(RetryDenied("bangkok"))
    assert exposed.value("retries_denied_total", upstream="bangkok") == 1


def test_an_upstream_that_nobody_knows_is_other():
    exposed = Exposed("bangkok")
    exposed.metrics.retry_denied(RetryDenied("gone"))
    assert exposed.value("retries_denied_total", upstream="other") == 1


@pytest.mark.parametrize("state", list(State))
def test_gauges_are_read_when_scraped(state: str):
    exposed = Exposed("bangkok")
    exposed.watch("bangkok", 3, state)
    assert exposed.gauges("bangkok") == [STATE_VALUES[state], 3, 4, 5]


def test_another_configuration_brings_names_and_takes_what_is_true_of_the_moment_at_once():
    exposed = Exposed("bangkok", "hanoi")
    for name in ("bangkok", "hanoi"):
        exposed.watch(name)
        exposed.metrics.retry_denied(RetryDenied(name))
    exposed.follow("hanoi", "manila")
    exposed.watch("hanoi", 7, "open")
    assert exposed.gauges("bangkok") == [None] * 4
    assert exposed.gauges("hanoi") == [2, 7, 8, 9]
    denied = [exposed.value("retries_denied_total", upstream=name) for name in ("bangkok", "hanoi", "manila")]
    assert denied == [1, 1, 0]
    exposed.follow("hanoi", "manila")
    assert exposed.value("retries_denied_total", upstream="bangkok") is None


def test_an_upstream_without_a_route_is_watched_too_and_goes_as_well():
    exposed = Exposed("bangkok")
    exposed.watch("spare")
    exposed.follow("bangkok")
    assert exposed.gauges("spare") == [None] * 4
