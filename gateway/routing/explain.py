"""Which route and which targets would answer a query, and why not the others. Nothing is asked of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gateway.model import Query
from gateway.routing.match import Condition


class Candidate(Protocol):
    """What there is to know of a target without asking it."""

    @property
    def name(self) -> str: ...

    def supports(self, query: Query, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """One route as it was configured: its condition, and its targets in failover order."""

    name: str
    condition: Condition
    targets: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class TargetVerdict:
    """``excluded`` is why this target would be passed over, or None where it would be asked."""

    name: str
    excluded: str | None


@dataclass(frozen=True, slots=True)
class RouteVerdict:
    """``mismatch`` is why the condition does not hold, or None; ``chosen`` marks the first route where it does."""

    name: str
    mismatch: str | None
    chosen: bool
    targets: tuple[TargetVerdict, ...]


def explain(plans: Sequence[Plan], query: Query, now: datetime) -> list[RouteVerdict]:
    """One verdict for each route, in their order. At most one is ``chosen``."""
    verdicts: list[RouteVerdict] = []
    for plan in plans:
        mismatch = plan.condition.mismatch(query, now)
        chosen = mismatch is None and not any(earlier.chosen for earlier in verdicts)
        targets = tuple(TargetVerdict(target.name, _exclusion(target, query)) for target in plan.targets)
        verdicts.append(RouteVerdict(plan.name, mismatch, chosen, targets))
    return verdicts


def _exclusion(target: Candidate, query: Query) -> str | None:
    if target.supports(query):
        return None
    types = "/".join(sorted(query.types)) or "any type"
    countries = "/".join(sorted(query.countries)) or "any country"
    return f"does not take {types} of {countries} in such a picture"
