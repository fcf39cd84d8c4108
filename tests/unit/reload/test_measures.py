from pathlib import Path
from types import SimpleNamespace

from prometheus_client import CollectorRegistry

from gateway import __version__
from gateway.config.load import LoadedConfig, load_text
from gateway.migrate.ramps import Ramps
from gateway.nest import bare, nest
from gateway.reload import measures
from tests.fakes import FakeRecognizer


def config(upstream: str) -> LoadedConfig:
    text = f"""
callers: {{anonymous: true}}
upstreams: {{{upstream}: {{adapter: replay, options: {{}}}}, local: {{adapter: local, options: {{workers: 1}}}}}}
routes: [{{name: all, targets: [{upstream}, local]}}]
"""
    return load_text(text, name="test.yaml", folder=Path())


def test_names_and_numbers_are_those_of_the_configuration():
    registry = CollectorRegistry()
    metrics = measures.metrics_for(registry, config("a"))

    def value(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(f"gateway_{name}", labels)

    assert value("build_info", version=__version__) == 1
    assert value("attempts_total", upstream="a", kind="primary", outcome="ok") == 0
    assert value("reader_workers_replaced_total", upstream="local", reason="crash") == 0
    assert value("breaker_transitions_total", upstream="a", to="open") == 0
    assert value("breaker_transitions_total", upstream="local", to="open") is None

    other = config("b")
    measures.follow(metrics, other)
    assert value("config_info", hash=other.hash) == 1
    assert value("attempts_total", upstream="b", kind="primary", outcome="ok") == 0

    whole = nest("b", FakeRecognizer("b"), lambda _query: True, other.settings.upstreams["b"], observer=metrics)
    reader = bare("local", FakeRecognizer("local"), lambda _query: True)
    measures.watch(metrics, SimpleNamespace(nests={"b": whole, "local": reader}, ramps=Ramps()))
    whole.breaker.hold_open()
    assert value("breaker_state", upstream="b") == 2
    assert value("retry_budget_remaining", upstream="b") == 3
    assert (value("upstream_inflight", upstream="b"), value("queue_depth", upstream="b")) == (0, 0)
    assert value("breaker_state", upstream="local") is None
