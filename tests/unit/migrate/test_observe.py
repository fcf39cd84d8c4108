import pytest

from gateway.errors import (
    CallerError,
    CircuitOpen,
    DeadlineExceeded,
    NoDocument,
    UpstreamIncapable,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.events import ComparisonFinished
from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import GatePolicy
from gateway.migrate.observe import answered, compared, failed
from gateway.model import Attempt, IdDocument, Recognition
from tests.fakes import make_query

POLICY = GatePolicy(success=0.9, p95=2, completeness={"address": 0.9}, agreement={"sex": 0.9, "address": 0.9})


def request(*attempts: Attempt):
    query = make_query()
    for attempt in attempts:
        query.trail.add(attempt)
    return query


def by(upstream: str, **fields) -> Recognition:
    return Recognition(IdDocument(**fields), upstream)


def counts(cost: float = 0.0, **values: tuple[int, int]) -> Evidence:
    return Evidence(counts={name.replace("__", "."): value for name, value in values.items()}, cost=cost)


def test_an_answer_in_time_with_its_fields():
    query = request(Attempt("new", "ok", 1.5, 0.01))
    assert answered(POLICY, query, by("new", address="Bangkok"), "new") == Evidence(
        counts={"success": (1, 1), "within.2": (1, 1), "completeness.address": (1, 1)}, cost=0.01
    )


def test_retries_take_time_and_money():
    query = request(Attempt("new", "unavailable", 1.5, 0.01), Attempt("new", "ok", 1.5, 0.01))
    assert answered(POLICY, query, by("new"), "new") == Evidence(
        counts={"success": (1, 1), "within.2": (1, 0), "completeness.address": (1, 0)}, cost=0.02
    )


@pytest.mark.parametrize(
    "attempts",
    [
        (Attempt("new", "unavailable", 1, 0.01), Attempt("old", "ok", 1, 0.02)),
        (Attempt("new", "no_document", 1, 0.01), Attempt("old", "ok", 1, 0.02)),
        (Attempt("new", "ok", 1, 0.01), Attempt("old", "ok", 1, 0.02)),  # it answered, and not well enough
        (Attempt("old", "ok", 1, 0.03),),  # its circuit was open
    ],
)
def test_where_another_had_to_answer_it_failed(attempts):
    assert answered(POLICY, request(*attempts), by("old"), "new") == counts(0.03, success=(1, 0))


def test_who_was_let_go_because_another_was_quicker_did_not_fail_but_may_have_been_slow():
    def hedged(seconds):
        attempts = (Attempt("old", "ok", 1, 0.02), Attempt("new", "cancelled", seconds, 0.01))
        return answered(POLICY, request(*attempts), by("old"), "new")

    assert hedged(1.9) == Evidence()
    assert hedged(2.1) == Evidence(counts={"within.2": (1, 0)})


@pytest.mark.parametrize("error", [UpstreamUnavailable(), UpstreamTimeout(), UpstreamIncapable(), CircuitOpen()])
def test_no_answer_is_a_failure(error):
    assert failed(request(Attempt("new", error.outcome, 1, 0.01)), error) == counts(0.01, success=(1, 0))


@pytest.mark.parametrize("error", [NoDocument(), CallerError(), DeadlineExceeded()])
def test_a_picture_that_nobody_reads_and_a_caller_in_a_hurry_say_nothing(error):
    assert failed(request(Attempt("new", error.outcome, 1, 0.01)), error) == Evidence()


def comparison(control="old", candidate="new", right=None, **results) -> ComparisonFinished:
    return ComparisonFinished(
        "r", "THA", "ID", control, candidate, results, {}, "ok", 1, 1, 0, "shadow", right=right or {}
    )


@pytest.mark.parametrize(
    ("event", "seen"),
    [
        (comparison(sex="exact", address="equivalent", birth_date="conflict"), {"sex": (1, 1), "address": (1, 1)}),
        (comparison(sex="near", address="conflict"), {"sex": (1, 0), "address": (1, 0)}),
        (comparison(sex="missing_candidate", address="missing_control"), {"sex": (1, 0)}),
        (comparison("new", "old", sex="missing_candidate", address="missing_control"), {"address": (1, 0)}),
        (comparison(sex="conflict", right={"sex": "candidate"}), {"sex": (1, 1)}),
        (comparison(sex="conflict", right={"sex": "control"}), {"sex": (1, 0)}),
        (comparison("new", "old", sex="conflict", right={"sex": "control"}), {"sex": (1, 1)}),
        (comparison(), {}),
    ],
)
def test_comparisons(event, seen):
    assert compared(POLICY, event, "new") == Evidence(
        counts={f"agreement.{name}": count for name, count in seen.items()}
    )
