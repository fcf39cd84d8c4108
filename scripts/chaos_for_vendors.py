"""What vendors are promised: no more calls than allowed, few while they are down, and no more than one to find out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scripts.chaos_gateway import ATTEMPT, CONCURRENCY, COOLDOWN, HEDGED, HEDGES, PATIENCE, RETRIES, THRESHOLD, Sample
from scripts.chaos_people import country
from scripts.chaos_trial import SLACK, Check, Trial, overlap
from scripts.chaos_vendor import Visit


def retries(trial: Trial) -> Check:
    """A vendor takes for a retry what it was asked before. Not so where callers came together, who may have asked anew,
    nor after a reset, which is what a connection looks like that was given up while it was kept: that is replaced for free.
    """
    alone = Counter(asked.holder for asked in trial.asked)
    most = 0
    for visits in trial.visits.values():
        before: dict[int, Visit] = {}
        again = []
        for visit in visits:
            last = before.get(visit.holder)
            if last is not None and last.mode != "reset" and alone[visit.holder] == 1:
                again.append(visit)
            before[visit.holder] = visit
        most = max(most, overlap(again))
    made = trial.end.total("gateway_attempts_total", kind="retry")
    return Check(
        "retry budget", most <= RETRIES, f"{made:.0f} retries, {most} at once at one vendor, {RETRIES} allowed"
    )


def hedges(trial: Trial) -> Check:
    requests = sum(1 for asked in trial.asked if country(asked.holder) == country(1))
    made = trial.end.total("gateway_fallbacks_total", reason="hedged")
    allowed = 1 + HEDGES * requests
    said = f"{made:.0f} hedges in {requests} requests of the route {HEDGED}, {allowed:.0f} allowed"
    return Check("hedge budget", made <= allowed, said)


def concurrency(trial: Trial) -> Check:
    most = max(map(overlap, trial.visits.values()))
    return Check("calls at once", most <= CONCURRENCY, f"{most} at one vendor, {CONCURRENCY} allowed")


def few_calls_to_the_dead(trial: Trial) -> Check:
    """What opens the circuit, what was under way or queued by then, the probes, and last resorts."""
    kept, worst = True, (0, 0.0)
    for vendor, (name, visits) in enumerate(trial.visits.items()):
        for start, end in trial.schedule.failing(vendor):
            begins, ends = trial.began + start, trial.began + end
            calls = sum(1 for visit in visits if begins <= visit.at < ends)
            allowed = THRESHOLD + 2 * trial.callers + (end - start) / COOLDOWN + 2
            allowed += trial.last_resorts(name, begins, ends)
            kept = kept and calls <= allowed
            worst = max(worst, (calls, allowed))
    return Check("few calls to a dead vendor", kept, f"{worst[0]} at most while one was down, {worst[1]:.0f} allowed")


def one_probe(trial: Trial) -> Check:
    """Whenever a circuit had been open for long enough that nobody from before was under way, one call at a time."""
    kept, judged = True, 0
    for name, visits in trial.visits.items():
        for start, end in _open(trial.samples, name):
            begins = start + ATTEMPT + PATIENCE + SLACK / 2
            seen = [visit for visit in visits if begins <= visit.at < end]
            judged += len(seen)
            kept = kept and overlap(seen) <= 1 + trial.last_resorts(name, begins, end)
    probes = trial.end.total("gateway_breaker_transitions_total", to="half_open")
    return Check("one probe at a time", kept, f"{probes:.0f} probes, {judged} of them seen on their own")


def _open(samples: Sequence[Sample], name: str) -> Iterator[tuple[float, float]]:
    """The times within which the circuit of ``name`` was never closed."""
    begun: Sample | None = None
    before: Sample | None = None
    for sample in samples:
        closed = sample.total("gateway_breaker_state", upstream=name) == 0
        again = begun is not None and _closings(sample, name) != _closings(begun, name)
        if begun is not None and before is not None and (closed or again):
            yield begun.at, before.at
            begun = None
        if begun is None and not closed:
            begun = sample
        before = sample


def _closings(sample: Sample, name: str) -> float:
    return sample.total("gateway_breaker_transitions_total", upstream=name, to="closed")
