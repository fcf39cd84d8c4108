"""Money: what an upstream may cost in a day, and what each caller has cost."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.errors import UpstreamOverBudget
from gateway.model import Query, Recognition, Recognizer
from gateway.state.purse import Purse


class UpstreamBudget:
    """Asks the upstream ``name`` while ``purse`` has money, and refuses with :class:`UpstreamOverBudget` once it has none.

    Attempts under way when it runs out are paid all the same: each may exceed the budget by its own price.
    """

    def __init__(self, recognizer: Recognizer, name: str, purse: Purse) -> None:
        self._recognizer = recognizer
        self._name = name
        self._purse = purse

    async def recognize(self, query: Query, /) -> Recognition:
        empty_for = await self._purse.empty_for()
        if empty_for > 0:
            raise UpstreamOverBudget(f"{self._name}: the budget of the day is spent", retry_after=empty_for)
        before = len(query.trail)
        try:
            return await self._recognizer.recognize(query)
        finally:
            made = list(query.trail)[before:]
            await self._purse.spend(sum(attempt.cost for attempt in made if attempt.upstream == self._name))


class Charging:
    """Takes the price of all that was tried for a query out of its caller's purse, if it has one.

    Within what requests share, so that an answer that was kept or shared costs nothing, and work that goes on for others
    once its own caller has gone is charged to the end.
    """

    def __init__(self, recognizer: Recognizer, purses: Mapping[str, Purse]) -> None:
        self._recognizer = recognizer
        self._purses = purses

    async def recognize(self, query: Query, /) -> Recognition:
        purse = self._purses.get(query.caller)
        if purse is None:
            return await self._recognizer.recognize(query)
        before = query.trail.cost
        try:
            return await self._recognizer.recognize(query)
        finally:
            await purse.spend(query.trail.cost - before)
