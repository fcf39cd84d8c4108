from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.migrate.policy import AdvancePolicy, RampPolicy
from gateway.migrate.ramp import Order, PairState, Ramp, State

NOW = datetime(2026, 12, 1, tzinfo=UTC)
STEPS = (1.0, 5.0, 25.0, 100.0)
GOOD, BAD, UNSURE = (400, 400), (400, 300), (400, 396)


def policy(**changes) -> RampPolicy:
    values = {
        "source": "bangkok",
        "target": "azure",
        "steps": STEPS,
        "advance": AdvancePolicy(samples=200, after=600),
        "gates": GatePolicy(success=0.99),
    }
    return RampPolicy(**(values | changes))


def counts(n: int, good: int, **others) -> Evidence:
    return Evidence(counts={"success": (n, good), **others})


def at(share: float, state: State = State.RUNNING, **changes) -> PairState:
    return PairState(share=share, state=state, since=NOW, reason="passed", **changes)


def judged(state: PairState, evidence: Evidence, seconds: float = 600, **changes):
    ramp = Ramp(policy(**changes))
    return ramp.judged(ramp.observed(state, evidence), NOW + timedelta(seconds=seconds)).after


def place(state: PairState):
    return state.share, state.state


def test_a_pair_begins_on_the_first_step():
    assert place(Ramp(policy()).fresh(NOW)) == (1, State.RUNNING)


def test_a_good_one_climbs_all_steps_and_is_done():
    ramp, now = Ramp(policy()), NOW
    state, shares = ramp.fresh(NOW), []
    while state.state is State.RUNNING:
        shares.append(state.share)
        now += timedelta(seconds=600)
        state = ramp.judged(ramp.observed(state, counts(*GOOD)), now).after
    assert shares == list(STEPS)
    assert place(state) == (100, State.DONE)


@pytest.mark.parametrize(
    ("evidence", "seconds", "why"),
    [
        (counts(199, 199), 600, "samples"),
        (counts(*GOOD), 599, "time"),
        (counts(*UNSURE), 6000, "inconclusive"),
        (counts(40, 0), 6000, "too few to fail"),
        (Evidence(), 600_000, "nobody came"),
    ],
)
def test_what_is_too_little_moves_nothing(evidence, seconds, why):
    assert place(judged(at(5), evidence, seconds)) == (5, State.RUNNING), why


def test_without_gates_samples_and_time_are_enough():
    assert place(judged(at(5), counts(200, 0), gates=GatePolicy())) == (25, State.RUNNING)


def test_a_gate_that_nothing_was_counted_for_holds():
    gates = GatePolicy(success=0.99, agreement={"sex": 0.9})
    ramp = Ramp(policy(gates=gates))
    judgement = ramp.judged(ramp.observed(at(5), counts(*GOOD)), NOW + timedelta(hours=1))
    assert judgement.verdicts == {"success": Verdict.PASS, "agreement.sex": Verdict.ERROR}
    assert (place(judgement.after), judgement.due) == ((5, State.RUNNING), True)


@pytest.mark.parametrize(
    ("on_fail", "share", "follows"),
    [
        ("hold", 25, (25, State.HELD)),
        ("step_back", 25, (5, State.RUNNING)),
        ("step_back", 1, (0, State.ROLLED_BACK)),
        ("rollback", 25, (0, State.ROLLED_BACK)),
    ],
)
def test_a_gate_that_fails(on_fail, share, follows):
    """At once: a bad reader is not given the time of a good one."""
    after = judged(at(share), counts(*BAD), seconds=1, on_fail=on_fail)
    assert (place(after), after.reason) == (follows, "failed")


def test_after_each_step_back_the_next_try_takes_twice_as_long():
    once = judged(at(25), counts(*BAD))
    assert once.setbacks == 1
    assert not once.evidence
    later = {1: 1200, 2: 2400, 5: 19200, 6: 19200, 60: 19200}
    for setbacks, seconds in later.items():
        state = at(5, setbacks=setbacks)
        assert judged(state, counts(*GOOD), seconds - 1).share == 5
        assert judged(state, counts(*GOOD), seconds).share == 25


def test_agreement_is_kept_on_the_way_up_and_forgotten_on_the_way_down():
    gates = GatePolicy(success=0.99, agreement={"sex": 0.9})
    more = {"agreement.sex": (400, 400)}
    assert judged(at(5), counts(*GOOD, **more), gates=gates).evidence == Evidence(counts=more)
    assert not judged(at(5), counts(*BAD, **more), gates=gates).evidence


@pytest.mark.parametrize("state", [State.PAUSED, State.HELD, State.ROLLED_BACK, State.DONE])
@pytest.mark.parametrize("evidence", [counts(*GOOD), counts(*BAD)])
def test_only_one_that_runs_is_moved(state, evidence):
    assert place(judged(at(100, state), evidence, seconds=10**6)) == (100, state)


def test_one_that_was_done_goes_on_where_there_are_further_steps_now():
    assert place(judged(at(5, State.DONE), counts(*GOOD))) == (25, State.RUNNING)


def test_other_steps_in_the_configuration_move_nobody():
    ramp = Ramp(policy(steps=(2.0, 10.0, 100.0)))
    state = at(5)
    assert ramp.judged(state, NOW).after.share == 5
    assert ramp.following(5) == 10
    assert ramp.judged(ramp.observed(state, counts(*BAD)), NOW).after.share == 2


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("order", "follows"),
    [
        (Order.PAUSE, lambda _: (5, State.PAUSED)),
        (Order.RESUME, lambda _: (5, State.RUNNING)),
        (Order.ADVANCE, lambda state: (25, State.PAUSED if state is State.PAUSED else State.RUNNING)),
        (Order.ROLLBACK, lambda _: (0, State.ROLLED_BACK)),
        (Order.GONE, lambda _: (100, State.DONE)),
        (Order.RETURNED, lambda state: (5, state)),
    ],
)
def test_every_order_is_obeyed_in_every_state(state, order, follows):
    assert place(Ramp(policy()).ordered(at(5, state), order, NOW)) == follows(state)


def test_orders_at_the_ends():
    ramp = Ramp(policy())
    assert place(ramp.ordered(at(0, State.ROLLED_BACK), Order.RESUME, NOW)) == (1, State.RUNNING)
    assert place(ramp.ordered(at(0, State.ROLLED_BACK), Order.ADVANCE, NOW)) == (1, State.RUNNING)
    assert place(ramp.ordered(at(100), Order.ADVANCE, NOW)) == (100, State.DONE)


def test_the_cutover_comes_once_and_may_be_undone():
    ramp = Ramp(policy(cutover=NOW))
    before = at(1, State.ROLLED_BACK)
    assert ramp.scheduled(before, NOW - timedelta(seconds=1)) is before
    cut = ramp.scheduled(before, NOW)
    assert (place(cut), cut.reason) == ((100, State.DONE), "cutover")
    undone = ramp.scheduled(ramp.ordered(cut, Order.ROLLBACK, NOW), NOW + timedelta(days=1))
    assert place(undone) == (0, State.ROLLED_BACK)
    assert place(Ramp(policy(cutover=NOW + timedelta(days=1))).scheduled(undone, NOW + timedelta(days=2)))[0] == 100
    assert place(ramp.fresh(NOW + timedelta(days=9))) == (100, State.DONE)


def test_gone_is_obeyed_once_until_it_has_returned():
    ramp = Ramp(policy())
    gone = ramp.ordered(at(1), Order.GONE, NOW)
    undone = ramp.ordered(gone, Order.ROLLBACK, NOW)
    assert place(ramp.ordered(undone, Order.GONE, NOW)) == (0, State.ROLLED_BACK)
    again = ramp.ordered(ramp.ordered(undone, Order.RETURNED, NOW), Order.GONE, NOW)
    assert place(again) == (100, State.DONE)


def test_it_is_kept_as_json():
    state = at(5, obeyed=NOW, evidence=counts(3, 2), setbacks=1)
    assert msgspec.json.decode(msgspec.json.encode(state), type=PairState) == state


EVENTS = st.one_of(
    st.tuples(st.just("time"), st.integers(0, 5000)),
    st.tuples(st.just("counts"), st.tuples(st.integers(0, 600), st.floats(0, 1))),
    st.tuples(st.just("order"), st.sampled_from([Order.PAUSE, Order.RESUME, Order.ADVANCE, Order.ROLLBACK])),
)


@settings(max_examples=300)
@given(st.lists(EVENTS, max_size=60), st.sampled_from(["hold", "step_back", "rollback"]))
def test_whatever_happens(events, on_fail):
    """A share grows by one step at a time at most, is always a step or nothing, and a rollback always works."""
    ramp, now = Ramp(policy(on_fail=on_fail)), NOW
    state = ramp.fresh(now)
    ladder = [0.0, *STEPS]
    for kind, value in events:
        before = state
        match kind:
            case "time":
                now += timedelta(seconds=value)
            case "counts":
                state = ramp.observed(state, counts(value[0], round(value[0] * value[1])))
            case "order":
                state = ramp.ordered(state, value, now)
        state = ramp.judged(state, now).after
        assert state.share in ladder
        assert ladder.index(state.share) <= ladder.index(before.share) + 1
        assert (state.share == 0) == (state.state is State.ROLLED_BACK) or state.state is State.PAUSED
        assert state.evidence.samples <= 2000
        assert place(ramp.ordered(state, Order.ROLLBACK, now)) == (0, State.ROLLED_BACK)
