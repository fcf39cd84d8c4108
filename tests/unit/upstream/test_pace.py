from gateway.upstream.pace import ENOUGH, KEPT, Pace


def paced(*durations: float) -> Pace:
    pace = Pace()
    for seconds in durations:
        pace.add(seconds)
    return pace


def test_nothing_is_said_of_a_vendor_that_is_hardly_known():
    assert Pace().usual() == 0
    assert paced(*[9.0] * (ENOUGH - 1)).usual() == 0
    assert paced(*[9.0] * ENOUGH).usual() == 9


def test_the_median_so_that_a_slow_day_is_no_rule():
    assert paced(1, 1, 1, 1, 1, 50, 60, 70).usual() == 1


def test_a_new_pace_shows():
    assert paced(*[1.0] * 100, *[5.0] * (KEPT // 2 + 1)).usual() == 5
