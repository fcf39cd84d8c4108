from gateway.local.budget import Budget
from tests.fakes import FakeClock


def test_time_runs_out() -> None:
    clock = FakeClock()
    budget = Budget(2, clock)
    assert budget.left == 2
    clock.now += 1.5
    assert not budget.over
    clock.now += 0.5
    assert budget.over
