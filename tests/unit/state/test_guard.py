from __future__ import annotations

import logging

import pytest

from gateway.events import StateChanged
from gateway.state.guard import FAILURES, REST, Guard
from tests.fakes import Events, FakeClock


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def guard(events: Events, clock: FakeClock) -> Guard:
    return Guard(events, clock)


def fail(guard: Guard, times: int) -> None:
    for _ in range(times):
        guard.failed(guard.begin(), "Down")


def test_five_failures_in_a_row_are_enough(guard: Guard, events: Events):
    fail(guard, FAILURES - 1)
    assert guard.healthy
    fail(guard, 1)
    assert not guard.healthy
    assert events == [StateChanged(healthy=False)]


def test_a_success_in_between_begins_the_row_anew(guard: Guard):
    fail(guard, FAILURES - 1)
    guard.succeeded()
    fail(guard, FAILURES - 1)
    assert guard.healthy


def test_what_failed_together_is_one_failure(guard: Guard):
    together = [guard.begin() for _ in range(100)]
    for began in together:
        guard.failed(began, "too slow")
    fail(guard, FAILURES - 2)
    assert guard.healthy
    fail(guard, 1)
    assert not guard.healthy


def test_it_rests_and_is_due_once(guard: Guard, clock: FakeClock):
    assert not guard.probe_due
    fail(guard, FAILURES)
    clock.now += REST - 0.1
    assert not guard.probe_due
    clock.now += 0.1
    assert guard.probe_due
    guard.rest("Down")
    assert not guard.probe_due
    clock.now += REST
    assert guard.probe_due
    guard.resume()
    assert guard.healthy
    assert not guard.probe_due


def test_each_change_is_told_once(guard: Guard, events: Events, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, "gateway.state.guard"):
        fail(guard, 3 * FAILURES)
        guard.rest("Down")
        guard.resume()
        guard.resume()
    assert events == [StateChanged(healthy=False), StateChanged(healthy=True)]
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("ERROR", "the shared state does not answer (Down): limits are kept by this process alone"),
        ("WARNING", "the shared state answers again"),
    ]


def test_failures_of_before_do_not_count_after_it_came_back(guard: Guard):
    fail(guard, FAILURES)
    guard.resume()
    fail(guard, FAILURES - 1)
    assert guard.healthy
