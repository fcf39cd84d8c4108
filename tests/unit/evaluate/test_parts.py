from __future__ import annotations

from gateway.evaluate import parts
from gateway.report.page import page
from tests.unit.evaluate.found import findings, folder, picture
from tests.unit.evaluate.made import line
from tests.unit.report.markup import Page


def words(section):
    return Page(page("t", "a", None, [section], "f")).words


def test_coverage_has_all_23_pairs_and_tells_who_takes_what():
    told = words(parts.coverage(findings(folder(3, failed=1))))
    assert "THA ID 4 of 4 3 of 4" in told
    assert "HKG ID does not take it does not take it" in told
    assert "VNM DL no pictures no pictures" in told


def test_one_that_refuses_every_picture_of_a_pair_does_not_take_it():
    lines = [("old", line()), ("new", line(outcome="incapable", attempts=0, cost=0.0))]
    assert "THA ID 1 of 1 does not take it" in words(parts.coverage(findings(lines)))


def test_agreement_with_the_first_or_accuracy_against_the_truth():
    section = parts.fields(findings(folder(3, bad=1)))
    assert section.title == "Agreement by field"
    told = words(section)
    assert "birth_date 75.0 % 30 to 96 %, n = 4" in told
    assert "birth_date 3 - - 1 -" in told
    assert "last_name - 4 - - -" in told
    assert parts.fields(findings(folder(3), truth={})).title == "Accuracy by field"


def test_one_upstream_alone_is_compared_with_nothing():
    assert "give a truth.csv, or a second upstream" in words(
        parts.fields(findings([("old", line())], upstreams=("old",)))
    )


def test_latency_and_cost():
    told = words(parts.latency(findings(folder(3))))
    assert "new 3 1.5 s 1.5 s 1.5 s 1.5 s 1.5 s" in told
    assert "Share of answers that had come, by time" in told
    told = words(parts.cost(findings(folder(3, bad=1))))
    assert "new 0.06 4 0.015 3 0.02" in told


def test_without_an_answer_there_is_no_plot():
    told = words(parts.latency(findings([("old", line(outcome="timeout"))], upstreams=("old",))))
    assert "old 0 - - - - -" in told


def test_failures_by_class():
    lines = [*picture(1, outcome="timeout"), ("new", line(picture="x", failures=("mrz",)))]
    told = words(parts.failures(findings(lines)))
    assert "timeout 0 1" in told
    assert "answered, but a check fails: mrz 0 1" in told
    assert "every picture was answered" in words(parts.failures(findings(folder(2))))


def test_the_worst_are_named_by_file_alone():
    told = words(parts.worst(findings([*picture(1), *picture(2, wrong=True, name="<b>x.png")])))
    assert "<b>x.png THA ID nothing birth_date" in told
    assert "001.png" not in told
