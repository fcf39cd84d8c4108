from __future__ import annotations

from gateway.evaluate.measure import Held, Measure
from gateway.evaluate.verdicts import standings
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.shadow.compare import Result
from tests.unit.evaluate.made import line

POLICY = GatePolicy(success=0.9, agreement={"sex": 0.9}, minimum=10)


def measured(good, bad=0, field="sex"):
    measure = Measure()
    for number in range(good + bad):
        result = Result.EXACT if number < good else Result.CONFLICT
        measure.add(line(), Held({field: result}), readable=True)
    return measure


def judged(found, *, compared=True, policy=POLICY, upstreams=("new",)):
    given = standings(found, upstreams, lambda _, __: policy, compared=compared)
    return {(one.pair, one.upstream): one for one in given}


def test_each_pair_is_judged_by_itself():
    found = {("THA-ID", "new"): measured(200), ("VNM-ID", "new"): measured(100, 100), ("IND-PP", "new"): measured(5)}
    given = judged(found)
    assert {pair: one.verdict for (pair, _), one in given.items()} == {
        "THA-ID": Verdict.PASS,
        "VNM-ID": Verdict.FAIL,
        "IND-PP": Verdict.INCONCLUSIVE,
    }
    assert given["THA-ID", "new"].go
    assert not given["IND-PP", "new"].go
    assert given["VNM-ID", "new"].gates == {"success": Verdict.PASS, "agreement.sex": Verdict.FAIL}


def test_only_those_that_are_to_be_judged_are():
    assert judged({("THA-ID", "old"): measured(200)}) == {}


def test_a_field_that_these_documents_do_not_have_blocks_nothing():
    one = judged({("THA-ID", "new"): measured(200, field="birth_date")})["THA-ID", "new"]
    assert one.gates == {"success": Verdict.PASS}


def test_a_comparison_that_never_came_about_does():
    measure = Measure()
    for _ in range(200):
        measure.add(line(), Held({}), readable=True)
    assert judged({("THA-ID", "new"): measure})["THA-ID", "new"].verdict == Verdict.ERROR
    assert judged({("THA-ID", "new"): measure}, compared=False)["THA-ID", "new"].verdict == Verdict.PASS


def test_gates_may_differ_by_upstream_and_pair():
    seen = []

    def policies(upstream, pair):
        seen.append((upstream, pair))
        return POLICY

    standings({("THA-ID", "new"): measured(1)}, ("new",), policies, compared=True)
    assert seen == [("new", "THA-ID")]
