from datetime import UTC, datetime, timedelta

import pytest

from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.migrate.ledger import Additions, Ledger, has_moved, progress
from gateway.migrate.policy import RampPolicy
from gateway.migrate.ramp import Order, Ramp, State
from gateway.state.store import StateUnavailable

NOW = datetime(2026, 12, 1, 8, 30, 1, 123456, tzinfo=UTC)
RAMP = Ramp(RampPolicy(source="a", target="b", gates=GatePolicy(success=0.99)))
GOOD = Evidence(counts={"success": (300, 300)})
BAD = Evidence(counts={"success": (100, 50)})


def saw(pair: str, since: datetime | None, evidence: Evidence) -> Additions:
    additions = Additions()
    additions.saw(pair, since, evidence)
    return additions


def begun(*pairs: str) -> Ledger:
    return Ledger(pairs={pair: RAMP.fresh(NOW) for pair in pairs})


def test_it_is_read_back_as_it_was_written():
    ledger = progress(RAMP, begun("THA-PP"), saw("THA-PP", NOW, GOOD), NOW).ledger
    assert Ledger.read(ledger.text()) == ledger
    assert Ledger.read(None) == Ledger()


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b'{"pairs": 3}', b'{"version": 2, "pairs": {}}', b'{"pairs": {"x": {}}}']
)
def test_what_is_no_ledger_is_left_alone(text):
    with pytest.raises(StateUnavailable):
        Ledger.read(text)


def test_a_pair_begins_with_its_first_observation():
    outcome = progress(RAMP, Ledger(), saw("THA-PP", None, GOOD), NOW)
    state = outcome.ledger.pairs["THA-PP"]
    assert (state.share, state.since, state.evidence) == (1, NOW, GOOD)
    assert outcome.moved == {"THA-PP": {}}


def test_nothing_new_changes_nothing():
    assert progress(RAMP, begun("THA-PP"), Additions(), NOW).ledger == begun("THA-PP")


def test_evidence_of_two_processes_is_judged_together():
    half, later = Evidence(counts={"success": (150, 150)}), NOW + timedelta(hours=1)
    ledger = progress(RAMP, begun("THA-PP"), saw("THA-PP", NOW, half), NOW).ledger
    outcome = progress(RAMP, ledger, saw("THA-PP", NOW, half), later)
    assert outcome.ledger.pairs["THA-PP"].share == 5
    assert outcome.moved == {"THA-PP": {"success": Verdict.PASS}}


def test_each_pair_moves_by_itself():
    additions = saw("THA-PP", NOW, GOOD)
    additions.saw("VNM-ID", NOW, BAD)
    outcome = progress(RAMP, begun("THA-PP", "VNM-ID", "any"), additions, NOW + timedelta(hours=1))
    assert {pair: state.share for pair, state in outcome.ledger.pairs.items()} == {"THA-PP": 5, "VNM-ID": 0, "any": 1}
    assert outcome.moved == {"THA-PP": {"success": Verdict.PASS}, "VNM-ID": {"success": Verdict.FAIL}}


def test_evidence_of_another_step_is_dropped():
    """Else what one process still counts against a bad step would throw the pair back twice."""
    ledger = begun("VNM-ID")
    for since in (None, NOW - timedelta(seconds=1)):
        assert progress(RAMP, ledger, saw("VNM-ID", since, BAD), NOW).ledger == ledger
    additions = Additions(orders=[(Order.RESUME, {"VNM-ID": 1.0})])
    additions.saw("VNM-ID", NOW, BAD)
    later = NOW + timedelta(seconds=5)
    assert not progress(RAMP, ledger, additions, later).ledger.pairs["VNM-ID"].evidence


def test_what_a_due_step_is_held_by_is_told():
    few = Evidence(counts={"success": (200, 199)})
    outcome = progress(RAMP, begun("THA-PP"), saw("THA-PP", NOW, few), NOW + timedelta(hours=1))
    assert (dict(outcome.moved), outcome.stayed) == ({}, {"THA-PP": {"success": Verdict.INCONCLUSIVE}})


def test_an_order_comes_without_verdicts():
    outcome = progress(RAMP, begun("THA-PP"), Additions(orders=[(Order.ROLLBACK, {"THA-PP": 1.0})]), NOW)
    assert outcome.ledger.pairs["THA-PP"].state is State.ROLLED_BACK
    assert outcome.moved == {"THA-PP": {}}


def test_one_step_up_is_one_step_though_it_is_said_twice():
    order = Additions(orders=[(Order.ADVANCE, {"THA-PP": 1.0})])
    once = progress(RAMP, begun("THA-PP"), order, NOW).ledger
    assert once.pairs["THA-PP"].share == 5
    assert progress(RAMP, once, order, NOW).ledger == once


def test_what_could_not_be_said_is_kept_in_order():
    later, earlier = saw("THA-PP", NOW, GOOD), saw("THA-PP", NOW, BAD)
    later.saw("VNM-ID", NOW, GOOD)
    earlier.saw("VNM-ID", None, GOOD)  # of a step that is over by now
    later.orders.append((Order.RESUME, {}))
    earlier.orders.append((Order.PAUSE, {}))
    later.put_back(earlier)
    assert later.evidence == {"THA-PP": (NOW, BAD.plus(GOOD)), "VNM-ID": (NOW, GOOD)}
    assert [order for order, _ in later.orders] == [Order.PAUSE, Order.RESUME]


def test_a_move_is_another_share_state_or_time():
    state = RAMP.fresh(NOW)
    assert has_moved(None, state)
    assert not has_moved(state, RAMP.observed(state, GOOD))
    assert has_moved(state, RAMP.ordered(state, Order.PAUSE, NOW))
