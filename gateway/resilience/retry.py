"""Asks the same upstream again after a failure that may pass: the only place where anything is tried twice there."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import Annotated

from msgspec import Meta, Struct

from gateway.errors import GatewayError, UpstreamBusy
from gateway.events import Observer, RetryDenied
from gateway.model import Query, Recognition, Recognizer
from gateway.resilience.patience import patience
from gateway.resilience.retry_budget import RetryBudget, RetryBudgetPolicy, Share


class RetryPolicy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whether the same upstream is asked again, when, and how often. Every attempt may be billed."""

    attempts: Annotated[int, Meta(ge=1, le=5, description="a whole number from 1 to 5")] = 2
    """Attempts in all; 1 never asks again."""

    base: Annotated[float, Meta(gt=0, le=60, description="seconds above 0, at most 60")] = 0.25
    """The wait before the second attempt is drawn from 0 to this many seconds; it doubles with every further one."""

    cap: Annotated[float, Meta(gt=0, le=60, description="seconds above 0, at most 60")] = 5.0
    """Seconds that such a wait has at most, however often it has doubled."""

    max_wait: Annotated[float, Meta(ge=0, le=300, description="seconds from 0 to 300")] = 5.0
    """Where the vendor tells how long to wait, the most seconds that a request waits for it; for more it goes elsewhere."""

    budget: RetryBudgetPolicy = RetryBudgetPolicy()
    """How many retries may be under way at once."""

    def __post_init__(self) -> None:
        if self.cap < self.base:
            raise ValueError("cap: not less than base")


class Retry:
    """Asks again what ``retryable`` errors allow, after a random wait, within the deadline and the budget.

    Without a word from the vendor the wait has full jitter. Told to wait, it waits that long and up to half as much
    again, so that not all come back at once. Where the wait is too long, the error goes up at once: others may have time.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        name: str,
        policy: RetryPolicy,
        *,
        observer: Observer,
        budget: RetryBudget | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.budget = budget or RetryBudget(policy.budget)
        self._recognizer = recognizer
        self._name = name
        self._policy = policy
        self._observer = observer
        self._clock = clock
        self._sleep = sleep
        self._uniform = uniform

    async def recognize(self, query: Query, /) -> Recognition:
        with self.budget.request() as share:
            failure: GatewayError | None = None
            attempt = 0
            try:
                while True:
                    attempt += 1
                    try:
                        return await self._recognizer.recognize(query)
                    except UpstreamBusy:
                        if failure is None:
                            raise
                        raise failure from None  # nobody was asked this time: what came of asking says more
                    except GatewayError as error:
                        failure = error
                        share.give_back()
                        wait = self._wait(error, attempt, query.deadline)
                        if wait is None or not self._allowed(share):
                            raise
                    await self._sleep(wait)
            finally:
                # An error holds this frame through its traceback, and the frame the picture: break the circle.
                del failure

    def _wait(self, error: GatewayError, attempt: int, deadline: float) -> float | None:
        """Seconds to wait before the attempt after ``attempt``; None where there should be none."""
        if not error.retryable or attempt == self._policy.attempts:
            return None
        told = error.retry_after or 0.0
        longest = 1.5 * told if told else min(self._policy.cap, self._policy.base * 2 ** (attempt - 1))
        room = patience(deadline, self._clock(), longest)
        if told > min(room, self._policy.max_wait) or room == 0:
            return None
        return self._uniform(told, room)

    def _allowed(self, share: Share) -> bool:
        if share.take():
            return True
        self._observer(RetryDenied(self._name))
        return False
