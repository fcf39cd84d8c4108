"""The state of all pairs of one route as one JSON text, and what a process adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

import msgspec

from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import Verdict, whole
from gateway.migrate.ramp import Order, PairState, Ramp
from gateway.state.store import StateUnavailable

SCHEMA = 1
"""Raised when a field changes its meaning."""


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a route. A pair that nobody has asked for has no entry."""

    version: int = SCHEMA
    pairs: dict[str, PairState] = {}

    @classmethod
    def read(cls, text: bytes | None) -> Self:
        """Raises :class:`StateUnavailable` for what is no ledger: it is left alone rather than begun anew."""
        if text is None:
            return cls()
        try:
            ledger = msgspec.json.decode(text, type=cls)
        except msgspec.DecodeError:
            raise StateUnavailable("what is kept there is not the state of a ramp") from None
        if ledger.version != SCHEMA:
            raise StateUnavailable("the state was kept by another version")
        return ledger

    def text(self) -> bytes:
        return msgspec.json.encode(self)


@dataclass(slots=True)
class Additions:
    """What one process has seen and been told since it last spoke to the others. Evidence goes with the moment since which
    its pair was where it was then: what belongs to an earlier step says nothing about the next. An order goes with the
    shares that it was given at.
    """

    evidence: dict[str, tuple[datetime | None, Evidence]] = field(default_factory=dict)
    orders: list[tuple[Order, Mapping[str, float]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.evidence or self.orders)

    def saw(self, pair: str, since: datetime | None, evidence: Evidence) -> None:
        known = self.evidence.get(pair)
        if known is not None and known[0] == since:
            evidence = known[1].plus(evidence)
        self.evidence[pair] = since, evidence

    def put_back(self, earlier: Additions) -> None:
        """Take up again what could not be said."""
        for pair, (since, evidence) in earlier.evidence.items():
            if self.evidence.get(pair, (since, None))[0] == since:
                self.saw(pair, since, evidence)
        self.orders[:0] = earlier.orders


@dataclass(frozen=True, slots=True)
class Outcome:
    """The ledger that follows, what moved in it, and which judgements were due and moved nothing. There are verdicts where
    the gates moved it.
    """

    ledger: Ledger
    moved: Mapping[str, Mapping[str, Verdict]]
    stayed: Mapping[str, Mapping[str, Verdict]]


def progress(ramp: Ramp, ledger: Ledger, additions: Additions, now: datetime) -> Outcome:
    """``ledger`` with ``additions``, judged."""
    states = dict(ledger.pairs)
    moved: dict[str, Mapping[str, Verdict]] = {}
    for order, shares in additions.orders:
        for pair, share in shares.items():
            state = _state(ramp, states, pair, now)
            if order is not Order.ADVANCE or state.share == share:  # one step, also where it is said twice
                states[pair] = ramp.ordered(state, order, now)
    for pair, (since, evidence) in additions.evidence.items():
        known = states.get(pair)
        if since == (None if known is None else known.since):
            states[pair] = ramp.observed(_state(ramp, states, pair, now), evidence)
    stayed: dict[str, Mapping[str, Verdict]] = {}
    for pair, state in states.items():
        before = ramp.scheduled(state, now)
        judgement = ramp.judged(before, now)
        states[pair] = judgement.after
        if has_moved(ledger.pairs.get(pair), judgement.after):
            moved[pair] = judgement.verdicts if judgement.after != before else {}
        elif judgement.due and whole(judgement.verdicts) is not Verdict.PASS:
            stayed[pair] = judgement.verdicts
    return Outcome(Ledger(pairs=states), moved, stayed)


def has_moved(before: PairState | None, after: PairState) -> bool:
    """Whether anybody is to be told."""
    return before is None or (before.share, before.state, before.since) != (after.share, after.state, after.since)


def _state(ramp: Ramp, states: Mapping[str, PairState], pair: str, now: datetime) -> PairState:
    known = states.get(pair)
    return ramp.fresh(now) if known is None else ramp.scheduled(known, now)
