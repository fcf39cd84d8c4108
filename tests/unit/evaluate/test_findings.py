from __future__ import annotations

from gateway.evaluate.findings import trouble
from gateway.migrate.gates import Verdict
from tests.unit.evaluate.found import findings, folder, picture
from tests.unit.evaluate.made import line


def test_go_needs_every_pair():
    assert findings(folder(200)).verdict == Verdict.PASS
    assert findings(folder(20)).verdict == Verdict.INCONCLUSIVE
    other = ("new", line(picture="x", country_region="VNM", outcome="ok"))
    assert findings([*folder(200), other]).verdict == Verdict.ERROR
    assert findings(folder(200, bad=100)).verdict == Verdict.FAIL


def test_nothing_is_no_go():
    assert findings([]).verdict == Verdict.ERROR


def test_what_answers_are_held_against():
    assert findings(folder(1)).reference == "the answers of old"
    assert findings(folder(1), truth={}).reference == "the truth"
    assert not findings(folder(1), upstreams=("old",)).compared


def test_all_pairs_together():
    found = findings([*folder(3), ("old", line(picture="x", country_region="VNM"))])
    assert {name: measure.asked for name, measure in found.overall.items()} == {"old": 4, "new": 3}


def test_pairs_are_those_of_table_1_and_what_else_was_seen():
    found = findings([("old", line(country_region="FRA"))])
    assert len(found.pairs) == 24
    assert found.pairs[-1] == "other"


def test_only_those_that_were_compared_are_told_of():
    assert findings(folder(3)).compared_upstreams() == ["new"]


def test_the_worst_come_first_and_good_ones_not_at_all():
    found = findings([*folder(3, bad=2, failed=1)])
    assert [one.file for one in found.worst(10)] == ["005.png", "003.png", "004.png"]
    assert [one.file for one in found.worst(1)] == ["005.png"]


def test_what_is_to_be_looked_at():
    (good,) = findings(picture(1)).pictures
    assert trouble(good, "new") == ""
    assert trouble(good, "gone") == "not asked"
    (wrong,) = findings([*picture(1, wrong=True)[:1], ("new", line(picture="1", failures=("mrz",)))]).pictures
    assert trouble(wrong, "new") == "check: mrz"
    (wrong,) = findings(picture(1, wrong=True)).pictures
    assert trouble(wrong, "new") == "birth_date"
    (failed,) = findings(picture(1, outcome="timeout")).pictures
    assert trouble(failed, "new") == "timeout"
