"""The top of the nest: the first route whose condition holds answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.errors import NoRoute
from gateway.model import Query, Recognition, Recognizer
from gateway.routing.match import Condition


@dataclass(frozen=True, slots=True)
class Route:
    """One entry of ``routes``, with the nest that was built for it."""

    name: str
    condition: Condition
    recognizer: Recognizer


class Router:
    """Asks the first matching route and no other: what fails there is not tried on a route further down.

    ``now`` is the wall clock, aware of its zone. Raises :class:`NoRoute` where no condition holds.
    """

    def __init__(self, routes: Sequence[Route], *, now: Callable[[], datetime]) -> None:
        self._routes = tuple(routes)
        self._now = now

    async def recognize(self, query: Query, /) -> Recognition:
        now = self._now()
        for route in self._routes:
            if route.condition.matches(query, now):
                query.trail.route = route.name
                return await route.recognizer.recognize(query)
        raise NoRoute("no route takes such a request")
