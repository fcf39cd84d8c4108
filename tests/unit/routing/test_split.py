import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.routing.shares import BUCKETS, first
from gateway.routing.split import Split, SplitPolicy
from tests.fakes import make_query


def ranges(weights: dict[str, float], targets: list[str]):
    return list(Split(SplitPolicy(weights=weights), targets).ranges(make_query()))


def test_ranges_lie_in_the_order_of_the_targets_and_a_reserve_has_none():
    assert ranges({"azure": 5, "bangkok": 95}, ["bangkok", "local", "azure"]) == [("bangkok", 9500), ("azure", 500)]


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": -1, "b": 2}, {"a": math.nan}, {"a": math.inf}])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        SplitPolicy(weights=weights)


def test_the_form_in_yaml():
    policy = msgspec.convert({"key": "project_id", "weights": {"a": 1}}, type=SplitPolicy)
    assert (policy.key, policy.weights) == ("project_id", {"a": 1.0})
    with pytest.raises(msgspec.ValidationError, match="weight"):
        msgspec.convert({"weight": {"a": 1}}, type=SplitPolicy)


@given(st.floats(0.1, 99), st.floats(0.1, 99), st.integers(0, BUCKETS - 1))
def test_who_was_moved_stays_moved_while_the_share_grows(one, other, place):
    small, large = sorted((one, other))
    before = first(ranges({"old": 100 - small, "new": small}, ["old", "new"]), place)
    after = first(ranges({"old": 100 - large, "new": large}, ["old", "new"]), place)
    assert before == "old" or after == "new"
