from __future__ import annotations

from gateway.migrate.gates import GatePolicy
from gateway.report import tables
from gateway.report.ledger import ledger_of
from gateway.report.moves import moves
from tests.unit.report.lines import attempt, comparison, ramp, request
from tests.unit.report.markup import Page

POLICY = GatePolicy(agreement={"sex": 0.9}, minimum=2)


def told(markup):
    return Page(markup).words


def found(*entries):
    ledger = ledger_of(entries)
    return ledger, moves(ledger, lambda _, __: POLICY)


def test_who_answers_today():
    ledger = ledger_of(
        [
            *(request(20, attempt("new")) for _ in range(3)),
            request(20),
            request(1),
            request(20, attempt("new", "timeout"), answered=None),
        ]
    )
    words = told(tables.pairs(ledger))
    assert "THA ID new 75 % old 25 % 2026-11-20 4 5 100 %" in words
    assert "kind not known nobody 2026-11-20 1 1 0 %" in words


def test_moves_and_what_blocks_them():
    _, given = found(*(comparison(1, sex="near") for _ in range(9)), request(1, attempt("new")))
    assert (
        "THA ID old \N{RIGHTWARDS ARROW} new 100 % 0 % 0 to 30 %, n = 9 no-go agreement.sex 0 % (0 to 30 %, n = 9), needs 90.0 %"
        in told(tables.moves(given))
    )
    assert (
        tables.blockers(given)
        == "0 of 1 moves pass all gates. Failing gates, by moves that they block: agreement.sex (1)."
    )
    _, given = found(*(comparison(1, sex="exact") for _ in range(99)))
    assert tables.blockers(given) == "1 of 1 moves pass all gates."
    assert "Nothing was compared" in told(tables.moves([]))


def test_open_disagreements_by_class_with_the_noise():
    ledger, given = found(
        comparison(1, last_name="conflict"), comparison(20, sex="near"), comparison(20, sex="conflict"),
        comparison(20, sex="missing_candidate"), comparison(20, sex="exact", address="equivalent"),
        comparison(20, "noise", sex="near"), comparison(20, "noise", sex="exact"),
    )  # fmt: skip
    words = told(tables.disagreements(ledger, given))
    assert "sex 25.0 % 4 to 70 %, n = 4 1 1 1 50.0 % n = 2" in words
    assert "address" not in words
    assert "last_name" not in words


def test_ramps():
    entries = [
        ramp(3, 5.0, state="held", reason="failed", gates={"success": "pass", "p95": "fail", "cost": "inconclusive"}),
        ramp(1, 5.0), ramp(2, 25.0),
    ]  # fmt: skip
    words = told(tables.climbs(ledger_of(entries)))
    assert "cards: THA ID 5 % held failed, 2026-11-03 12:00 1 / 1 p95 fail, cost inconclusive" in words
    assert "No ramp has said anything." in told(tables.climbs(ledger_of([])))


def test_noise_that_nobody_looked_for_is_not_measured():
    ledger, given = found(comparison(20, sex="near"))
    assert "1 - - not measured" in told(tables.disagreements(ledger, given))


def test_cost_before_and_after():
    _, given = found(
        request(1),
        request(1, attempt("old", "timeout", cost=0.01)),
        comparison(1, sex="exact"),
        comparison(2, outcome="timeout"),
    )
    words = told(tables.money_table(given))
    assert words.endswith("THA ID old \N{RIGHTWARDS ARROW} new 0.01 0.04 +300 % 0.04")


def test_speeds():
    ledger = ledger_of([request(1), comparison(1, sex="exact")])
    words = told(tables.speeds(ledger))
    assert "new 1" in words
    assert "old 1" in words


def test_errors_by_class():
    ledger = ledger_of(
        [request(1, attempt("old", "timeout")), request(20, attempt("old", "timeout"), attempt("old")), request(20)]
    )
    assert "old: timeout 1 33.3 % 2 50.0 %" in told(tables.errors(ledger))
    assert "every attempt was answered" in told(tables.errors(ledger_of([request(1)])))
