"""What the new upstream has to be good enough at, and whether what was counted shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from enum import StrEnum
from statistics import NormalDist
from typing import Annotated, Final, TypeAlias

import msgspec

from gateway.migrate.evidence import COST, P95, SUCCESS, Evidence, agreement, completeness
from gateway.model import IdDocument
from gateway.shadow.agreement import Tally

FIELDS = frozenset(field.name for field in fields(IdDocument)) - {"portrait_image", "confidence", "mrz"}

Share: TypeAlias = Annotated[float, msgspec.Meta(gt=0, lt=1, description="a share above 0 and below 1")]

HASTE: Final = 5.0
"""By how much surer one must be that a gate fails: it is looked at again and again, and once is enough to be thrown back."""


class Verdict(StrEnum):
    """``inconclusive``: the threshold lies within what chance allows, or too little was counted. ``error``: nothing was."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"


class GatePolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that are given have to pass. A share passes once it is surely reached and fails once it is surely missed."""

    success: Share | None = None
    """Least share of requests that the new upstream answers. Pictures that nobody can read do not count."""

    p95: Annotated[float, msgspec.Meta(gt=0, le=3600, description="seconds above 0, at most 3600")] | None = None
    """Seconds within which 95 % of its answers come."""

    agreement: dict[str, Share] = {}
    """Least share of comparisons in which a field is read as by the old upstream, by field. Needs ``shadow``."""

    completeness: dict[str, Share] = {}
    """Least share of its answers that have a field, by field."""

    cost: Annotated[float, msgspec.Meta(gt=0, description="an amount of money above 0")] | None = None
    """Most that one answered request may cost on average, with everything that was tried for it."""

    minimum: Annotated[int, msgspec.Meta(ge=1, le=1_000_000, description="a whole number from 1 to 1000000")] = 50
    """Count below which a gate neither passes nor fails."""

    confidence: Annotated[float, msgspec.Meta(ge=0.5, lt=1, description="a number from 0.5 to below 1")] = 0.95
    """How sure one must be that a share is reached; 0.5 takes the share that was counted."""

    def __post_init__(self) -> None:
        for name in (*self.agreement, *self.completeness):
            if name not in FIELDS:
                raise ValueError(f"{name} is no field of a document: {', '.join(sorted(FIELDS))}")

    def shares(self) -> dict[str, float]:
        """Thresholds of the gates on shares, by name."""
        plain = {SUCCESS: self.success, P95: None if self.p95 is None else 0.95}
        return {
            **{name: threshold for name, threshold in plain.items() if threshold is not None},
            **{agreement(name): threshold for name, threshold in self.agreement.items()},
            **{completeness(name): threshold for name, threshold in self.completeness.items()},
        }

    @property
    def within(self) -> str:
        """What answers in time are counted under: with the limit, so that another limit counts anew."""
        return f"within.{self.p95:g}"

    def tally(self, gate: str, evidence: Evidence) -> Tally:
        """What ``evidence`` says about a gate on a share."""
        return evidence.tally(self.within if gate == P95 else gate)

    def names(self) -> tuple[str, ...]:
        """All gates."""
        return (*self.shares(), *([COST] if self.cost is not None else []))

    def memory(self, samples: int) -> int:
        """Counts worth keeping: enough for ``samples`` and for every threshold to be shown, twice over."""
        z = NormalDist().inv_cdf(self.confidence)
        needed = max((z * z * share / (1 - share) for share in self.shares().values()), default=0.0)
        return max(1000, 2 * samples, round(4 * needed))


def judge(policy: GatePolicy, evidence: Evidence) -> dict[str, Verdict]:
    """The verdict of each gate by its name; empty without gates."""
    verdicts = {name: _share(policy, evidence, name, threshold) for name, threshold in policy.shares().items()}
    if policy.cost is not None:
        verdicts[COST] = _cost(policy, evidence, policy.cost)
    return verdicts


def whole(verdicts: Mapping[str, Verdict] | Collection[Verdict]) -> Verdict:
    """One for all: that of the worst gate, and ``pass`` without any."""
    given = set(verdicts.values() if isinstance(verdicts, Mapping) else verdicts)
    order = (Verdict.FAIL, Verdict.ERROR, Verdict.INCONCLUSIVE)
    return next((verdict for verdict in order if verdict in given), Verdict.PASS)


def _share(policy: GatePolicy, evidence: Evidence, name: str, threshold: float) -> Verdict:
    tally = policy.tally(name, evidence)
    if not tally.n:
        return Verdict.ERROR
    if tally.n < policy.minimum:
        return Verdict.INCONCLUSIVE
    sure = NormalDist().inv_cdf(policy.confidence)
    surer = NormalDist().inv_cdf(1 - (1 - policy.confidence) / HASTE)
    if tally.interval(sure)[0] >= threshold:
        return Verdict.PASS
    return Verdict.FAIL if tally.interval(surer)[1] < threshold else Verdict.INCONCLUSIVE


def _cost(policy: GatePolicy, evidence: Evidence, limit: float) -> Verdict:
    """Prices hardly scatter, so that the mean is what it is."""
    answered = evidence.answered
    if not evidence.samples:
        return Verdict.ERROR
    if evidence.samples < policy.minimum:
        return Verdict.INCONCLUSIVE
    return Verdict.PASS if answered and evidence.cost <= limit * answered + 1e-9 else Verdict.FAIL
