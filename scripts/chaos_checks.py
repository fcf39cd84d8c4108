"""What must hold at the end of a chaos run, judged from what callers, vendors and the gateway itself saw."""

from __future__ import annotations

from scripts import chaos_for_callers, chaos_for_operators, chaos_for_vendors
from scripts.chaos_trial import Check, Trial

PROMISES = (
    chaos_for_callers.no_other_person,
    chaos_for_callers.no_caller_error,
    chaos_for_callers.mistakes_refused,
    chaos_for_callers.in_time,
    chaos_for_callers.nothing_late,
    chaos_for_vendors.retries,
    chaos_for_vendors.hedges,
    chaos_for_vendors.concurrency,
    chaos_for_vendors.few_calls_to_the_dead,
    chaos_for_vendors.one_probe,
    chaos_for_operators.spending,
    chaos_for_operators.accounts_agree,
    chaos_for_operators.memory,
    chaos_for_operators.nothing_left,
)


def checks(trial: Trial) -> list[Check]:
    return [promise(trial) for promise in PROMISES]
