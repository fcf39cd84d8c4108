import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import GatePolicy, Verdict, judge, whole

PASS, FAIL, INCONCLUSIVE, ERROR = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.ERROR


def success(n: int, good: int, **policy) -> Verdict:
    return judge(GatePolicy(success=0.99, **policy), Evidence(counts={"success": (n, good)}))["success"]


@pytest.mark.parametrize(
    ("n", "good", "verdict"),
    [
        (0, 0, ERROR),
        (1, 0, INCONCLUSIVE),
        (49, 0, INCONCLUSIVE),  # too few say nothing, however bad
        (50, 0, FAIL),
        (50, 50, INCONCLUSIVE),
        (267, 267, INCONCLUSIVE),
        (268, 268, PASS),  # n / (n + 1.645**2) reaches 0.99
        (50, 49, INCONCLUSIVE),
        (200, 195, INCONCLUSIVE),
        (200, 190, FAIL),
        (5000, 4950, INCONCLUSIVE),  # exactly at the threshold nobody can tell
        (5000, 4965, PASS),
        (5000, 4930, FAIL),
    ],
)
def test_a_share_is_judged_by_what_chance_allows(n, good, verdict):
    assert success(n, good) == verdict


def test_confidence_and_minimum_are_the_operators():
    assert success(200, 200) == INCONCLUSIVE
    assert success(200, 200, confidence=0.8) == PASS
    assert success(200, 198, confidence=0.5) == PASS
    assert success(3, 0, minimum=3) == FAIL


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(1, 500), st.floats(0.01, 0.999))
def test_better_evidence_never_has_a_worse_verdict(n, good, more, threshold):
    good = min(n, good)
    order = [FAIL, INCONCLUSIVE, PASS]
    policy = GatePolicy(success=threshold, minimum=1)
    verdicts = [
        judge(policy, Evidence(counts={"success": (n + 1, value)}))["success"]
        for value in (good, min(n + 1, good + more))
    ]
    assert order.index(verdicts[0]) <= order.index(verdicts[1])


def test_every_gate_has_its_own_verdict():
    policy = GatePolicy(
        success=0.9, p95=2.5, agreement={"birth_date": 0.9}, completeness={"address": 0.9, "sex": 0.9}, cost=0.02
    )
    counts = {
        "success": (400, 400),
        "within.2.5": (400, 300),
        "agreement.birth_date": (400, 399),
        "completeness.address": (400, 360),
    }
    assert judge(policy, Evidence(counts=counts, cost=9.0)) == {
        "success": PASS,
        "p95": FAIL,
        "agreement.birth_date": PASS,
        "completeness.address": INCONCLUSIVE,
        "completeness.sex": ERROR,
        "cost": FAIL,
    }
    assert set(policy.names()) == set(judge(policy, Evidence()))


@pytest.mark.parametrize(
    ("n", "good", "cost", "verdict"),
    [
        (0, 0, 0.0, ERROR),
        (49, 49, 0.1, INCONCLUSIVE),
        (100, 100, 2.0, PASS),
        (100, 90, 1.8, PASS),
        (100, 90, 2.0, FAIL),  # the failed ones are paid for by those that were answered
        (100, 0, 0.0, FAIL),
    ],
)
def test_cost_is_that_of_an_answered_request(n, good, cost, verdict):
    assert judge(GatePolicy(cost=0.02), Evidence(counts={"success": (n, good)}, cost=cost)) == {"cost": verdict}


@pytest.mark.parametrize(
    ("verdicts", "verdict"),
    [
        ([], PASS),
        ([PASS, PASS], PASS),
        ([PASS, INCONCLUSIVE], INCONCLUSIVE),
        ([INCONCLUSIVE, ERROR], ERROR),
        ([ERROR, FAIL, PASS], FAIL),
    ],
)
def test_one_verdict_for_all(verdicts, verdict):
    assert whole(verdicts) == verdict
    assert whole({str(index): one for index, one in enumerate(verdicts)}) == verdict


def test_enough_is_remembered_to_show_every_threshold():
    for threshold in (0.9, 0.99, 0.999, 0.9999):
        policy = GatePolicy(success=threshold)
        half = policy.memory(200) // 2
        assert half >= 200
        assert judge(policy, Evidence(counts={"success": (half, half)}))["success"] == PASS
    assert GatePolicy().memory(5000) >= 10_000


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"agreement": {"portrait_image": 0.9}}, "portrait_image is no field"),
        ({"completeness": {"name": 0.9}}, "name is no field"),
        ({"success": 1.0}, "< 1.0"),
        ({"succes": 0.9}, "unknown field"),
    ],
)
def test_gates_that_cannot_be_meant_are_refused(options, complaint):
    with pytest.raises(msgspec.ValidationError, match=complaint):
        msgspec.convert(options, type=GatePolicy)
