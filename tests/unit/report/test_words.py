from __future__ import annotations

import pytest

from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import GatePolicy, Verdict, judge
from gateway.report.words import floor_of, pair_name, reasons, samples_needed, tally_cell, threshold, verdict_chip
from gateway.shadow.agreement import Tally
from tests.unit.report.markup import Page

POLICY = GatePolicy(success=0.9, p95=2, cost=0.02, agreement={"sex": 0.95}, minimum=30)


def told(counts, cost=0.0):
    evidence = Evidence(counts=counts, cost=cost)
    return Page(f"<p>{reasons(POLICY, evidence, judge(POLICY, evidence))}</p>").words


def test_all_is_well():
    counts = {"success": (500, 500), "within.2": (500, 500), "agreement.sex": (500, 500)}
    assert told(counts, 5.0) == "all 4 gates pass"


def test_what_does_not_pass_is_told_worst_first_with_its_figures():
    counts = {"success": (20, 20), "within.2": (0, 0), "agreement.sex": (200, 100)}
    assert told(counts) == (
        "agreement.sex 50.0 % (43 to 57 %, n = 200), needs 95.0 % "
        "p95: nothing was counted "
        "success 100 % (83 to 100 %, n = 20), needs 90.0 % and 30 documents "
        "cost 0.00 an answer, at most 0.02"
    )  # fmt: skip


def test_cost():
    counts = {"success": (500, 500), "within.2": (500, 500), "agreement.sex": (500, 500)}
    assert told(counts, 20.0) == "cost 0.04 an answer, at most 0.02"


def test_how_many_documents_it_takes():
    """As many as let Wilson's lower bound reach the share when all of them are good."""
    assert samples_needed(POLICY, "agreement.sex") == 52
    assert samples_needed(POLICY, "success") == 30
    tally = Tally(52, 52)
    assert tally.interval(1.6449)[0] >= 0.95 > Tally(51, 51).interval(1.6449)[0]


def test_thresholds():
    assert [threshold(POLICY, gate) for gate in ("success", "p95", "cost", "agreement.sex", "x")] == [
        0.9, 0.95, 0.02, 0.95, None,
    ]  # fmt: skip


@pytest.mark.parametrize(("least", "floor"), [(0, 0.0), (60, 0.5), (90, 0.8), (97, 0.9)])
def test_rails_begin_below_all_intervals(least, floor):
    assert floor_of([Tally(100, 100), Tally(1000, least * 10), Tally()]) == floor


def test_a_tally_is_a_share_with_its_interval():
    assert Page(f"<p>{tally_cell(Tally(100, 99), 0.9)}</p>").words == "99.0 % 94 to 100 %, n = 100"
    assert Page(f"<p>{tally_cell(Tally(), 0.0)}</p>").words == "-"


def test_names():
    assert [pair_name(pair) for pair in ("THA-ID", "any", "other")] == ["THA ID", "kind not known", "outside Table 1"]
    assert {verdict_chip(verdict) for verdict in Verdict} == {
        '<span class="chip go">go</span>',
        '<span class="chip no">no-go</span>',
        '<span class="chip wait">not shown yet</span>',
        '<span class="chip wait">nothing counted</span>',
    }
