from __future__ import annotations

import pytest

from gateway.journal.entry import Kinds
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.report.ledger import ledger_of
from gateway.report.moves import blocking, moves
from gateway.shadow.agreement import Tally
from tests.unit.report.lines import attempt, comparison, request

POLICY = GatePolicy(success=0.5, agreement={"sex": 0.8}, completeness={"sex": 0.5}, p95=1, cost=0.05, minimum=5)


def found(*entries, policy=POLICY):
    return moves(ledger_of(entries), lambda _, __: policy)


def test_a_move_is_judged_by_the_recent_days():
    old = [comparison(1, sex="conflict") for _ in range(50)]
    (move,) = found(*old, *(comparison(20, sex="exact") for _ in range(60)))
    assert (move.pair, move.old, move.new) == ("THA-ID", "old", "new")
    assert move.recent.agreement == Tally(60, 60)
    assert {day.day for day in move.by_day} == {1, 20}
    assert move.verdict == Verdict.PASS
    assert blocking(move) == []


def test_what_blocks_it_is_told_worst_first():
    (move,) = found(
        *(comparison(1, sex="near") for _ in range(50)),
        policy=GatePolicy(p95=2, agreement={"sex": 0.8}, cost=0.01, success=0.99),
    )
    assert blocking(move) == [
        ("agreement.sex", Verdict.FAIL), ("cost", Verdict.FAIL), ("success", Verdict.INCONCLUSIVE), ("p95", Verdict.INCONCLUSIVE),
    ]  # fmt: skip


def test_answers_for_callers_count_as_well():
    callers = [request(1, attempt("new", milliseconds=3000, cost=0.1)) for _ in range(50)]
    (move,) = found(*callers, *(comparison(1, sex="exact") for _ in range(50)))
    assert move.evidence.tally("success") == Tally(100, 100)
    assert POLICY.tally("p95", move.evidence) == Tally(100, 50)
    assert move.evidence.cost == pytest.approx(6.0)
    assert {gate for gate, _ in blocking(move)} == {"p95", "cost"}


def test_pictures_that_cannot_be_read_and_callers_in_a_hurry_are_no_failures_of_it():
    outcomes = ["ok", "timeout", "no_document", "deadline_exceeded", "cancelled", "undecodable_image"]
    asked = Kinds(country_region=("THA",), id_type=("ID",))
    callers = [request(1, attempt("new", outcome), asked=asked) for outcome in outcomes]
    (move,) = found(comparison(1, sex="exact"), *callers)
    assert move.evidence.tally("success") == Tally(3, 2)


def test_completeness_is_what_the_new_one_had():
    results = ["exact", "missing_control", "missing_candidate", "conflict"]
    (move,) = found(*(comparison(1, sex=result) for result in results), comparison(1, address="exact"))
    assert move.evidence.tally("completeness.sex") == Tally(5, 3)


def test_the_share_is_that_of_the_last_day_with_requests():
    entries = [
        comparison(9, sex="exact"),
        request(8, attempt("new")),
        request(8),
        request(8),
        request(8),
        request(1, attempt("new")),
    ]
    (move,) = found(*entries)
    assert move.share == 0.25
    (move,) = found(comparison(9, sex="exact"))
    assert move.share is None


def test_one_for_each_pair_of_upstreams():
    entries = [comparison(1, sex="exact"), comparison(1, "reverse", sex="exact"), comparison(1, "noise", sex="exact")]
    assert len(found(*entries)) == 1
