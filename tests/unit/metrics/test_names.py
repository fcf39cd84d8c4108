from prometheus_client import CollectorRegistry, Counter, Histogram

from gateway.metrics.names import Names


def test_names_are_known_as_long_as_a_configuration_or_the_one_after_it_is_in_force():
    names = Names()
    for upstreams, known in [("a", "a"), ("ab", "ab"), ("b", "ab"), ("b", "b"), ("c", "bc")]:
        names.follow({"upstream": frozenset(upstreams)})
        assert {name for name in "abcd" if names.known("upstream", name) != "other"} == set(known)


def test_series_go_with_their_names_and_others_stay():
    registry, names = CollectorRegistry(), Names()
    counter = Counter("moves", "Moves.", ["from_upstream", "to_upstream", "route", "reason"], registry=registry)
    seconds = Histogram("time", "Time.", ["upstream"], registry=registry)
    names.label(counter, "from_upstream", "to_upstream", "route", "reason")
    names.label(seconds, "upstream")

    def left() -> set[tuple[str, ...]]:
        samples = [sample for metric in registry.collect() for sample in metric.samples]
        return {tuple(sample.labels.values()) for sample in samples if "le" not in sample.labels}

    names.follow({"upstream": frozenset({"a", "b", "c"}), "route": frozenset({"a"})})
    for source, target, route in [("a", "b", "a"), ("b", "c", "a"), ("none", "b", "none"), ("b", "b", "x")]:
        counter.labels(source, target, route, "a").inc()
    seconds.labels("a").observe(1)
    for _ in range(2):
        names.follow({"upstream": frozenset({"b"}), "route": frozenset({"a"})})
        names.follow({"upstream": frozenset({"b"}), "route": frozenset({"a"})})
    assert left() == {("none", "b", "none", "a"), ("b", "b", "x", "a")}
