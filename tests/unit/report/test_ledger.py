from __future__ import annotations

import pytest

from gateway.journal.entry import Kind, Kinds
from gateway.report.ledger import RECENT, ledger_of
from gateway.shadow.agreement import Tally
from tests.unit.report.lines import at, attempt, comparison, request


def day(number):
    return at(number).date()


def test_requests_by_day_and_pair():
    ledger = ledger_of([request(1), request(1, attempt("old", "timeout"), attempt("new", cost=0.03)), request(2)])
    traffic = ledger.traffic[day(1), "THA-ID"]
    assert (traffic.requests, dict(traffic.answered)) == (2, {"old": 1, "new": 1})
    assert traffic.cost == pytest.approx(0.05)
    assert (ledger.first, ledger.last) == (day(1), day(2))


def test_what_nobody_could_read_is_what_was_asked_for():
    asked = Kinds(country_region=("VNM",), id_type=("PP",))
    ledger = ledger_of([
        request(1, attempt("old", "no_document"), asked=asked), request(1, attempt("old", "no_document")),
        request(1, asked=asked), request(1, answered=Kind(country_region="FRA", id_type="ID")),
    ])  # fmt: skip
    assert {pair: traffic.requests for (_, pair), traffic in ledger.traffic.items()} == {
        "VNM-PP": 1, "any": 1, "THA-ID": 1, "other": 1,
    }  # fmt: skip


def test_attempts_by_upstream():
    ledger = ledger_of([request(1, attempt("old", "timeout", cost=0.01), attempt("old", cost=0.01)), request(1)])
    work = ledger.work[day(1), "THA-ID", "old"]
    assert (dict(work.outcomes), round(work.cost, 9)) == ({"timeout": 1, "ok": 2}, 0.03)
    assert ledger.speed[day(1), "old"].n == 2


def test_comparisons_by_old_and_new():
    ledger = ledger_of([comparison(1, birth_date="near", sex="exact"), comparison(1, outcome="timeout")])
    cell = ledger.compared[day(1), "THA-ID", "old", "new"]
    assert (cell.n, cell.both, cell.spent, cell.cost) == (2, 1, 0.04, 0.04)
    assert cell.outcomes == {"ok": 1, "timeout": 1}
    assert cell.fields == {"birth_date": Tally(1, 0), "sex": Tally(1, 1)}


def test_in_reverse_old_and_new_stay_what_they_are():
    """The second answer is the old one's, whose cost and failures are not the new one's."""
    ledger = ledger_of([comparison(1, "reverse", sex="missing_candidate", address="missing_control", last_name="near")])
    assert list(ledger.compared) == [(day(1), "THA-ID", "old", "new")]
    cell = ledger.compared[day(1), "THA-ID", "old", "new"]
    assert cell.classes == {
        "sex": {"missing_control": 1}, "address": {"missing_candidate": 1}, "last_name": {"near": 1},
    }  # fmt: skip
    assert (cell.spent, cell.cost, dict(cell.outcomes)) == (0.02, 0.0, {})


@pytest.mark.parametrize(("relation", "side"), [("shadow", "candidate"), ("reverse", "control")])
def test_check_digits_that_prove_the_new_one_right_count_for_it(relation, side):
    ledger = ledger_of([comparison(1, relation, right=side, sex="conflict")])
    assert ledger.compared[day(1), "THA-ID", "old", "new"].fields["sex"] == Tally(1, 1)
    other = {"control": "candidate", "candidate": "control"}[side]
    ledger = ledger_of([comparison(1, relation, right=other, sex="conflict")])
    assert ledger.compared[day(1), "THA-ID", "old", "new"].fields["sex"] == Tally(1, 0)


def test_noise_is_nobodys_disagreement():
    ledger = ledger_of([comparison(1, "noise", sex="near"), comparison(1, "noise", sex="exact")])
    assert ledger.noise["THA-ID", "old", "sex"] == Tally(2, 1)
    assert ledger.compared == {}


def test_recent_days_end_with_the_last_one():
    assert ledger_of([]).recent_days() == []
    assert ledger_of([request(3)]).recent_days() == [day(3)]
    ledger = ledger_of([request(20), request(1), request(10)])
    assert ledger.recent_days() == [day(number) for number in range(21 - RECENT, 21)]


@pytest.mark.parametrize("days", [(1, 14, 20), (20, 14, 1), (14, 20, 1)])
def test_recent_speed_is_the_same_in_any_order_and_old_days_are_let_go(days):
    milliseconds = {1: 100.0, 14: 2000.0, 20: 4000.0}
    ledger = ledger_of([request(number, attempt(milliseconds=milliseconds[number])) for number in days])
    speed = ledger.recent_speed("THA-ID", "old")
    assert speed.n == 2
    assert speed.quantile(0.5) == pytest.approx(2, rel=0.03)
    assert set(ledger._recent) <= {day(14), day(20)}


def test_upstreams_without_end_do_not_fill_the_memory():
    ledger = ledger_of([request(1, attempt(f"u{number}")) for number in range(100)])
    answered = ledger.traffic[day(1), "THA-ID"].answered
    assert (len(answered), answered["other"]) == (65, 36)
