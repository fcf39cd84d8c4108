"""Keeps retries a small share of the requests under way, so that they never become the load that keeps a vendor down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from msgspec import Meta, Struct


class RetryBudgetPolicy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many retries may be under way at one upstream, waits included."""

    ratio: Annotated[float, Meta(ge=0, le=1, description="a share from 0 to 1")] = 0.2
    """Share of the requests under way there that may be retries."""

    minimum: Annotated[int, Meta(ge=0, le=1000, description="a whole number from 0 to 1000")] = 3
    """Retries that are allowed however few requests are under way."""


class RetryBudget:
    """Counts one upstream's requests and the retries among them; the numbers are for gauges too.

    As in Envoy's retry budget, a retry counts from its wait until its end; asking another upstream is no retry.
    """

    def __init__(self, policy: RetryBudgetPolicy | None = None) -> None:
        self._policy = policy or RetryBudgetPolicy()
        self.active = 0
        """Requests under way, whichever attempt they are at."""
        self.retries = 0
        """Retries under way."""

    def follow(self, policy: RetryBudgetPolicy) -> None:
        """Allow what ``policy`` says from now on. What is under way goes on, and counts."""
        self._policy = policy

    @property
    def limit(self) -> int:
        """Retries that may be under way now."""
        return max(self._policy.minimum, int(self._policy.ratio * self.active))

    @property
    def remaining(self) -> int:
        """Retries that could be started now."""
        return max(0, self.limit - self.retries)

    @contextmanager
    def request(self) -> Iterator[Share]:
        """Count one request for as long as the context lasts, with the retry it then holds."""
        share = Share(self)
        self.active += 1
        try:
            yield share
        finally:
            self.active -= 1
            share.give_back()


class Share:
    """What one request holds of the budget: nothing, or one retry."""

    def __init__(self, budget: RetryBudget) -> None:
        self._budget = budget
        self._held = False

    def take(self) -> bool:
        """Begin a retry; False where too many others are under way."""
        if self._budget.remaining == 0:
            return False
        self._budget.retries += 1
        self._held = True
        return True

    def give_back(self) -> None:
        """The retry is over, if there was one."""
        self._budget.retries -= self._held
        self._held = False
