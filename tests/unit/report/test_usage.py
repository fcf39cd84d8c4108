from __future__ import annotations

import csv
import io

from gateway.report.usage import HEAD, Usage
from tests.unit.report.lines import attempt, request


def rows(*entries):
    usage = Usage()
    for entry in entries:
        usage.add(entry)
    return [list(row.values()) for row in csv.DictReader(io.StringIO(usage.csv()))]


def test_cost_stands_where_it_arose_and_the_request_where_it_was_answered():
    assert rows(request(1, attempt("old", "timeout", cost=0.01), attempt("new", cost=0.02))) == [
        ["2026-11", "default", "billing", "new", "1", "1", "0", "1", "0", "0.02"],
        ["2026-11", "default", "billing", "old", "0", "0", "0", "1", "1", "0.01"],
    ]


def test_a_request_that_nobody_answered_is_one_too():
    assert rows(request(1, attempt("old", "timeout"))) == [
        ["2026-11", "default", "billing", "", "1", "0", "0", "0", "0", "0.0"],
        ["2026-11", "default", "billing", "old", "0", "0", "0", "1", "1", "0.01"],
    ]


def test_an_answer_from_the_cache_costs_nothing():
    entry = request(1, cache="hit", attempts=(), cost=0.0)
    assert rows(entry) == [["2026-11", "default", "billing", "old", "1", "1", "1", "0", "0", "0.0"]]


def test_by_month_project_and_account():
    found = rows(
        request(1, enterprise_project_id="b"), request(40, enterprise_project_id="b"),
        request(1, enterprise_project_id="a", caller="x"), request(1, enterprise_project_id="a", caller="x"),
    )  # fmt: skip
    assert [row[:5] for row in found] == [
        ["2026-11", "a", "x", "old", "2"],
        ["2026-11", "b", "billing", "old", "1"],
        ["2026-12", "b", "billing", "old", "1"],
    ]


def test_projects_without_end_do_not_fill_the_memory():
    usage = Usage(most=3)
    for number in range(10):
        usage.add(request(1, enterprise_project_id=f"p{number}"))
    found = list(csv.DictReader(io.StringIO(usage.csv())))
    assert [(row["enterprise_project_id"], row["requests"]) for row in found] == [
        ("(others)", "7"), ("p0", "1"), ("p1", "1"), ("p2", "1"),
    ]  # fmt: skip


def test_an_empty_journal_has_a_head():
    assert Usage().csv() == ",".join(HEAD) + "\n"
