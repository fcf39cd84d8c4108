"""Each move from an old upstream to a new one, pair by pair: how it stands, and what blocks the rest of the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gateway.errors import CallerError, DeadlineExceeded, DocumentError, GatewayError
from gateway.migrate.evidence import SUCCESS, Evidence, agreement, completeness
from gateway.migrate.gates import GatePolicy, Verdict, judge, whole
from gateway.report.cells import Compared, Work
from gateway.report.gates import Policies
from gateway.report.latency import Latencies
from gateway.report.ledger import Ledger
from gateway.shadow.agreement import Tally


def _outcomes(kind: type[GatewayError]) -> set[str]:
    return {kind.outcome}.union(*(_outcomes(child) for child in kind.__subclasses__()))


_NOT_ITS_FAULT = _outcomes(DocumentError) | _outcomes(CallerError) | _outcomes(DeadlineExceeded) | {"cancelled"}
"""Outcomes of an attempt that say nothing about the upstream."""


@dataclass(frozen=True, slots=True)
class Move:
    """``recent`` are the comparisons of the last days, ``by_day`` all of them. ``share`` is what the new upstream answers
    of the pair's requests today, None where there are none. ``old_work`` and ``new_work`` are attempts for callers.
    """

    pair: str
    old: str
    new: str
    recent: Compared
    by_day: Mapping[date, Compared]
    share: float | None
    old_work: Work
    new_work: Work
    policy: GatePolicy
    evidence: Evidence
    gates: Mapping[str, Verdict]

    @property
    def verdict(self) -> Verdict:
        return whole(self.gates)


def moves(ledger: Ledger, policies: Policies) -> list[Move]:
    """In the order of pairs; of a pair that was compared with several upstreams, one for each."""
    by_move: defaultdict[tuple[str, str, str], dict[date, Compared]] = defaultdict(dict)
    for (day, pair, old, new), compared in ledger.compared.items():
        by_move[pair, old, new][day] = compared
    recent_days = frozenset(ledger.recent_days())
    return [
        _move(ledger, key, by_day, recent_days, policies(key[2], key[0])) for key, by_day in sorted(by_move.items())
    ]


def _move(
    ledger: Ledger,
    key: tuple[str, str, str],
    by_day: Mapping[date, Compared],
    recent_days: frozenset[date],
    policy: GatePolicy,
) -> Move:
    pair, old, new = key
    recent = Compared()
    for day, compared in by_day.items():
        if day in recent_days:
            recent.update(compared)
    work = _work(ledger, pair, new, recent_days)
    evidence = _evidence(policy, recent, work, ledger.recent_speed(pair, new))
    return Move(
        pair=pair,
        old=old,
        new=new,
        recent=recent,
        by_day=by_day,
        share=_share(ledger, pair, new),
        old_work=_work(ledger, pair, old, None),
        new_work=_work(ledger, pair, new, None),
        policy=policy,
        evidence=evidence,
        gates=judge(policy, evidence),
    )


def _work(ledger: Ledger, pair: str, upstream: str, days: frozenset[date] | None) -> Work:
    """All attempts; with ``days`` those of these days."""
    whole_work = Work()
    for (day, of_pair, name), work in ledger.work.items():
        if of_pair == pair and name == upstream and (days is None or day in days):
            whole_work.update(work)
    return whole_work


def _evidence(policy: GatePolicy, recent: Compared, work: Work, speed: Latencies) -> Evidence:
    """What the gates look at: answers for comparisons, and for callers where the new upstream has some already."""
    tried = recent.outcomes + work.outcomes
    counted = sum(number for outcome, number in tried.items() if outcome not in _NOT_ITS_FAULT)
    counts = {SUCCESS: Tally(counted, tried["ok"])}
    if policy.p95 is not None:
        counts[policy.within] = Tally(speed.n, speed.within(policy.p95))
    counts |= {agreement(name): tally for name, tally in recent.fields.items()}
    counts |= {completeness(name): Tally(recent.both, recent.present(name)) for name in policy.completeness}
    cost = recent.cost + work.cost
    return Evidence(counts={name: (tally.n, tally.agreed) for name, tally in counts.items()}, cost=cost)


def _share(ledger: Ledger, pair: str, upstream: str) -> float | None:
    """On the last day of which anything is known about the pair."""
    for day in reversed(ledger.recent_days()):
        answered = ledger.traffic[day, pair].answered if (day, pair) in ledger.traffic else {}
        if total := sum(answered.values()):
            return answered[upstream] / total
    return None


def blocking(move: Move) -> Sequence[tuple[str, Verdict]]:
    """The gates that do not pass, the worst first."""
    order = (Verdict.FAIL, Verdict.ERROR, Verdict.INCONCLUSIVE)
    return [(gate, verdict) for kind in order for gate, verdict in move.gates.items() if verdict is kind]
