"""Each promise of a chaos run is broken once, so that none of the checks is blind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scripts.chaos import table
from scripts.chaos_checks import checks
from scripts.chaos_for_operators import GROWTH
from scripts.chaos_gateway import CONCURRENCY, PRICES, Sample
from scripts.chaos_load import Asked
from scripts.chaos_schedule import WELL, Schedule
from scripts.chaos_trial import Trial
from scripts.chaos_vendor import Visit

BEGAN = 1000.0
HOLDERS = range(1, 101)


def sample(at: float, **changes: Any) -> Sample:
    metrics = {
        ("gateway_attempts_total", "a", "primary", "ok"): 100.0,
        ("gateway_cost_total", "a", "primary"): 100 * PRICES["a"],
        ("gateway_requests_total", "plain", "a", "ok"): 100.0,
        ("gateway_requests_total", "none", "none", "caller_error"): 1.0,
        ("gateway_retry_budget_remaining", "a"): 1.0,
        ("gateway_retry_budget_remaining", "b"): 1.0,
        ("gateway_retry_budget_remaining", "c"): 1.0,
    }
    metrics |= changes.pop("metrics", {})
    return Sample(**({"at": at, "memory": 50 * 2**20, "files": 20, "metrics": metrics} | changes))


def trial() -> Trial:
    """A hundred callers, one after the other, each answered at once by a; b is silent for eight seconds of twenty."""
    asked = [Asked("single", n, BEGAN + n / 10, BEGAN + n / 10 + 0.05, status=200, cost=PRICES["a"]) for n in HOLDERS]
    broken = Asked("broken", 200, BEGAN + 1, BEGAN + 1.01, status=400)
    visits = [Visit(n, BEGAN + n / 10 + 0.01, WELL, BEGAN + n / 10 + 0.04, billed=True) for n in HOLDERS]
    journal = [{"cost": PRICES["a"]} for _ in HOLDERS]
    return Trial(
        schedule=Schedule(((WELL, "silent", WELL),) * 4 + ((WELL,) * 3,) * 6),
        began=BEGAN,
        callers=1,
        asked=[*asked, broken],
        failures=[],
        visits={"a": visits, "b": [], "c": []},
        samples=[sample(BEGAN + tick / 4) for tick in range(80)],
        journal=[*journal, {"cost": 0.0}],
        log=[{"level": "info"}],
        exit_code=0,
    )


def broken(changed: Trial) -> list[str]:
    return [check.promise for check in checks(changed) if not check.kept]


def test_all_promises_are_kept():
    good = trial()
    assert broken(good) == []
    assert table(good, checks(good)).count("kept  ") == len(checks(good)) == 14


def first_asked(**changes: Any) -> Callable[[Trial], Trial]:
    return lambda good: replace(good, asked=[replace(good.asked[0], **changes), *good.asked[1:]])


def visited(name: str, *visits: Visit) -> Callable[[Trial], Trial]:
    return lambda good: replace(good, visits=good.visits | {name: [*good.visits[name], *visits]})


def at_the_end(**changes: Any) -> Callable[[Trial], Trial]:
    return lambda good: replace(good, samples=[*good.samples[:-1], sample(good.samples[-1].at, **changes)])


def silent(number: int, *, at: float, seconds: float = 1.5, holder: int = 1) -> list[Visit]:
    return [Visit(holder, at, "silent", at + seconds, left=True) for _ in range(number)]


def growing(good: Trial) -> Trial:
    grown = [replace(each, memory=each.memory + 2 * GROWTH) for each in good.samples[60:]]
    return replace(good, samples=[*good.samples[:60], *grown])


def probing(number: int) -> Callable[[Trial], Trial]:
    """The circuit of b is open for six seconds, and after four there are so many calls at once, for requests of that time."""
    state = {("gateway_breaker_state", "b"): 2.0}

    def change(good: Trial) -> Trial:
        opened = [sample(each.at, metrics=state if each.at < BEGAN + 6 else {}) for each in good.samples]
        return visited("b", *silent(number, at=BEGAN + 4, holder=40))(replace(good, samples=opened))

    return change


BREAKAGES = [
    ("no other person's data", first_asked(wrong=("first_name",))),
    ("no other person's data", first_asked(lacking=True)),
    ("no error while one vendor is well", first_asked(status=503, code="ModelArts.4403")),
    ("no error while one vendor is well", lambda good: replace(good, failures=["ServerDisconnectedError"])),
    ("what is no picture is refused", lambda good: replace(good, asked=[*good.asked[:-1], replace(good.asked[-1], status=200, wrong=())])),
    ("every answer in its time", first_asked(ended=BEGAN + 0.1 + 11.5)),
    ("no attempt after the end", visited("c", Visit(1, BEGAN + 5, WELL, BEGAN + 5.01))),
    ("retry budget", visited("c", *silent(2, at=BEGAN + 0.1, seconds=0.01), *silent(2, at=BEGAN + 0.2))),
    ("hedge budget", at_the_end(metrics={("gateway_fallbacks_total", "a", "b", "hedged"): 12.0})),
    ("calls at once", visited("c", *[visit for n in range(CONCURRENCY + 1) for visit in silent(1, at=BEGAN + 3, holder=n + 26)])),
    ("spending", visited("a", Visit(1, BEGAN + 0.2, WELL, BEGAN + 0.21, billed=True))),
    ("accounts agree", lambda good: replace(good, journal=good.journal[1:])),
    ("accounts agree", first_asked(cost=1.0)),
    ("few calls to a dead vendor", visited("b", *[Visit(n, BEGAN + n / 10, "silent", BEGAN + n / 10 + 0.01) for n in range(10, 40)])),
    ("one probe at a time", probing(2)),
    ("memory is flat", growing),
    ("nothing is left behind", at_the_end(metrics={("gateway_inflight_requests",): 1.0})),
    ("nothing is left behind", at_the_end(metrics={("gateway_retry_budget_remaining", "c"): 0.0})),
    ("nothing is left behind", at_the_end(files=90)),
    ("nothing is left behind", lambda good: replace(good, log=[{"level": "error"}])),
    ("nothing is left behind", lambda good: replace(good, exit_code=1)),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "breakage"), BREAKAGES, ids=[promise for promise, _ in BREAKAGES])
def test_a_broken_promise_shows(promise: str, breakage: Callable[[Trial], Trial]):
    assert broken(breakage(trial())) == [promise]


def test_one_probe_and_a_last_resort_are_allowed():
    assert broken(probing(1)(trial())) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "hurried", "status": 504},
        {"kind": "leaving", "status": 0},
    ],
)
def test_who_is_in_a_hurry_or_leaves_is_owed_no_answer(changes):
    assert broken(first_asked(**changes)(trial())) == []


def test_an_error_is_allowed_while_nobody_is_well():
    good = trial()
    nobody = replace(good, schedule=Schedule((("misread",) * 3,) * 10))
    assert broken(first_asked(status=503)(nobody)) == []


def test_a_connection_that_was_reset_is_replaced_for_free():
    resets = [Visit(1, BEGAN + 0.1 + n / 1000, "reset", BEGAN + 0.2) for n in range(4)]
    assert broken(visited("c", *resets)(trial())) == []


def test_an_answer_on_its_way_to_nobody_may_be_billed_and_not_counted():
    late = visited("a", Visit(1, BEGAN + 0.2, WELL, BEGAN + 0.21, billed=True))
    cancelled = at_the_end(metrics={("gateway_attempts_total", "a", "primary", "cancelled"): 1.0})
    assert broken(late(cancelled(trial()))) == []
