from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.shadow.agreement import Tally
from gateway.shadow.result import Result


@pytest.mark.parametrize(
    ("agreed", "n", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(agreed, n, low, high):
    assert Tally(n, agreed).interval() == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def bound(share, n, z, *, upwards):
    """The bound by its definition: the furthest true share from which ``share`` is ``z`` standard errors away."""
    near, far = share, 1.0 if upwards else 0.0
    for _ in range(200):
        middle = (near + far) / 2
        if abs(share - middle) <= z * sqrt(middle * (1 - middle) / n):
            near = middle
        else:
            far = middle
    return near


@given(st.integers(1, 5000), st.floats(0, 1), st.sampled_from([1.0, 1.645, 1.96, 2.576]))
def test_the_bounds_are_where_the_score_test_gives_up(n, part, z):
    tally = Tally(n, round(part * n))
    assert tally.rate is not None
    low, high = tally.interval(z)
    assert low == pytest.approx(bound(tally.rate, n, z, upwards=False), abs=1e-9)
    assert high == pytest.approx(bound(tally.rate, n, z, upwards=True), abs=1e-9)
    assert 0 <= low <= tally.rate + 1e-12
    assert tally.rate - 1e-12 <= high <= 1


def test_nothing_is_known_without_a_comparison():
    assert (Tally().rate, Tally().interval()) == (None, (0.0, 1.0))


def test_tallies_add_up():
    assert Tally(10, 9) + Tally(2, 0) == Tally(12, 9)
    assert (Tally(10, 9) + Tally()).rate == 0.9


def test_what_the_control_does_not_have_is_not_counted():
    results = [Result.EXACT, "equivalent", Result.NEAR, Result.CONFLICT, "missing_control", Result.MISSING_CANDIDATE]
    assert Tally.of(results) == Tally(5, 2)
    assert Tally.of([]) == Tally()


@pytest.mark.parametrize("counts", [(1, 2), (1, -1), (-1, -1)])
def test_no_more_agree_than_there_are(counts):
    with pytest.raises(ValueError, match="agreed"):
        Tally(*counts)
