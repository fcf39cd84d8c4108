from __future__ import annotations

from gateway.evaluate.report import report
from gateway.evaluate.run import Ending
from tests.unit.evaluate.found import findings, folder
from tests.unit.evaluate.made import line
from tests.unit.report.markup import Page


def words(found):
    return Page(report(found)).words


def test_the_verdict_comes_first_with_its_reason():
    told = words(findings(folder(20, bad=20)))
    assert told.index("no-go altogether") < told.index("Coverage The 23 pairs")
    assert "THA ID 40 no-go agreement.birth_date 50.0 % (35 to 65 %, n = 40), needs 90.0 %" in told
    assert "40 pictures through old and new, held against the answers of old." in told


def test_go_is_told_as_shortly():
    told = words(findings(folder(200)))
    assert "go altogether" in told
    assert "THA ID 200 go all 4 gates pass" in told


def test_with_few_pictures_it_says_how_many_it_takes():
    told = words(findings(folder(20)))
    assert "THA ID 20 not shown yet success 100 % (83 to 100 %, n = 20), needs 90.0 % and 25 documents" in told


def test_with_a_truth_every_upstream_is_judged():
    told = words(findings(folder(3), truth={"000.png": ("THA", "ID")}))
    assert "held against the truth" in told
    assert told.count("not shown yet") + told.count("nothing counted") >= 2


def test_one_upstream_alone():
    assert "1 picture through old. " in words(findings([("old", line())], upstreams=("old",)))


def test_nothing_at_all_is_a_page_too():
    assert "Nothing was asked." in words(findings([]))


def test_why_a_run_ended_and_what_was_left_out():
    ending = Ending("the budget is used up", "", {"<i>.png": "unsupported_image_format"}, 2)
    told = words(findings(folder(1), ending=ending, unknown=1))
    assert "The run ended early: the budget is used up. Run it again with --resume." in told
    assert "2 files are copies" in told
    assert "1 result is missing" in told
    assert "<i>.png unsupported_image_format" in told


def test_the_names_of_upstreams_are_text():
    lines = [("<script>", line()), ("b&w", line(control="<script>", agreement={}))]
    assert "<script>" in words(findings(lines, upstreams=("<script>", "b&w")))
