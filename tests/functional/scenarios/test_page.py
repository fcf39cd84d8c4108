"""``docs/resilience.md`` tells of the scenarios what their tests tell."""

from __future__ import annotations

from tests.functional.scenarios.page import PAGE, rows, written


def test_every_scenario_has_a_test_that_tells_what_it_is():
    assert {scenario for scenario, *_ in rows()} == {f"S{number:02}" for number in range(1, 28)}


def test_each_tells_fault_and_limit():
    assert all(fault and limit and "|" not in fault + limit for _, fault, limit, _ in rows())


def test_the_page_has_the_table():
    """Where it has not: ``python -m tests.functional.scenarios.page``."""
    assert PAGE.read_text() == written(PAGE.read_text())
