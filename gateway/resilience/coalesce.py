"""Gives equal requests that are under way at the same time one and the same answer, paid for once."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from gateway import tasks
from gateway.errors import DeadlineExceeded
from gateway.model import Query, Recognition, Recognizer, Trail
from gateway.resilience.same import outline, same_picture


@dataclass(slots=True, eq=False)
class _Flight:
    """One recognition under way. It has a trail of its own, as it may outlive whoever began it."""

    query: Query
    task: asyncio.Task[Recognition]
    waiting: list[Query] = field(default_factory=list)
    """Those who wait for it, in the order in which they came."""
    told: int = 0
    """Attempts that stand in the trail of somebody who waited."""

    def leave(self, query: Query) -> None:
        """``query`` waits no more. Whoever came first answers for what was done until then."""
        query.trail.route = self.query.trail.route
        if self.waiting[0] is query:
            attempts = list(self.query.trail)
            for attempt in attempts[self.told :]:
                query.trail.add(attempt)
            self.told = len(attempts)
        self.waiting.remove(query)


Flights: TypeAlias = dict[Hashable, list[_Flight]]
"""Recognitions under way, by what they have in common."""


class Coalesce:
    """A caller that sends the same picture with the same wishes again gets the answer that is already being made.

    Who came first may go away: the work goes on while anybody waits for it, and the next in line answers for what it
    costs from then on. A request with more time than the one that was first begins anew where that one ran out of its
    own. Nothing outlives the work; no hash is made. Given the ``flights`` of another, whose recognizer answers the same,
    it has those joined as well.
    """

    def __init__(self, recognizer: Recognizer, *, flights: Flights | None = None) -> None:
        self._recognizer = recognizer
        self.flights: Flights = {} if flights is None else flights

    async def recognize(self, query: Query, /) -> Recognition:
        flight = self._flight_like(query)
        if flight is None:
            return await self._wait(self._begin(query), query)
        query.trail.cache = "coalesced"
        try:
            return await self._wait(flight, query)
        except DeadlineExceeded:
            if flight.query.deadline >= query.deadline:
                raise
        query.trail.cache = ""
        return await self._wait(self._begin(query), query)

    def _flight_like(self, query: Query) -> _Flight | None:
        flights = self.flights.get(outline(query), ())
        return next((flight for flight in flights if same_picture(flight.query.image, query.image)), None)

    def _begin(self, query: Query) -> _Flight:
        query = replace(query, trail=Trail())
        task = tasks.start(self._recognizer.recognize(query), name=f"recognize {query.request_id}")
        flight = _Flight(query, task)
        self.flights.setdefault(outline(query), []).append(flight)
        task.add_done_callback(lambda _task: self._land(flight))
        return flight

    def _land(self, flight: _Flight) -> None:
        """Let nobody else join. Done when the work ends, and before that when it is called off."""
        key = outline(flight.query)
        flights = self.flights.get(key, [])
        if flight in flights:
            flights.remove(flight)
            if not flights:
                del self.flights[key]
        if flight.task.done() and not flight.task.cancelled():
            flight.task.exception()  # counts as looked at, as there may be nobody left who does

    async def _wait(self, flight: _Flight, query: Query) -> Recognition:
        flight.waiting.append(query)
        try:
            return await asyncio.shield(flight.task)
        finally:
            try:
                if len(flight.waiting) == 1 and not flight.task.done():
                    self._land(flight)
                    await tasks.stop(flight.task)
            finally:
                flight.leave(query)
