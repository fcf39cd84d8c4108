from __future__ import annotations

import re

from gateway.migrate.gates import GatePolicy
from gateway.report import trends
from gateway.report.ledger import ledger_of
from gateway.report.moves import moves
from tests.unit.report.lines import attempt, comparison, request
from tests.unit.report.markup import Page


def polylines(drawn):
    return re.findall('<polyline points="([^"]*)" class="line"', drawn.partition("<ul")[0])


def agreement(*entries):
    (move,) = moves(ledger_of(entries), lambda _, __: GatePolicy())
    return trends.agreement(move)


def test_agreement_has_a_line_for_all_and_for_the_worst_fields():
    days = [
        comparison(day, sex="exact", birth_date="exact" if day < 3 else "near", address="near" if day == 1 else "exact")
        for day in (1, 2, 3, 4)
    ]
    drawn = agreement(*days)
    words = Page(drawn).words
    assert words.startswith("THA ID: new agrees with old")
    assert words.endswith("all fields birth_date address")
    assert [len(points.split()) for points in polylines(drawn)] == [4, 4, 4]
    assert drawn.count("<polygon") == 1


def test_fields_that_always_agree_have_no_line_of_their_own():
    assert Page(agreement(comparison(1, sex="exact"))).words.endswith("all fields")


def test_days_on_which_nothing_could_be_compared_are_left_out():
    drawn = agreement(comparison(1, sex="exact"), comparison(2, outcome="timeout"), comparison(3, sex="exact"))
    assert [len(points.split()) for points in polylines(drawn)] == [2]


def test_cost_of_an_answered_request():
    ledger = ledger_of([request(1), request(2, attempt(cost=0.03)), request(2, attempt("old", "timeout", cost=0.01))])
    drawn = trends.cost(ledger)
    assert [len(points.split()) for points in polylines(drawn)] == [2]
    assert "0.04" in Page(drawn).words
    assert trends.cost(ledger_of([request(1, attempt(cost=0.0))])) is None
    assert trends.cost(ledger_of([])) is None


def test_speed_of_the_busiest_upstreams():
    entries = [request(1, attempt(f"u{number}")) for number in range(8) for _ in range(number + 1)]
    words = Page(trends.speed(ledger_of(entries))).words
    assert words.endswith("u2 u3 u4 u5 u6 u7")
    assert trends.speed(ledger_of([])) is None
