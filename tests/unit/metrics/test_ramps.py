from prometheus_client import CollectorRegistry

from gateway.events import RampChanged, RampHeld, UpstreamVanished
from gateway.metrics.names import Names
from gateway.metrics.ramps import RampMetrics

GATES = {"thai": ("success", "agreement.birth_date")}


class Exposed:
    def __init__(self):
        self.registry, self.names = CollectorRegistry(), Names()
        self.metrics = RampMetrics(self.registry, self.names)
        self.follow(GATES)

    def follow(self, gates, upstreams=("old", "new"), ends=None):
        self.names.follow({"route": frozenset(gates), "upstream": frozenset(upstreams)})
        self.metrics.follow(gates, upstreams, {"old": 1798761600.0} if ends is None else ends)

    def value(self, name, **labels):
        return self.registry.get_sample_value(f"gateway_{name}", labels)

    @property
    def series(self):
        return {
            (sample.name, *sample.labels.values()) for family in self.registry.collect() for sample in family.samples
        }


def changed(**changes):
    values = {"route": "thai", "pair": "THA-ID", "share": 25.0, "state": "running", "reason": "passed"}
    return RampChanged(**{**values, "decided": True, "verdicts": {"success": "pass"}, **changes})


def test_where_a_ramp_stands():
    exposed = Exposed()
    exposed.metrics(changed())
    assert exposed.value("ramp_weight_ratio", route="thai", pair="THA-ID") == 0.25
    assert exposed.value("ramp_state", route="thai", pair="THA-ID") == 0
    states = {"running": 0, "paused": 1, "held": 2, "rolled_back": 3, "done": 4}
    for state, value in states.items():
        exposed.metrics(changed(state=state, decided=False))
        assert exposed.value("ramp_state", route="thai", pair="THA-ID") == value


def test_judgements_are_counted_where_they_were_made():
    exposed = Exposed()
    results = {"route": "thai", "gate": "success"}
    assert exposed.value("ramp_gate_result_total", **results, result="error") == 0
    exposed.metrics(changed())
    exposed.metrics(changed(decided=False))
    exposed.metrics(changed(reason="operator"))
    assert exposed.value("ramp_gate_result_total", **results, result="pass") == 1
    exposed.metrics(RampHeld("thai", "THA-ID", 25.0, {"success": "inconclusive"}))
    assert exposed.value("ramp_gate_result_total", **results, result="inconclusive") == 1


def test_ends_and_absences():
    exposed = Exposed()
    assert exposed.value("upstream_end_of_life_timestamp_seconds", upstream="old") == 1798761600
    assert exposed.value("upstream_end_of_life_timestamp_seconds", upstream="new") is None
    assert exposed.value("upstream_gone", upstream="old") == 0
    exposed.metrics(UpstreamVanished("old", gone=True))
    assert exposed.value("upstream_gone", upstream="old") == 1
    exposed.follow(GATES)
    assert exposed.value("upstream_gone", upstream="old") == 1
    exposed.metrics(UpstreamVanished("old", gone=False))
    assert exposed.value("upstream_gone", upstream="old") == 0


def test_no_value_from_outside_adds_a_series():
    exposed = Exposed()
    exposed.metrics(changed(pair="x-1", verdicts={"y-1": "z-1"}))
    before = exposed.series
    for number in range(50):
        evil = f"x{number}"
        exposed.metrics(changed(route=evil))
        exposed.metrics(changed(pair=evil, verdicts={evil: evil}))
        exposed.metrics(RampHeld(evil, evil, 1.0, {evil: evil}))
        exposed.metrics(UpstreamVanished(evil, gone=True))
    assert exposed.series == before


def test_another_configuration_takes_what_is_not_true_any_more_with_it():
    exposed = Exposed()
    exposed.metrics(changed())
    exposed.follow({}, upstreams=("new",), ends={})
    assert exposed.value("ramp_weight_ratio", route="thai", pair="THA-ID") is None
    assert exposed.value("ramp_state", route="thai", pair="THA-ID") is None
    assert exposed.value("upstream_gone", upstream="old") is None
    assert exposed.value("upstream_end_of_life_timestamp_seconds", upstream="old") is None
    exposed.follow(GATES)
    assert exposed.value("upstream_gone", upstream="old") == 0
