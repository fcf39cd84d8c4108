"""What callers are promised: their own data, in time, without an error, and not more trouble than they make."""

from __future__ import annotations

from collections import Counter

from scripts.chaos_load import Asked
from scripts.chaos_schedule import VENDORS
from scripts.chaos_trial import SLACK, Check, Trial, listed


def no_other_person(trial: Trial) -> Check:
    answered = [asked for asked in trial.asked if asked.status == 200]
    wrong = sum(1 for asked in answered if asked.wrong)
    lacking = sum(1 for asked in answered if asked.lacking)
    said = f"{len(answered)} answers, {wrong} with a field of somebody else, {lacking} with gaps that are not told"
    return Check("no other person's data", bool(answered) and not wrong and not lacking, said)


def no_caller_error(trial: Trial) -> Check:
    patient = [asked for asked in trial.asked if asked.kind not in {"hurried", "broken"} and _stayed(asked)]
    errors = [asked for asked in patient if asked.status != 200]
    judged = [asked for asked in errors if _somebody_was_well(trial, asked)]
    codes = Counter(f"{asked.status} {asked.code}" for asked in judged)
    said = f"{len(patient)} requests, {len(judged)} errors{listed(codes)}"
    if trial.failures:
        said += f", broken connections{listed(Counter(trial.failures))}"
    return Check("no error while one vendor is well", not judged and not trial.failures, said)


def _stayed(asked: Asked) -> bool:
    """Whether the caller waited for its answer."""
    return asked.kind not in {"leaving", "leader leaves"} or asked.status != 0


def _somebody_was_well(trial: Trial, asked: Asked) -> bool:
    start, end = asked.at - trial.began, asked.ended - trial.began
    return any(trial.schedule.well(vendor, start, end) for vendor in range(VENDORS))


def mistakes_refused(trial: Trial) -> Check:
    broken = Counter(asked.status for asked in trial.asked if asked.kind == "broken" and asked.status)
    return Check(
        "what is no picture is refused", set(broken) <= {400}, f"{broken.total()} sent, statuses {sorted(broken)}"
    )


def in_time(trial: Trial) -> Check:
    over = [asked.ended - asked.at - asked.patience for asked in trial.asked if asked.status]
    return Check("every answer in its time", max(over) <= SLACK, f"{max(over):+.2f} s beside the deadline at worst")


def nothing_late(trial: Trial) -> Check:
    """No call for a request that is over: answered, out of time, or given up by all who waited for it."""
    over: dict[int, float] = {}
    for asked in trial.asked:
        ends = min(asked.ended, asked.at + asked.patience)
        over[asked.holder] = max(over.get(asked.holder, 0.0), ends)
    late = [visit.at - over[visit.holder] for visits in trial.visits.values() for visit in visits]
    number = sum(1 for seconds in late if seconds > SLACK)
    return Check("no attempt after the end", not number, f"{len(late)} attempts, {number} of them begun after it")
