import pytest

from gateway.errors import UpstreamExhausted, UpstreamGone, UpstreamMisconfigured
from gateway.resilience.circuit import PROBING, BreakerPolicy, Circuit, Permit, State
from tests.fakes import FakeClock

CLOSED, OPEN, HALF_OPEN = State.CLOSED, State.OPEN, State.HALF_OPEN


class Bench:
    """A circuit, its clock, and what it told."""

    def __init__(self, **policy: object):
        self.policy = BreakerPolicy(**policy)
        self.clock = FakeClock(1000.0)
        self.told: list[tuple[State, str]] = []
        self.circuit = Circuit(self.policy, lambda state, reason: self.told.append((state, reason)), clock=self.clock)

    def admit(self) -> Permit:
        permit = self.circuit.admit()
        assert permit is not None
        return permit

    def fail(self, times: int = 1) -> None:
        for _ in range(times):
            self.circuit.failed(self.admit())

    def succeed(self, times: int = 1) -> None:
        for _ in range(times):
            self.circuit.succeeded(self.admit())

    def open(self) -> None:
        self.fail(self.policy.consecutive)
        assert self.circuit.state is OPEN

    def cooldown(self) -> float:
        """Let the cooldown of an open circuit pass; its seconds."""
        seconds = self.circuit.retry_in
        self.clock.now += seconds
        return seconds


def test_a_healthy_upstream_is_asked():
    bench = Bench()
    bench.succeed(100)
    assert bench.circuit.state is CLOSED
    assert bench.circuit.retry_in == 0
    assert bench.circuit.failed_at is None
    assert bench.circuit.may_insist
    assert bench.told == []


def test_failures_in_a_row_open_it():
    bench = Bench()
    bench.fail(4)
    assert bench.circuit.state is CLOSED
    bench.fail()
    assert bench.circuit.state is OPEN
    assert bench.circuit.retry_in == 30
    assert bench.circuit.failed_at == bench.clock.now
    assert bench.circuit.admit() is None
    assert bench.told == [(OPEN, "consecutive")]


def test_a_success_ends_the_row():
    bench = Bench(minimum=1000)
    for _ in range(3):
        bench.fail(4)
        bench.succeed(5)
    assert bench.circuit.state is CLOSED


def test_a_share_of_failures_opens_it():
    bench = Bench()
    for _ in range(4):
        bench.succeed()
        bench.fail()
    bench.succeed()
    assert bench.circuit.state is CLOSED  # 4 of 9
    bench.fail()
    assert bench.told == [(OPEN, "ratio")]  # 5 of 10


def test_a_share_of_few_says_nothing():
    bench = Bench(minimum=11)
    for _ in range(5):
        bench.succeed()
        bench.fail()
    assert bench.circuit.state is CLOSED


def test_a_smaller_share_does_not_open_it():
    bench = Bench()
    for _ in range(50):
        bench.succeed(2)
        bench.fail()
    assert bench.circuit.state is CLOSED


def test_the_share_is_that_of_the_window():
    bench = Bench()
    bench.succeed(100)
    bench.clock.now += 70
    for _ in range(5):
        bench.succeed()
        bench.fail()
    assert bench.told == [(OPEN, "ratio")]


def test_failures_of_long_ago_are_forgotten():
    bench = Bench(consecutive=100)
    bench.fail(9)
    bench.clock.now += 70
    bench.fail()
    assert bench.circuit.state is CLOSED


def test_a_success_does_not_open_it_however_bad_the_share():
    bench = Bench(consecutive=100)
    bench.fail(9)
    bench.succeed()
    assert bench.circuit.state is CLOSED


def test_after_the_cooldown_one_finds_out():
    bench = Bench()
    bench.open()
    bench.clock.now += 29.9
    assert bench.circuit.admit() is None
    assert bench.circuit.state is OPEN
    bench.clock.now += 0.1
    assert bench.circuit.retry_in == 0
    assert bench.circuit.state is OPEN  # until somebody comes
    probe = bench.admit()
    assert probe.probe
    assert bench.circuit.state is HALF_OPEN
    assert bench.circuit.retry_in == PROBING
    assert bench.circuit.admit() is None
    bench.circuit.succeeded(probe)
    assert bench.circuit.state is CLOSED
    assert bench.told == [(OPEN, "consecutive"), (HALF_OPEN, "cooled_down"), (CLOSED, "recovered")]
    assert not bench.admit().probe


def test_a_judgement_on_the_document_is_proof_of_life():
    bench = Bench()
    bench.open()
    bench.cooldown()
    bench.circuit.answered(bench.admit())
    assert bench.circuit.state is CLOSED


def test_a_judgement_on_the_document_says_nothing_while_closed():
    bench = Bench()
    bench.fail(4)
    bench.circuit.answered(bench.admit())
    bench.fail()
    assert bench.circuit.state is OPEN


def test_an_undecided_probe_makes_room_for_the_next():
    bench = Bench()
    bench.open()
    bench.cooldown()
    for _ in range(3):
        bench.circuit.undecided(bench.admit())
        assert bench.circuit.state is HALF_OPEN
        assert bench.circuit.retry_in == 0
    bench.succeed()
    assert bench.circuit.state is CLOSED


def test_a_call_without_a_verdict_says_nothing_while_closed():
    bench = Bench()
    bench.fail(4)
    bench.circuit.undecided(bench.admit())
    assert bench.circuit.state is CLOSED
    bench.fail()
    assert bench.circuit.state is OPEN


def test_after_a_failed_probe_the_cooldown_is_the_same_then_it_grows_to_its_cap():
    bench = Bench()
    bench.open()
    cooldowns = [bench.cooldown()]
    for _ in range(13):
        bench.fail()
        assert bench.circuit.state is OPEN
        cooldowns.append(bench.cooldown())
    assert cooldowns == [30, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300, 300]
    assert bench.told[1:3] == [(HALF_OPEN, "cooled_down"), (OPEN, "probe_failed")]


def test_an_outage_of_a_minute_is_over_within_half_a_minute_of_its_end():
    """Asked every 4 s, of a vendor that is down for the first 60 s."""
    bench = Bench()
    attempts, back = 0, None
    while back is None:
        permit = bench.circuit.admit()
        if permit is not None:
            attempts += 1
            if bench.clock.now < 1060:
                bench.circuit.failed(permit)
            else:
                bench.circuit.succeeded(permit)
                back = bench.clock.now
        bench.clock.now += 4
    assert attempts == 5 + 2
    assert back <= 1060 + 30


def test_after_recovery_the_share_is_counted_anew():
    bench = Bench(cooldown=5.0)
    bench.open()
    bench.cooldown()
    bench.succeed(5)
    bench.fail()
    assert bench.circuit.state is CLOSED


def test_an_opening_soon_after_recovery_is_one_more_in_the_row():
    bench = Bench()
    for _ in range(3):
        bench.open()
        bench.cooldown()
        bench.succeed()
        bench.clock.now += 59
    bench.open()
    assert bench.circuit.retry_in == 90


def test_good_health_makes_the_cooldown_shrink():
    bench = Bench()
    bench.open()
    for _ in range(20):
        bench.cooldown()
        bench.fail()
    assert bench.cooldown() == 300
    bench.succeed()
    bench.clock.now += 60 * 4
    bench.open()
    assert bench.cooldown() == 30 * 7  # one more for opening again, four less for four minutes
    bench.succeed()
    bench.clock.now += 60 * 30
    bench.open()
    assert bench.circuit.retry_in == 30


def test_what_was_under_way_when_it_opened_counts_for_nothing_more():
    bench = Bench()
    late = [bench.admit() for _ in range(3)]
    bench.open()
    bench.circuit.failed(late[0])
    bench.circuit.succeeded(late[1])
    assert bench.circuit.state is OPEN
    assert bench.circuit.retry_in == 30
    bench.cooldown()
    probe = bench.admit()
    bench.circuit.undecided(late[2])
    assert bench.circuit.admit() is None  # the probe is still under way
    bench.circuit.succeeded(probe)
    bench.circuit.failed(probe)
    assert bench.told[-1] == (CLOSED, "recovered")


def test_a_late_failure_is_still_one_that_happened():
    bench = Bench()
    late = bench.admit()
    bench.open()
    bench.clock.now += 5
    bench.circuit.failed(late)
    assert bench.circuit.failed_at == 1005.0


@pytest.mark.parametrize(
    ("error", "seconds"), [(UpstreamMisconfigured, 1800), (UpstreamExhausted, 1800), (UpstreamGone, 300)]
)
def test_what_will_be_said_to_everybody_opens_it_at_once(error, seconds):
    bench = Bench()
    bench.circuit.shut(bench.admit(), seconds, error.outcome)
    assert bench.told == [(OPEN, error.outcome)]
    assert bench.circuit.retry_in == seconds
    assert bench.circuit.failed_at == 1000.0
    bench.cooldown()
    bench.circuit.shut(bench.admit(), seconds, error.outcome)
    assert bench.cooldown() == seconds
    bench.succeed()
    assert bench.circuit.state is CLOSED
    assert bench.circuit.may_insist


def test_refused_credentials_do_not_make_later_cooldowns_longer():
    bench = Bench()
    bench.circuit.shut(bench.admit(), 1800, "misconfigured")
    bench.cooldown()
    bench.succeed()
    bench.open()
    assert bench.circuit.retry_in == 30


def test_nobody_there_costs_no_call_and_another_cooldown():
    bench = Bench()
    bench.open()
    bench.cooldown()
    bench.circuit.unreachable(bench.admit())
    assert bench.told[-1] == (OPEN, "unreachable")
    assert bench.circuit.retry_in == 30
    assert bench.circuit.failed_at == 1030.0


def test_an_insisting_call_gets_through_an_open_circuit_and_may_close_it():
    bench = Bench()
    bench.open()
    bench.clock.now += 1
    assert bench.circuit.may_insist
    assert bench.circuit.admit() is None
    permit = bench.circuit.insist()
    assert permit is not None
    assert not permit.probe
    assert bench.circuit.state is OPEN
    bench.circuit.succeeded(permit)
    assert bench.circuit.state is CLOSED


def test_a_judgement_on_an_insisting_call_closes_it_too():
    bench = Bench()
    bench.open()
    bench.circuit.answered(bench.circuit.insist())
    assert bench.circuit.state is CLOSED


def test_an_insisting_call_that_fails_makes_nothing_worse():
    bench = Bench()
    bench.open()
    bench.clock.now += 10
    for _ in range(20):
        bench.circuit.failed(bench.circuit.insist())
    assert bench.circuit.retry_in == 20
    assert bench.circuit.failed_at == 1010.0
    assert bench.told == [(OPEN, "consecutive")]


def test_an_insisting_call_is_the_probe_where_one_is_due():
    bench = Bench()
    bench.open()
    bench.cooldown()
    assert bench.circuit.insist().probe
    beside = bench.circuit.insist()
    assert not beside.probe
    bench.circuit.failed(beside)
    assert bench.circuit.state is HALF_OPEN
    assert bench.circuit.admit() is None


def test_an_insisting_call_is_an_ordinary_one_while_closed():
    bench = Bench()
    for _ in range(5):
        bench.circuit.failed(bench.circuit.insist())
    assert bench.told == [(OPEN, "consecutive")]


def test_nobody_insists_where_the_answer_is_known():
    bench = Bench()
    bench.circuit.shut(bench.admit(), 1800, "misconfigured")
    assert not bench.circuit.may_insist
    assert bench.circuit.insist() is None
    bench.cooldown()
    assert bench.circuit.insist().probe
    assert bench.circuit.insist() is None  # and while that is being found out
    bench.circuit.failed(Permit(bench.circuit._epoch, probe=True))
    assert bench.circuit.may_insist  # no longer the credentials: what is wrong now may pass


def test_an_insisting_call_may_find_the_credentials_refused():
    bench = Bench()
    bench.open()
    bench.circuit.shut(bench.circuit.insist(), 1800, "misconfigured")
    assert bench.circuit.retry_in == 1800
    assert bench.circuit.insist() is None


def test_only_the_probe_itself_makes_room_for_the_next():
    bench = Bench()
    bench.open()
    bench.cooldown()
    old = bench.admit()
    beside = bench.circuit.insist()
    bench.circuit.undecided(beside)
    assert bench.circuit.admit() is None
    bench.circuit.unreachable(old)
    bench.cooldown()
    new = bench.admit()
    bench.circuit.undecided(old)
    assert bench.circuit.admit() is None
    bench.circuit.undecided(new)
    assert bench.circuit.admit() is not None


def test_can_be_resumed():
    bench = Bench()
    bench.open()
    bench.circuit.resume()
    assert bench.told[-1] == (HALF_OPEN, "resumed")
    assert bench.admit().probe
    bench.circuit.resume()
    assert bench.circuit.admit() is None  # one is under way


def test_resuming_what_is_closed_changes_nothing():
    bench = Bench()
    bench.circuit.resume()
    assert bench.told == []
    assert not bench.admit().probe


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"cooldown": 400.0}, "max_cooldown: not less than cooldown"),
        ({"credential_cooldown": 10.0}, "credential_cooldown: not less than cooldown"),
    ],
)
def test_cooldowns_that_contradict_one_another_are_a_mistake(wrong, words):
    with pytest.raises(ValueError, match=words):
        BreakerPolicy(**wrong)


def test_cooldowns_that_do_not_grow_are_none():
    bench = Bench(cooldown=60.0, max_cooldown=60.0, credential_cooldown=60.0)
    bench.open()
    assert bench.cooldown() == 60
    for _ in range(3):
        bench.fail()
        assert bench.cooldown() == 60
