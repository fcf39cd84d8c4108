from __future__ import annotations

from gateway.migrate.gates import GatePolicy
from gateway.report.ledger import ledger_of
from gateway.report.migration import migration_report
from tests.unit.report.lines import at, attempt, comparison, request
from tests.unit.report.markup import Page

POLICY = GatePolicy(success=0.5, agreement={"sex": 0.9}, minimum=2)


def page(*entries, copies=0):
    return Page(migration_report(ledger_of(entries), lambda _, __: POLICY, at(30), copies=copies))


def test_the_whole_of_it():
    told = page(
        *(request(day) for day in range(1, 10)),
        *(comparison(day, sex="exact" if day % 2 else "near") for day in range(1, 10)),
        copies=2,
    ).words
    assert "Journals from 2026-11-01 to 2026-11-09." in told
    assert (
        "0 of 1 moves pass all gates 9 requests 100 % answered 9 comparisons 0.09 spent for callers 0.18 spent on comparing"
        in told
    )
    for title in (
        "State of each pair",
        "Agreement over time",
        "Open disagreements",
        "Who answers",
        "Cost before and after",
        "Latency",
        "Errors by class",
    ):
        assert told.count(title) >= 2  # in the list of sections and above its own
    assert "2026-11-30 12:00 UTC" in told
    assert "2 files were copies of others and left out." in told


def test_a_journal_without_comparisons():
    told = page(request(1)).words
    assert "No comparisons are in these journals." in told
    assert "0 of 0" in told


def test_an_empty_journal():
    assert "The journals are empty." in page().words


def test_names_are_text():
    assert "<script>alert(1)</script>" in page(request(1, attempt("<script>alert(1)</script>"))).words
