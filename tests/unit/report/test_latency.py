from __future__ import annotations

import math
from statistics import NormalDist

import pytest

from gateway.report.latency import Latencies


def latencies(*values):
    found = Latencies()
    for value in values:
        found.add(value)
    return found


def test_quantiles_are_near_the_truth():
    values = [math.exp(NormalDist().inv_cdf((number + 0.5) / 10_000)) for number in range(10_000)]
    found = latencies(*values)
    for share in (0.01, 0.5, 0.9, 0.95, 0.99, 1.0):
        assert found.quantile(share) == pytest.approx(values[round(share * 10_000) - 1], rel=0.03)
    assert found.total == pytest.approx(sum(values))
    assert len(found._buckets) < 200


def test_nothing_has_no_quantile():
    assert Latencies().quantile(0.5) is None
    assert Latencies().within(1) == 0


def test_two_add_up_to_both():
    whole = latencies(0.1, 0.2)
    whole.update(latencies(0.2, 5.0))
    both = latencies(0.1, 0.2, 0.2, 5.0)
    assert list(whole.steps()) == list(both.steps())
    assert (whole.n, whole.total) == (both.n, both.total)


def test_how_many_were_within():
    found = latencies(0.1, 0.2, 3.0)
    assert [found.within(seconds) for seconds in (0.05, 0.15, 1, 10)] == [0, 1, 2, 3]


def test_what_cannot_be_is_counted_at_the_ends():
    found = latencies(0.0, 1e9)
    assert found.quantile(0.5) < 0.001
    assert found.quantile(1.0) > 80_000
