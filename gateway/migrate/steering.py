"""What decides who heads a route: nothing, a split, or a ramp that learns from what it sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gateway.errors import GatewayError
from gateway.migrate.migration import Migration
from gateway.migrate.observe import answered, failed
from gateway.model import Query, Recognition, Recognizer
from gateway.routing.shares import BUCKETS, Key, Ranges, Shares
from gateway.routing.steer import Steer

Arm = Callable[[Sequence[str]], Recognizer]
"""Makes one Recognizer of upstreams in the order in which they are to be asked."""


class RampShares:
    """The new upstream has the lowest buckets, as many as its pair has come to, so that whoever is there stays there while
    it grows. What the new upstream does not take goes to the old one.
    """

    def __init__(self, migration: Migration, supports: Callable[[Query], bool]) -> None:
        self._migration = migration
        self._supports = supports

    @property
    def key(self) -> Key:
        return self._migration.policy.key

    def ranges(self, query: Query, /) -> Ranges:
        policy, share = self._migration.policy, 0.0
        if self._supports(query):
            share = self._migration.state(self._migration.pair(query)).share
        new = round(share * BUCKETS / 100)
        return [(policy.target, new), (policy.source, BUCKETS - new)]


class Watched:
    """Around the arm that asks the new upstream first: what becomes of its requests is what the gates go by. A caller that
    chose it by name chose the documents too, and does not count.
    """

    def __init__(self, recognizer: Recognizer, migration: Migration) -> None:
        self._recognizer = recognizer
        self._migration = migration

    async def recognize(self, query: Query, /) -> Recognition:
        if query.target:
            return await self._recognizer.recognize(query)
        policy, pair = self._migration.policy, self._migration.pair(query)
        mark = self._migration.mark(pair)
        try:
            recognition = await self._recognizer.recognize(query)
        except GatewayError as error:
            self._migration.observe(pair, mark, failed(query, error))
            raise
        self._migration.observe(pair, mark, answered(policy.gates, query, recognition, policy.target))
        return recognition


def head(
    route: str,
    targets: Sequence[str],
    arm: Arm,
    *,
    shares: Shares | None = None,
    migration: Migration | None = None,
) -> Steer:
    """The head of a route. ``targets`` are those within its residency; with ``migration`` also the new upstream may come
    first, and ``shares`` are the ramp's.
    """
    if migration is None:
        return Steer(route, targets, targets, arm, shares=shares)
    new = migration.policy.target

    def watched(names: Sequence[str]) -> Recognizer:
        return Watched(arm(names), migration) if names[0] == new else arm(names)

    names = dict.fromkeys((*targets, new))
    return Steer(route, tuple(names), targets, watched, shares=shares)
