from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.routing.shares import BUCKETS, Key, bucket, first, in_buckets
from tests.fakes import make_query


@pytest.mark.parametrize(
    ("weights", "ranges"),
    [
        ({"a": 95, "b": 5}, [("a", 9500), ("b", 500)]),
        ({"a": 1, "b": 1, "c": 1}, [("a", 3333), ("b", 3334), ("c", 3333)]),
        ({"a": 0, "b": 0.001}, [("a", 0), ("b", 10000)]),
        ({"a": 3}, [("a", 10000)]),
    ],
)
def test_weights_become_ranges(weights, ranges):
    assert list(in_buckets(weights)) == ranges


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=8).filter(lambda weights: sum(weights) > 1e-6))
def test_every_bucket_has_one_target(weights):
    ranges = in_buckets({str(index): weight for index, weight in enumerate(weights)})
    assert sum(size for _, size in ranges) == BUCKETS
    assert all(size >= 0 for _, size in ranges)
    for (_, size), weight in zip(ranges, weights, strict=True):
        assert abs(size - BUCKETS * weight / sum(weights)) <= 1
    assert weights[int(first(ranges, 0))] > 0
    assert first(ranges, BUCKETS - 1)


def test_the_target_of_a_bucket():
    ranges = [("a", 0), ("b", 10), ("c", 9990)]
    assert [first(ranges, place) for place in (0, 9, 10, 9999)] == ["b", "b", "c", "c"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_bucket_is_always_the_same(route, caller):
    place = bucket(route, Key.CALLER, make_query(caller=caller, request_id="a"))
    assert place == bucket(route, Key.CALLER, make_query(caller=caller, request_id="b", deadline=5.0))
    assert 0 <= place < BUCKETS


def test_a_bucket_does_not_depend_on_process_or_release():
    """Callers would move if it did."""
    assert bucket("thai-cards", Key.CALLER, make_query(caller="billing")) == 282


def test_buckets_are_spread_evenly_and_each_route_has_its_own():
    places = [bucket("r", Key.CALLER, make_query(caller=f"caller-{index}")) for index in range(5000)]
    tenths = Counter(place // 1000 for place in places)
    assert all(420 < tenths[tenth] < 580 for tenth in range(10))
    others = [bucket("s", Key.CALLER, make_query(caller=f"caller-{index}")) for index in range(5000)]
    assert sum(place == other for place, other in zip(places, others, strict=True)) < 10


@pytest.mark.parametrize(
    ("key", "changes", "same_as"),
    [
        (Key.CALLER, {"caller": "a", "project_id": "p"}, {"caller": "a", "project_id": "q"}),
        (Key.CALLER, {"caller": "anonymous", "project_id": "p"}, {"caller": "p"}),
        (Key.PROJECT, {"caller": "a", "project_id": "p"}, {"caller": "b", "project_id": "p"}),
        (Key.ENTERPRISE_PROJECT, {"enterprise_project_id": "e", "caller": "a"}, {"enterprise_project_id": "e"}),
        (Key.ENTERPRISE_PROJECT, {"caller": "a"}, {"caller": "a", "project_id": "p"}),
        (Key.REQUEST, {"caller": "a", "request_id": "1"}, {"caller": "b", "request_id": "1"}),
    ],
)
def test_what_is_kept_together(key, changes, same_as):
    assert bucket("r", key, make_query(**changes)) == bucket("r", key, make_query(**same_as))


def test_requests_for_themselves_are_not_kept_together():
    assert len({bucket("r", Key.REQUEST, make_query(caller="a", request_id=str(n))) for n in range(100)}) > 90
