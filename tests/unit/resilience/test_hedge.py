import msgspec
import pytest

from gateway.resilience.hedge import HedgeBudget, HedgePolicy


def test_a_share_of_the_requests_may_be_hedged_in_the_long_run():
    budget = HedgeBudget(0.05)
    hedges = 0
    for _ in range(1000):
        budget.earn()
        hedges += budget.spend()
    assert hedges == 1 + 1000 * 0.05


def test_a_calm_saves_up_for_no_more_than_ten():
    budget = HedgeBudget(1.0)
    for _ in range(1000):
        budget.earn()
    assert sum(budget.spend() for _ in range(1000)) == HedgeBudget.MOST_SAVED


@pytest.mark.parametrize("given", [{}, {"after": 0}, {"after": 1, "budget": 0}, {"after": 1, "budget": 1.1}])
def test_a_mistake_is_refused(given: dict[str, object]):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(given, type=HedgePolicy)
