import re
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from gateway import errors
from gateway.events import (
    AttemptFinished,
    CircuitChanged,
    FailedOver,
    JournalWritten,
    ReaderWorkerReplaced,
    RequestFinished,
    RetryDenied,
    StateChanged,
)
from gateway.metrics import Metrics
from gateway.metrics.labels import ERRORS, FAILOVER_ERRORS

DOCUMENT = Path(__file__).parents[3] / "docs" / "metrics.md"
ROUTES = {"thai": ("bangkok", "local"), "default": ("local",)}


class Exposed:
    """A fresh Metrics and what a scrape of it would say."""

    def __init__(self):
        self.registry = CollectorRegistry()
        self.metrics = Metrics(self.registry, ROUTES, readers=["local"], version="1.2.3", config_hash="abc")

    def samples(self):
        text = generate_latest(self.registry).decode()
        return {
            (sample.name, tuple(sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }

    def value(self, name, **labels):
        return self.samples().get((f"gateway_{name}", tuple(sorted(labels.items()))))


def request(**changes):
    values = {"route": "thai", "upstream": "bangkok", "outcome": "ok", "status": 200, "seconds": 2.0}
    return RequestFinished(**{**values, "upstream_seconds": 1.75, **changes})


def test_a_request_is_counted_and_timed():
    exposed = Exposed()
    exposed.metrics(request())
    assert exposed.value("requests_total", route="thai", upstream="bangkok", outcome="ok") == 1
    labels = {"route": "thai", "method": "POST", "status": "200"}
    assert exposed.value("http_server_request_duration_seconds_sum", **labels) == 2.0
    assert exposed.value("http_server_request_duration_seconds_bucket", **labels, le="1.0") == 0
    assert exposed.value("http_server_request_duration_seconds_bucket", **labels, le="2.5") == 1
    assert exposed.value("overhead_seconds_sum", route="thai") == 0.25


def test_a_request_that_nobody_answered_has_no_upstream_and_perhaps_no_route():
    exposed = Exposed()
    exposed.metrics(request(route="", upstream="", outcome="unauthenticated", status=401, method="GET"))
    assert exposed.value("requests_total", route="none", upstream="none", outcome="unauthenticated") == 1
    assert exposed.value("http_server_request_duration_seconds_count", route="none", method="GET", status="401") == 1


@pytest.mark.parametrize("outcome", ["internal_error", "caller_gone", "cancelled", "overloaded"])
def test_all_ways_for_a_request_to_end_have_their_series(outcome):
    exposed = Exposed()
    assert exposed.value("requests_total", route="none", upstream="none", outcome=outcome) == 0
    exposed.metrics(request(route="", upstream="", outcome=outcome))
    assert exposed.value("requests_total", route="none", upstream="none", outcome=outcome) == 1


def test_overhead_is_never_negative():
    exposed = Exposed()
    exposed.metrics(request(seconds=1.0, upstream_seconds=1.5))
    assert exposed.value("overhead_seconds_sum", route="thai") == 0


def test_an_attempt_that_answers_is_no_error():
    exposed = Exposed()
    exposed.metrics(AttemptFinished("bangkok", "primary", "ok", 0.3, 200, cost=0.01))
    assert exposed.value("attempts_total", upstream="bangkok", kind="primary", outcome="ok") == 1
    assert exposed.value("cost_total", upstream="bangkok", kind="primary") == 0.01
    labels = {"upstream": "bangkok", "status_class": "2xx", "error_type": "none"}
    assert exposed.value("http_client_request_duration_seconds_sum", **labels) == 0.3
    assert sum(value for (name, _), value in exposed.samples().items() if "attempt_errors" in name) == 0


def test_an_attempt_that_fails_is_an_error_too():
    exposed = Exposed()
    exposed.metrics(AttemptFinished("local", "failover", "timeout", 8.0))
    assert exposed.value("attempts_total", upstream="local", kind="failover", outcome="timeout") == 1
    assert exposed.value("attempt_errors_total", upstream="local", error_type="timeout") == 1
    labels = {"upstream": "local", "status_class": "none", "error_type": "timeout"}
    assert exposed.value("http_client_request_duration_seconds_count", **labels) == 1


def test_failover_and_replaced_readers_are_counted():
    exposed = Exposed()
    exposed.metrics(FailedOver("thai", "bangkok", "local", "gone"))
    exposed.metrics(ReaderWorkerReplaced("local", "crash"))
    assert exposed.value("fallbacks_total", from_upstream="bangkok", to_upstream="local", reason="gone") == 1
    assert exposed.value("reader_workers_replaced_total", upstream="local", reason="crash") == 1


def test_lines_of_the_journal_are_counted_written_and_lost():
    exposed = Exposed()
    assert exposed.value("journal_write_failures_total", reason="queue") == 0
    exposed.metrics(JournalWritten(12))
    exposed.metrics(JournalWritten(0, 3, "disk"))
    assert exposed.value("journal_lines_total") == 12
    assert exposed.value("journal_write_failures_total", reason="disk") == 3


def test_it_is_seen_whether_the_shared_state_answers():
    exposed = Exposed()
    assert exposed.value("state_healthy") == 1
    exposed.metrics(StateChanged(healthy=False))
    assert exposed.value("state_healthy") == 0


def test_gauges_are_read_when_scraped():
    exposed = Exposed()
    flight = [3]
    exposed.metrics.watch(requests=lambda: len(flight), body_bytes=lambda: sum(flight))
    assert (exposed.value("inflight_requests"), exposed.value("inflight_body_bytes")) == (1, 3)
    flight.append(4)
    assert (exposed.value("inflight_requests"), exposed.value("inflight_body_bytes")) == (2, 7)


def test_loop_lag_is_observed_and_an_early_wake_up_counts_as_none():
    exposed = Exposed()
    exposed.metrics.loop_lag(0.2)
    exposed.metrics.loop_lag(-0.1)
    assert exposed.value("event_loop_lag_seconds_sum") == 0.2
    assert exposed.value("event_loop_lag_seconds_count") == 2


def test_version_and_configuration_are_told():
    exposed = Exposed()
    assert exposed.value("build_info", version="1.2.3") == 1
    assert exposed.value("config_info", hash="abc") == 1


def test_known_series_are_there_at_zero():
    exposed = Exposed()
    assert exposed.value("requests_total", route="default", upstream="local", outcome="ok") == 0
    assert exposed.value("requests_total", route="none", upstream="none", outcome="unauthenticated") == 0
    assert exposed.value("fallbacks_total", from_upstream="bangkok", to_upstream="local", reason="timeout") == 0
    assert exposed.value("attempt_errors_total", upstream="bangkok", error_type="throttled") == 0
    assert exposed.value("reader_workers_replaced_total", upstream="local", reason="deadline") == 0
    assert exposed.value("http_server_request_duration_seconds_count", route="thai", method="POST", status="200") == 0
    assert exposed.value("cost_total", upstream="bangkok", kind="retry") == 0


def _named(exposed, name):
    return {series for series in exposed.samples() if name in dict(series[1]).values()}


def _busy(metrics, route, upstream):
    metrics(request(route=route, upstream=upstream))
    metrics(AttemptFinished(upstream, "primary", "timeout", 0.1, 500))
    metrics(FailedOver(route, upstream, "local", "timeout"))
    metrics(CircuitChanged(upstream, "open", "consecutive"))
    metrics(RetryDenied(upstream))


def test_another_configuration_brings_its_names_at_zero_and_keeps_those_before_it_until_the_next():
    exposed = Exposed()
    _busy(exposed.metrics, "thai", "bangkok")
    exposed.metrics.follow({"viet": ("hanoi", "local")}, readers=["local"], config_hash="def")
    assert (exposed.value("config_info", hash="abc"), exposed.value("config_info", hash="def")) == (None, 1)
    assert exposed.value("requests_total", route="viet", upstream="hanoi", outcome="ok") == 0
    assert exposed.value("attempts_total", upstream="bangkok", kind="primary", outcome="timeout") == 1
    _busy(exposed.metrics, "thai", "bangkok")  # by requests that are still under way
    assert exposed.value("requests_total", route="thai", upstream="bangkok", outcome="ok") == 2
    _busy(exposed.metrics, "viet", "hanoi")
    exposed.metrics.follow({"viet": ("hanoi", "local")}, readers=["local"], config_hash="ghi")
    assert _named(exposed, "thai") == _named(exposed, "bangkok") == set()
    assert exposed.value("requests_total", route="viet", upstream="hanoi", outcome="ok") == 1
    _busy(exposed.metrics, "thai", "bangkok")
    assert exposed.value("requests_total", route="other", upstream="other", outcome="ok") == 1
    assert _named(exposed, "bangkok") == set()


def test_any_number_of_configurations_takes_the_room_of_two():
    exposed, sizes = Exposed(), []
    for number in range(20):
        route, upstream = f"route{number}", f"upstream{number}"
        exposed.metrics.follow({route: (upstream, "local")}, readers=["local"], config_hash=f"hash{number}")
        _busy(exposed.metrics, route, upstream)
        exposed.metrics.upstreams.watch(
            upstream, state=lambda: "closed", in_flight=lambda: 0, queued=lambda: 0, retries=lambda: 0
        )
        sizes.append(len(exposed.samples()))
    assert len(set(sizes[2:])) == 1


def test_every_error_has_its_name_in_the_closed_set():
    assert {"error", "timeout", "no_document", "overloaded"} <= ERRORS
    assert errors.UpstreamGone.outcome in FAILOVER_ERRORS
    assert errors.Unauthenticated.outcome not in FAILOVER_ERRORS


def _storm(metrics, start):
    for index in range(start, start + 200):
        evil = f'x{index}"\n'
        metrics(request(route=evil, upstream=evil, outcome=evil, status=index * 1000, method=evil))
        metrics(AttemptFinished(evil, evil, evil, 0.1, index * 1000))
        metrics(AttemptFinished("local", evil, evil, 0.1, 100 + index % 500))
        metrics(FailedOver(evil, evil, evil, evil))
        metrics(ReaderWorkerReplaced(evil, evil))
        metrics(JournalWritten(0, 1, evil))


def test_no_value_from_outside_adds_a_series():
    exposed = Exposed()
    _storm(exposed.metrics, 1)
    after_one = len(exposed.samples())
    _storm(exposed.metrics, 1001)
    assert len(exposed.samples()) == after_one
    assert exposed.value("requests_total", route="other", upstream="other", outcome="other") == 400
    assert 'x1"' not in generate_latest(exposed.registry).decode()


def _described(collector: Collector):
    family = collector.describe()[0]
    suffix = {"counter": "_total", "info": "_info"}.get(family.type, "")
    labels = {"gateway_build": ("version",), "gateway_config": ("hash",)}.get(family.name, collector._labelnames)
    return (family.name + suffix, family.type, tuple(labels), family.documentation)


def test_the_documentation_lists_exactly_these_metrics():
    in_code = {_described(collector) for collector in Exposed().registry._collector_to_names}
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*?) \| (.+) \|$", DOCUMENT.read_text(), re.MULTILINE)
    documented = {(name, kind, tuple(re.findall(r"\w+", labels)), text) for name, kind, labels, text in rows}
    assert documented == in_code
    assert len(rows) == len(in_code)
