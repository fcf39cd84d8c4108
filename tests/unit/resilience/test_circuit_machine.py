"""The circuit under calls that come, hang and end in any order."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, precondition, rule

from gateway.resilience.circuit import REASONS, BreakerPolicy, Circuit, State
from tests.fakes import FakeClock

CLOSED, OPEN, HALF_OPEN = State.CLOSED, State.OPEN, State.HALF_OPEN

POLICIES = st.builds(
    BreakerPolicy,
    consecutive=st.integers(1, 4),
    ratio=st.sampled_from([0.3, 0.5, 1.0]),
    minimum=st.integers(1, 6),
    window=st.sampled_from([10.0, 60.0]),
    cooldown=st.sampled_from([5.0, 30.0]),
    max_cooldown=st.sampled_from([30.0, 100.0]),
    credential_cooldown=st.sampled_from([60.0, 1800.0]),
)


class CircuitMachine(RuleBasedStateMachine):
    """Calls come, go, hang and end in any order, at any time; the circuit keeps its promises."""

    calls = Bundle("calls")

    def __init__(self):
        super().__init__()
        self.clock = FakeClock(1000.0)
        self.policy = BreakerPolicy()
        self.circuit = Circuit(self.policy, self.changed, clock=self.clock)
        self.probes: set[int] = set()
        self.number = 0
        self.bad_news = 0
        self.shut = False
        self.state = CLOSED

    def changed(self, state: State, reason: str) -> None:
        assert reason in REASONS
        allowed = {
            CLOSED: {OPEN},
            OPEN: {HALF_OPEN, CLOSED, OPEN},
            HALF_OPEN: {OPEN, CLOSED},
        }
        assert state in allowed[self.state]
        if state is OPEN:
            assert self.bad_news > 0, "open without a failure"
            self.shut = reason in {"misconfigured", "exhausted", "gone"}
            longest = self.policy.credential_cooldown if self.shut else self.policy.max_cooldown
            shortest = min(self.policy.cooldown, self.policy.max_cooldown)
            assert shortest <= self.circuit.retry_in <= longest
            assert self.state is not OPEN or self.shut
        if state is CLOSED:
            self.bad_news = 0
        self.state = state
        self.probes.clear()

    @precondition(lambda self: self.number == 0)
    @rule(policy=POLICIES)
    def configure(self, policy):
        self.policy = policy
        self.circuit = Circuit(policy, self.changed, clock=self.clock)
        self.number = 1

    @rule(seconds=st.sampled_from([0.0, 0.5, 3.0, 10.0, 31.0, 120.0, 2000.0]))
    def time_passes(self, seconds):
        self.clock.now += seconds

    @rule(target=calls, insisting=st.booleans())
    def call(self, insisting):
        due = self.circuit.retry_in == 0
        permit = self.circuit.insist() if insisting else self.circuit.admit()
        if permit is None:
            assert not due
            assert not insisting or not self.circuit.may_insist
            return multiple()
        assert due or insisting
        self.number += 1
        if permit.probe:
            assert self.circuit.state is HALF_OPEN
            self.probes.add(self.number)
        return self.number, permit

    @rule(
        call=consumes(calls), verdict=st.sampled_from(["succeeded", "answered", "undecided", "failed", "unreachable"])
    )
    def end(self, call, verdict):
        number, permit = call
        if verdict == "unreachable" and not permit.probe:
            verdict = "failed"
        if verdict in {"failed", "unreachable"}:
            self.bad_news += 1
        getattr(self.circuit, verdict)(permit)
        self.probes.discard(number)

    @rule(call=consumes(calls), reason=st.sampled_from(["misconfigured", "exhausted", "gone"]))
    def end_for_everybody(self, call, reason):
        self.bad_news += 1
        self.circuit.shut(call[1], self.policy.credential_cooldown, reason)
        self.probes.discard(call[0])

    @rule()
    def resume(self):
        self.circuit.resume()

    @invariant()
    def at_most_one_probe(self):
        assert len(self.probes) <= 1
        assert not self.probes or self.circuit.state is HALF_OPEN

    @invariant()
    def nobody_is_shut_out_for_ever(self):
        longest = max(self.policy.max_cooldown, self.policy.credential_cooldown)
        assert self.circuit.retry_in <= longest
        if self.circuit.state is CLOSED:
            assert self.circuit.retry_in == 0
        if self.circuit.state is HALF_OPEN:
            assert (self.circuit.retry_in > 0) == bool(self.probes)

    @invariant()
    def memory_is_bounded(self):
        assert len(self.circuit._window._buckets) <= 10


TestCircuitMachine = CircuitMachine.TestCase
TestCircuitMachine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
