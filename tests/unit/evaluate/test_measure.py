from __future__ import annotations

import pytest

from gateway.evaluate.measure import Held, Measure, measures, seen
from gateway.migrate.gates import GatePolicy
from gateway.shadow.agreement import Tally
from gateway.shadow.compare import Result
from tests.unit.evaluate.made import line

E, N, C, A, B = Result.EXACT, Result.NEAR, Result.CONFLICT, Result.MISSING_CONTROL, Result.MISSING_CANDIDATE


def measured(*lines, readable=True):
    measure = Measure()
    for one, held in lines:
        measure.add(one, Held(held or {}), readable=readable)
    return measure


def test_answers_are_added_up():
    measure = measured(
        (line(seconds=0.4, fields=("sex",)), {"sex": E, "last_name": A}),
        (line(seconds=0.2, cost=0.02, fields=("sex",)), {"sex": N, "last_name": E}),
        (line(seconds=0.3, failures=("mrz",)), {"sex": B}),
        (line(outcome="timeout", cost=0.0), None),
    )
    assert (measure.asked, measure.answered, measure.accepted) == (4, 3, 1)
    assert measure.success == Tally(4, 3)
    assert measure.fields == {"sex": Tally(3, 1), "last_name": Tally(1, 1)}
    assert measure.classes["last_name"] == {A: 1, E: 1}
    assert (measure.quantile(0.5), measure.quantile(1.0)) == (0.3, 0.4)
    assert measure.per_accepted == pytest.approx(0.04)


def test_nothing_has_no_figures():
    assert (Measure().quantile(0.5), Measure().per_accepted) == (None, None)


def test_what_nobody_can_read_is_no_failure():
    lines = [(line(outcome="no_document"), None), (line(outcome="unavailable"), None), (line(), None)]
    assert measured(*lines, readable=False).success == Tally(2, 1)
    assert measured(*lines, readable=True).success == Tally(3, 1)


def test_two_measures_add_up_to_that_of_both():
    one = [(line(seconds=0.4, fields=("sex",)), {"sex": E}), (line(outcome="timeout"), None)]
    other = [(line(seconds=0.1, failures=("mrz",)), {"sex": C, "address": E})]
    whole = measured(*one)
    whole.update(measured(*other))
    assert whole == measured(*one, *other)


def test_a_field_that_check_digits_prove_right_is_as_good_as_the_same():
    held = Held({"document_number": C, "sex": E}, ("document_number",))
    measure = Measure()
    measure.add(line(), held, readable=True)
    assert measure.fields["document_number"] == Tally(1, 1)
    assert measure.classes["document_number"] == {C: 1}
    assert (measure.accepted, held.disagreeing) == (1, ())


def test_the_gates_see_what_a_migration_counts():
    measure = measured(
        (line(seconds=1.0, fields=("sex", "address")), {"sex": E}), (line(seconds=3.0, fields=("sex",)), {"sex": C}),
        (line(outcome="timeout"), None),
    )  # fmt: skip
    policy = GatePolicy(p95=2, completeness={"address": 0.9}, agreement={"sex": 0.9})
    evidence = measure.evidence(policy)
    assert evidence.tally("success") == Tally(3, 2)
    assert policy.tally("p95", evidence) == Tally(2, 1)
    assert evidence.tally("agreement.sex") == Tally(2, 1)
    assert evidence.tally("completeness.address") == Tally(2, 1)
    assert evidence.cost == pytest.approx(0.03)


def test_without_a_truth_a_document_is_what_the_first_upstream_says():
    old = line(country_region="THA", id_type="PP")
    new = line(country_region="VNM", id_type="ID", control="old", agreement={"country_region": C})
    (one,) = seen([("new", new), ("old", old)], "old", None)
    assert (one.pair, one.held["new"].disagreeing, one.held["old"].classes) == ("THA-PP", ("country_region",), {})


def test_where_that_one_does_not_say_another_does():
    (one,) = seen([("new", line()), ("old", line(outcome="timeout"))], "old", None)
    assert one.pair == "THA-ID"
    (one,) = seen([("old", line(outcome="timeout"))], "old", None)
    assert one.pair == "any"
    (one,) = seen([("old", line(country_region="FRA"))], "old", None)
    assert one.pair == "other"


def test_with_a_truth_it_is_what_that_says_and_answers_are_held_against_it():
    new = line(control="old", agreement={"sex": C}, truth={"sex": E}, proven=("sex",))
    (one,) = seen([("new", new)], "old", {"a.png": ("VNM", "DL")})
    assert (one.pair, one.held["new"]) == ("VNM-DL", Held({"sex": E}))
    (one,) = seen([("new", new)], "old", {"b.png": ("VNM", "DL")})
    assert one.pair == "THA-ID"


def test_what_was_held_against_another_upstream_does_not_count():
    (one,) = seen([("new", line(control="older", agreement={"sex": C}))], "old", None)
    assert one.held["new"] == Held({})


def test_measures_are_by_pair_and_upstream():
    lines = [
        ("old", line(picture="1")), ("new", line(picture="1", outcome="no_document")),
        ("old", line(picture="2", outcome="no_document")), ("new", line(picture="2", outcome="no_document")),
    ]  # fmt: skip
    found = measures(seen(lines, "old", None), frozenset())
    assert {key: measure.success for key, measure in found.items()} == {
        ("THA-ID", "old"): Tally(1, 1),
        ("THA-ID", "new"): Tally(1, 0),
        ("any", "old"): Tally(0, 0),
        ("any", "new"): Tally(0, 0),
    }
    found = measures(seen(lines, "old", None), frozenset({"a.png"}))
    assert found["any", "new"].success == Tally(1, 0)
