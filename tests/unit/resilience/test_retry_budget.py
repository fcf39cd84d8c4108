from contextlib import ExitStack

import pytest

from gateway.resilience.retry_budget import RetryBudget, RetryBudgetPolicy


def test_a_few_retries_are_always_allowed():
    budget = RetryBudget()
    with ExitStack() as stack:
        shares = [stack.enter_context(budget.request()) for _ in range(4)]
        assert [share.take() for share in shares] == [True, True, True, False]
        assert (budget.active, budget.retries, budget.remaining) == (4, 3, 0)
    assert (budget.active, budget.retries, budget.remaining) == (0, 0, 3)


@pytest.mark.parametrize(("active", "limit"), [(1, 3), (15, 3), (19, 3), (20, 4), (24, 4), (25, 5), (100, 20)])
def test_among_many_requests_a_share_of_them(active, limit):
    budget = RetryBudget()
    with ExitStack() as stack:
        shares = [stack.enter_context(budget.request()) for _ in range(active)]
        assert budget.limit == limit
        assert sum(share.take() for share in shares) == min(limit, active)


def test_a_retry_that_is_over_makes_room():
    budget = RetryBudget(RetryBudgetPolicy(ratio=0, minimum=1))
    with budget.request() as first, budget.request() as second:
        assert first.take()
        assert not second.take()
        first.give_back()
        assert second.take()
        first.give_back()
        assert budget.retries == 1


def test_the_limit_may_fall_below_what_is_under_way():
    budget = RetryBudget(RetryBudgetPolicy(ratio=1, minimum=0))
    with budget.request() as first:
        with budget.request() as second:
            assert second.take()
            assert first.take()
        assert budget.remaining == 0
    assert budget.limit == 0


def test_no_retry_at_all():
    budget = RetryBudget(RetryBudgetPolicy(ratio=0, minimum=0))
    with budget.request() as share:
        assert not share.take()


def test_a_failed_request_leaves_nothing_behind():
    budget = RetryBudget()

    def fail() -> None:
        with budget.request() as share:
            assert share.take()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert (budget.active, budget.retries) == (0, 0)
