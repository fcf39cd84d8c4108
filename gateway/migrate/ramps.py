"""All ramps of a gateway for its operators: what they look like and what may be said to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from gateway.migrate.gates import Verdict
from gateway.migrate.migration import Migration
from gateway.migrate.ramp import OPERATORS, Order, State


class NoSuchRamp(LookupError):
    """No route of that name has a ramp, or it has no such pair."""


class NotAnOrder(ValueError):
    """Nothing that an operator may say to a ramp."""


class GateView(msgspec.Struct, frozen=True):
    """One gate: what was counted, the bounds within which the true share lies with 95 % confidence, and the verdict. The gate
    on cost has no bounds.
    """

    gate: str
    verdict: Verdict
    threshold: float
    counted: int
    value: float | None
    low: float | None = None
    high: float | None = None


class PairView(msgspec.Struct, frozen=True):
    """Where a pair is: ``share`` is a percentage, ``following`` that of the next step; ``samples`` are those of this step."""

    pair: str
    share: float
    following: float | None
    state: State
    since: datetime
    reason: str
    samples: int
    gates: tuple[GateView, ...]


class RampView(msgspec.Struct, frozen=True):
    """One route. ``known`` is false as long as the kept state could not be read: nothing moves then. Pairs that nobody has
    asked for are left out.
    """

    route: str
    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    known: bool = True
    pairs: tuple[PairView, ...] = ()


class Ramps:
    """By the name of the route."""

    def __init__(self, migrations: Iterable[Migration] = ()) -> None:
        self._migrations: Mapping[str, Migration] = {migration.route: migration for migration in migrations}

    def views(self) -> list[RampView]:
        return [_view(migration) for migration in self._migrations.values()]

    def announce(self) -> None:
        """Have every ramp tell where its pairs are."""
        for migration in self._migrations.values():
            migration.announce()

    async def order(self, route: str, word: str, pair: str | None = None) -> RampView:
        """Say ``pause``, ``resume``, ``advance`` or ``rollback`` to one pair of ``route``, or to all, and return what
        follows. Raises :class:`NoSuchRamp` and :class:`NotAnOrder`.
        """
        migration = self._migrations.get(route)
        if migration is None:
            raise NoSuchRamp(f"no route called {route} has a ramp")
        if word not in OPERATORS:
            raise NotAnOrder(f"say {', '.join(OPERATORS)}")
        if pair is not None and pair not in migration.pairs:
            raise NoSuchRamp(f"{route} has no such pair; it has {', '.join(migration.pairs)}")
        await migration.order(Order(word), migration.pairs if pair is None else (pair,))
        return _view(migration)


def _view(migration: Migration) -> RampView:
    pairs = tuple(_pair(migration, pair) for pair in migration.pairs if migration.mark(pair) is not None)
    policy = migration.policy
    return RampView(migration.route, policy.source, policy.target, migration.known, pairs)


def _pair(migration: Migration, pair: str) -> PairView:
    state, policy = migration.state(pair), migration.policy.gates
    verdicts = migration.verdicts(pair)
    gates = []
    for gate, threshold in policy.shares().items():
        tally = policy.tally(gate, state.evidence)
        low, high = tally.interval()
        gates.append(GateView(gate, verdicts[gate], threshold, tally.n, tally.rate, low, high))
    if policy.cost is not None:
        answered = state.evidence.answered
        mean = state.evidence.cost / answered if answered else None
        gates.append(GateView("cost", verdicts["cost"], policy.cost, state.evidence.samples, mean))
    return PairView(
        pair,
        state.share,
        migration.following(pair),
        state.state,
        state.since,
        state.reason,
        state.evidence.samples,
        tuple(gates),
    )
