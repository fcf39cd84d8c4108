import pytest

from gateway.resilience.rest import Rest
from tests.fakes import FakeClock


def test_awake_until_told_otherwise():
    assert Rest(FakeClock()).left == 0


@pytest.mark.parametrize(
    ("told", "seconds"), [(None, 1.0), (0.0, 1.0), (0.2, 1.0), (2.0, 2.0), (300.0, 300.0), (86_400.0, 300.0)]
)
def test_rests_as_long_as_it_was_told_within_bounds(told, seconds):
    clock = FakeClock()
    rest = Rest(clock)
    assert rest.impose(rest.mark, told) == seconds
    clock.now += seconds / 4
    assert rest.left == pytest.approx(seconds * 3 / 4)
    clock.now += seconds
    assert rest.left == 0


def test_rests_twice_as_long_each_time_while_nothing_changes():
    clock = FakeClock()
    rest = Rest(clock)
    seen = []
    for _ in range(12):
        seen.append(rest.impose(rest.mark, None))
        clock.now += 400
    assert seen == [1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30, 30]


def test_a_word_of_the_vendor_is_the_least_even_then():
    clock = FakeClock()
    rest = Rest(clock)
    seen = []
    for _ in range(5):
        seen.append(rest.impose(rest.mark, 5.0))
        clock.now += 10
    assert seen == [5, 5, 5, 8, 16]


def test_calls_that_were_throttled_together_are_one_event():
    clock = FakeClock()
    rest = Rest(clock)
    mark = rest.mark
    assert [rest.impose(mark, None) for _ in range(10)] == [1.0] * 10
    assert rest.impose(mark, 3.0) == 3.0
    assert rest.impose(mark, 2.0) == 3.0
    clock.now += 60
    mark = rest.mark
    assert [rest.impose(mark, None) for _ in range(10)] == [2.0] * 10


def test_an_answer_makes_the_next_rest_short_again():
    clock = FakeClock()
    rest = Rest(clock)
    for _ in range(4):
        rest.impose(rest.mark, None)
        clock.now += 60
    rest.answered(rest.mark)
    assert rest.impose(rest.mark, None) == 1.0


def test_an_answer_to_a_call_from_before_says_nothing():
    clock = FakeClock()
    rest = Rest(clock)
    before = rest.mark
    rest.impose(before, None)
    rest.answered(before)
    assert rest.left == 1.0
    clock.now += 60
    assert rest.impose(rest.mark, None) == 2.0


def test_can_be_ended():
    rest = Rest(FakeClock())
    rest.impose(rest.mark, 300.0)
    rest.end()
    assert rest.left == 0
    assert rest.impose(rest.mark, None) == 1.0
