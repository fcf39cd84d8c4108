"""How verdicts, pairs and counts are put, on every page alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from statistics import NormalDist

from gateway.migrate.evidence import COST, SUCCESS, Evidence
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.migrate.pairs import ANY, OTHER
from gateway.report.figures import NOTHING, count, interval, money, percent
from gateway.report.html import Child, Markup, join, tag
from gateway.report.page import chip, lines, small
from gateway.report.svg import range_bar
from gateway.shadow.agreement import Tally

VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.PASS: ("go", "go"),
    Verdict.FAIL: ("no", "no-go"),
    Verdict.INCONCLUSIVE: ("wait", "not shown yet"),
    Verdict.ERROR: ("wait", "nothing counted"),
}
"""Colour and words of each."""

_PAIRS = {ANY: "kind not known", OTHER: "outside Table 1"}


def pair_name(pair: str) -> str:
    return _PAIRS.get(pair, pair.replace("-", " "))


def verdict_chip(verdict: Verdict) -> Markup:
    return chip(*VERDICTS[verdict])


def floor_of(tallies: Iterable[Tally]) -> float:
    """Where the rails of one table begin, so that differences can be seen: 0, 50, 80 or 90 %."""
    least = min((tally.interval()[0] for tally in tallies if tally.n), default=0.0)
    return next(floor for floor in (0.9, 0.8, 0.5, 0.0) if least >= floor)


def tally_cell(tally: Tally, floor: float) -> Markup:
    """Share, its interval on a rail from ``floor`` to 1, and how many it was counted over."""
    if not tally.n:
        return small(NOTHING)
    low, high = tally.interval()
    rate = tally.agreed / tally.n
    return lines(
        tag("span", range_bar(low, rate, high, floor), percent(rate), class_="nowrap"),
        tag("span", f"{interval(low, high)}, n = {count(tally.n)}", class_="small nowrap"),
    )


def reasons(policy: GatePolicy, evidence: Evidence, gates: Mapping[str, Verdict]) -> Child:
    """What does not pass, worst first; where all does, so."""
    if all(verdict is Verdict.PASS for verdict in gates.values()):
        return small(f"all {len(gates)} gates pass")
    order = (Verdict.FAIL, Verdict.ERROR, Verdict.INCONCLUSIVE)
    return lines(*(_reason(policy, evidence, gate, kind) for kind in order for gate in gates if gates[gate] is kind))


def threshold(policy: GatePolicy, gate: str) -> float | None:
    """The share that ``gate`` needs, or the most that an answer may cost."""
    return policy.cost if gate == COST else policy.shares().get(gate)


def samples_needed(policy: GatePolicy, gate: str) -> int:
    """How many documents without a single mistake would let a gate on a share pass."""
    z = NormalDist().inv_cdf(policy.confidence)
    share = policy.shares()[gate]
    return max(policy.minimum, math.ceil(z * z * share / (1 - share)))


def _reason(policy: GatePolicy, evidence: Evidence, gate: str, verdict: Verdict) -> Markup:
    """One gate that does not pass, with what was counted and what it needs."""
    if verdict is Verdict.ERROR:
        return small(f"{gate}: nothing was counted")
    shade = small if verdict is Verdict.INCONCLUSIVE else join
    needed = threshold(policy, gate)
    if gate == COST:
        answered = evidence.tally(SUCCESS).agreed
        return shade(f"cost {money(evidence.cost / answered if answered else None)} an answer, at most {money(needed)}")
    tally = policy.tally(gate, evidence)
    told = (
        f"{gate} {percent(tally.rate)} ({interval(*tally.interval())}, n = {count(tally.n)}), needs {percent(needed)}"
    )
    least = samples_needed(policy, gate)
    return shade(told, f" and {count(least)} documents" if tally.n < least else None)
