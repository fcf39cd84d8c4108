import pytest
from prometheus_client import CollectorRegistry

from gateway.events import ComparisonFinished, ShadowDropped
from gateway.metrics.comparisons import PAIRS, ComparisonMetrics
from gateway.metrics.labels import DROPS
from gateway.metrics.names import Names


class Exposed:
    def __init__(self, shadows):
        self.registry = CollectorRegistry()
        self.names = Names()
        self.metrics = ComparisonMetrics(self.registry, self.names)
        self.follow(shadows)

    def follow(self, shadows):
        upstreams = frozenset(shadows).union(*shadows.values())
        self.names.follow({"upstream": upstreams})
        self.metrics.follow(shadows)

    def value(self, name, **labels):
        return self.registry.get_sample_value(f"gateway_{name}_total", labels)

    def series(self, name):
        return [
            sample.labels
            for family in self.registry.collect()
            for sample in family.samples
            if sample.name == f"gateway_{name}_total"
        ]


@pytest.fixture
def exposed():
    return Exposed({"azure": ["bangkok", "local"]})


def finished(**changes):
    values = {
        "route": "thai", "country": "THA", "id_type": "ID", "control": "bangkok", "candidate": "azure",
        "results": {"birth_date": "near", "last_name": "exact"}, "truth": {}, "outcome": "ok",
        "control_seconds": 1.0, "candidate_seconds": 1.0, "cost": 0.1, "kind": "shadow",
    }  # fmt: skip
    return ComparisonFinished(**{**values, **changes})


def field(exposed, **changes):
    labels = {"control": "bangkok", "candidate": "azure", "pair": "THA-ID", "field": "birth_date", "result": "near"}
    return exposed.value("field_comparisons", **{**labels, **changes})


def test_the_pairs_are_those_of_table_1():
    assert len(PAIRS) == 23
    assert {"THA-ID", "HKG-ID", "VNM-DL"} < PAIRS


def test_every_field_counts(exposed):
    exposed.metrics(finished())
    exposed.metrics(finished())
    assert field(exposed) == 2
    assert field(exposed, field="last_name", result="exact") == 2
    assert exposed.value("shadow", upstream="azure", result="ok") == 2
    assert exposed.value("shadow_answers", control="bangkok", candidate="azure", answered="both") == 2


def test_noise_is_an_upstream_beside_itself(exposed):
    exposed.metrics(finished(candidate="bangkok", kind="noise"))
    assert field(exposed, candidate="bangkok") == 1
    assert exposed.value("shadow", upstream="bangkok", result="ok") == 1


@pytest.mark.parametrize(
    ("control", "candidate", "answered", "result"),
    [
        ("ok", "no_document", "control", "error"),
        ("timeout", "ok", "candidate", "ok"),
        ("timeout", "gone", "neither", "error"),
    ],
)
def test_who_answered(exposed, control, candidate, answered, result):
    exposed.metrics(finished(control_outcome=control, outcome=candidate, results={}))
    assert exposed.value("shadow_answers", control="bangkok", candidate="azure", answered=answered) == 1
    assert exposed.value("shadow", upstream="azure", result=result) == 1
    assert exposed.series("field_comparisons") == []


@pytest.mark.parametrize("reason", DROPS)
def test_drops(exposed, reason):
    exposed.metrics(ShadowDropped("thai", "azure", reason))
    result = "over_budget" if reason == "budget" else "dropped"
    assert exposed.value("shadow", upstream="azure", result=result) == 1
    assert exposed.value("shadow_dropped", upstream="azure", reason=reason) == 1


def test_what_is_sure_to_be_asked_for_is_there_at_zero(exposed):
    assert exposed.value("shadow", upstream="azure", result="over_budget") == 0
    assert exposed.value("shadow_dropped", upstream="bangkok", reason="load") == 0
    assert exposed.value("shadow_answers", control="local", candidate="azure", answered="candidate") == 0
    assert exposed.series("field_comparisons") == []


def test_nothing_from_outside_adds_a_series(exposed):
    for index in range(100):
        evil = f"x{index}"
        exposed.metrics(finished(control=evil, candidate=evil, country=evil, id_type=evil, results={evil: evil}))
        exposed.metrics(finished(candidate="local", country=evil))
        exposed.metrics(ShadowDropped(evil, evil, evil))
    other = {"control": "other", "candidate": "other", "pair": "other"}
    assert field(exposed, **other, field="other", result="other") == 100
    assert field(exposed, **other) == 100
    assert len(exposed.series("field_comparisons")) == 3


def test_a_pair_that_goes_counts_until_the_configuration_after(exposed):
    exposed.metrics(finished())
    exposed.follow({"mindee": ["bangkok"]})
    exposed.metrics(finished())
    assert field(exposed) == 2
    exposed.follow({"mindee": ["bangkok"]})
    assert field(exposed) is None
    exposed.metrics(finished())
    assert field(exposed, control="other", candidate="other") == 1
