"""Go or no go for each upstream and pair, by the gates that a migration obeys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from gateway.evaluate.measure import Measure
from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import GatePolicy, Verdict, judge, whole
from gateway.report.gates import Policies


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether one upstream may be given the documents of one pair."""

    pair: str
    upstream: str
    measure: Measure
    policy: GatePolicy
    evidence: Evidence
    gates: Mapping[str, Verdict]

    @property
    def verdict(self) -> Verdict:
        return whole(self.gates)

    @property
    def go(self) -> bool:
        return self.verdict is Verdict.PASS


def standings(
    found: Mapping[tuple[str, str], Measure], judged: Sequence[str], policies: Policies, *, compared: bool
) -> list[Standing]:
    """One for each of the upstreams ``judged`` and each pair that it was asked about. Where nothing was ``compared``, gates
    on agreement are left out.

    An agreement of which nothing was counted although answers were compared is one on a field that these documents do not
    have: left out as well.
    """
    given = []
    for (pair, upstream), measure in sorted(found.items()):
        if upstream in judged:
            policy = _applicable(policies(upstream, pair), measure if compared else None)
            evidence = measure.evidence(policy)
            given.append(Standing(pair, upstream, measure, policy, evidence, judge(policy, evidence)))
    return given


def _applicable(policy: GatePolicy, measure: Measure | None) -> GatePolicy:
    if measure is None:
        return msgspec.structs.replace(policy, agreement={})
    if not measure.fields:
        return policy
    known = {name: share for name, share in policy.agreement.items() if name in measure.fields}
    return msgspec.structs.replace(policy, agreement=known)
