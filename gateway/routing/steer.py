"""The head of a route: decides which target is asked first and leaves the rest to failover."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gateway.errors import InvalidParameter, NoRoute
from gateway.model import Query, Recognition, Recognizer
from gateway.routing.shares import Shares, bucket, first


class Steer:
    """``arm`` makes a Recognizer of targets in order; one is made for each target that may come first, with the ``reserve``
    behind it. ``names`` are those that may come first, all of them within the route's residency: what is not among them
    is never asked here, not even by a caller who names it.
    """

    def __init__(
        self,
        route: str,
        names: Sequence[str],
        reserve: Sequence[str],
        arm: Callable[[Sequence[str]], Recognizer],
        *,
        shares: Shares | None = None,
    ) -> None:
        self._route = route
        self._names = tuple(names)
        self._arms = {name: arm(led_by(name, reserve)) for name in names}
        self._alone = {name: arm([name]) for name in names}
        self._shares = shares

    async def recognize(self, query: Query, /) -> Recognition:
        """Raises :class:`InvalidParameter` where the caller chose a target that the route does not have, and
        :class:`NoRoute` where it has none at all.
        """
        if not self._names:
            raise NoRoute(f"no target of {self._route} is where its documents may go")
        name = query.target or self._first(query)
        arms = self._alone if query.alone else self._arms
        if name not in arms:
            raise InvalidParameter(f"the route {self._route} has no target of the name that was chosen")
        return await arms[name].recognize(query)

    def _first(self, query: Query) -> str:
        if self._shares is None:
            return self._names[0]
        return first(self._shares.ranges(query), bucket(self._route, self._shares.key, query))


def led_by(name: str, others: Sequence[str]) -> tuple[str, ...]:
    """``name``, then ``others`` in their order."""
    return (name, *(other for other in others if other != name))
