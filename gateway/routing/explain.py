"""Which route and which targets would answer a query, and why not the others. Nothing is asked of anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from gateway.model import Query
from gateway.routing.match import Condition
from gateway.routing.shares import BUCKETS, Key, Ranges, Shares, bucket, first
from gateway.routing.steer import led_by


class Candidate(Protocol):
    """What there is to know of a target without asking it."""

    @property
    def name(self) -> str: ...

    def supports(self, query: Query, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """One route as it was configured: its condition, and its targets in failover order.

    ``shares`` decides who is asked first; ``newcomer`` is asked only then, and is no reserve of the others. ``outside`` says
    of targets why documents may not go there, ``notes`` what else there is to know of one.
    """

    name: str
    condition: Condition
    targets: Sequence[Candidate]
    shares: Shares | None = None
    newcomer: str = ""
    outside: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TargetVerdict:
    """``excluded`` is why this target would be passed over, or None where it would be asked. ``percent`` of the requests
    ask it first, where the route divides them.
    """

    name: str
    excluded: str | None
    percent: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RouteVerdict:
    """``mismatch`` is why the condition does not hold, or None; ``chosen`` marks the first route where it does.

    Targets stand in the order in which they would be asked. ``key`` is what the route divides requests by, empty where it
    does not, and ``bucket`` is that of this request, None where each request has its own.
    """

    name: str
    mismatch: str | None
    chosen: bool
    targets: tuple[TargetVerdict, ...]
    key: str = ""
    bucket: int | None = None


def explain(plans: Sequence[Plan], query: Query, now: datetime) -> list[RouteVerdict]:
    """One verdict for each route, in their order. At most one is ``chosen``."""
    verdicts: list[RouteVerdict] = []
    for plan in plans:
        mismatch = plan.condition.mismatch(query, now)
        chosen = mismatch is None and not any(earlier.chosen for earlier in verdicts)
        verdicts.append(_verdict(plan, query, mismatch, chosen=chosen))
    return verdicts


def _verdict(plan: Plan, query: Query, mismatch: str | None, *, chosen: bool) -> RouteVerdict:
    names = [target.name for target in plan.targets]
    ranges: Ranges = () if plan.shares is None else plan.shares.ranges(query)
    place = None
    if plan.shares is not None and plan.shares.key is not Key.REQUEST:
        place = bucket(plan.name, plan.shares.key, query)
    leader = _leader(query, names, ranges, place)
    by_name = {target.name: target for target in plan.targets}
    targets = tuple(
        TargetVerdict(
            name,
            _exclusion(plan, by_name[name], query, leader),
            None if plan.shares is None else dict(ranges).get(name, 0) * 100 / BUCKETS,
            plan.notes.get(name, ""),
        )
        for name in led_by(leader, names)
    )
    key = "" if plan.shares is None else plan.shares.key.value
    return RouteVerdict(plan.name, mismatch, chosen, targets, key, place)


def _leader(query: Query, names: Sequence[str], ranges: Ranges, place: int | None) -> str:
    """Who is asked first; where each request has a bucket of its own, who is so most often."""
    if query.target in names:
        return query.target
    if place is not None:
        return first(ranges, place)
    return max(ranges, key=lambda part: part[1])[0] if ranges else names[0]


def _exclusion(plan: Plan, target: Candidate, query: Query, leader: str) -> str | None:
    if target.name in plan.outside:
        return plan.outside[target.name]
    if not target.supports(query):
        types = "/".join(sorted(query.types)) or "any type"
        countries = "/".join(sorted(query.countries)) or "any country"
        return f"does not take {types} of {countries} in such a picture"
    if target.name != leader and query.alone:
        return "the caller wants no other than the first"
    if target.name == plan.newcomer != leader:
        return "is not asked after another"
    return None
