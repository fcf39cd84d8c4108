"""Gives equal requests that are under way at the same time one and the same answer, paid for once."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass

from gateway import tasks
from gateway.errors import DeadlineExceeded
from gateway.model import Query, Recognition, Recognizer
from gateway.resilience.same import outline, same_picture


@dataclass(slots=True, eq=False)
class _Flight:
    """One recognition under way and how many wait for it."""

    query: Query
    task: asyncio.Task[Recognition]
    waiting: int = 0


class Coalesce:
    """A caller that sends the same picture with the same wishes again gets the answer that is already being made.

    Who came first may go away: the work goes on while anybody waits for it. A request with more time than the one that
    was first begins anew where that one ran out of its own. Nothing outlives the work; no hash is made.
    """

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self._flights: dict[Hashable, list[_Flight]] = {}

    async def recognize(self, query: Query, /) -> Recognition:
        flight = self._flight_like(query)
        if flight is None:
            return await self._wait(self._begin(query))
        query.trail.cache = "coalesced"
        try:
            return await self._wait(flight)
        except DeadlineExceeded:
            if flight.query.deadline >= query.deadline:
                raise
        finally:
            query.trail.route = flight.query.trail.route
        query.trail.cache = ""
        return await self._wait(self._begin(query))

    def _flight_like(self, query: Query) -> _Flight | None:
        flights = self._flights.get(outline(query), ())
        return next((flight for flight in flights if same_picture(flight.query.image, query.image)), None)

    def _begin(self, query: Query) -> _Flight:
        task = tasks.start(self._recognizer.recognize(query), name=f"recognize {query.request_id}")
        flight = _Flight(query, task)
        self._flights.setdefault(outline(query), []).append(flight)
        task.add_done_callback(lambda _task: self._land(flight))
        return flight

    def _land(self, flight: _Flight) -> None:
        """Let nobody else join. Done when the work ends, and before that when it is called off."""
        key = outline(flight.query)
        flights = self._flights.get(key, [])
        if flight in flights:
            flights.remove(flight)
            if not flights:
                del self._flights[key]
        if flight.task.done() and not flight.task.cancelled():
            flight.task.exception()  # counts as looked at, as there may be nobody left who does

    async def _wait(self, flight: _Flight) -> Recognition:
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                self._land(flight)
                await tasks.stop(flight.task)
