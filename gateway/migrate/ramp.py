"""How far a pair has moved and where it goes next. Pure: what was counted, the time and an operator's word come from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import msgspec

from gateway.migrate.evidence import Evidence
from gateway.migrate.gates import Verdict, judge, whole
from gateway.migrate.policy import RampPolicy

MOST_DOUBLINGS: Final = 5
"""Of the time on a step, after so many steps back."""


class State(StrEnum):
    RUNNING = "running"
    """Climbs by itself."""

    PAUSED = "paused"
    """An operator has stopped it where it is."""

    HELD = "held"
    """A gate failed, and ``on_fail: hold`` stopped it where it is."""

    ROLLED_BACK = "rolled_back"
    """The old upstream alone is asked first."""

    DONE = "done"
    """The last step has been passed."""


class Order(StrEnum):
    """What may be said to a ramp in any state. The first four are an operator's."""

    PAUSE = "pause"
    RESUME = "resume"
    ADVANCE = "advance"
    ROLLBACK = "rollback"
    GONE = "gone"
    """The old upstream is gone for good."""
    RETURNED = "returned"
    """It is there again."""


OPERATORS: Final = (Order.PAUSE, Order.RESUME, Order.ADVANCE, Order.ROLLBACK)


class PairState(msgspec.Struct, frozen=True, kw_only=True):
    """``share`` is the percentage that asks the new upstream first, ``since`` when it or ``state`` last changed, and
    ``reason`` why: ``started``, ``passed``, ``failed``, ``operator``, ``cutover``, ``gone``.

    A share and no number of a step, so that other steps in the configuration move nobody. ``setbacks`` are the steps back
    since an operator's last word. ``obeyed`` is the cutover date that has been followed, and ``gone`` says that the same
    has been done for an upstream that is gone: each is done once, and an operator may undo it.
    """

    share: float
    state: State
    since: datetime
    reason: str
    setbacks: int = 0
    obeyed: datetime | None = None
    gone: bool = False
    evidence: Evidence = Evidence()


class Judgement(msgspec.Struct, frozen=True):
    """``after`` is the state that follows; ``due`` says that the step has had its samples and its time."""

    after: PairState
    verdicts: Mapping[str, Verdict]
    due: bool


class Ramp:
    """The rules of one ``migrate``."""

    def __init__(self, policy: RampPolicy) -> None:
        self._policy = policy
        self._steps = policy.steps
        self._memory = policy.gates.memory(policy.advance.samples)

    def fresh(self, now: datetime) -> PairState:
        """Where a pair begins that nobody has asked for."""
        begun = PairState(share=self._steps[0], state=State.RUNNING, since=now, reason="started")
        return self.scheduled(begun, now)

    def scheduled(self, state: PairState, now: datetime) -> PairState:
        """``state``, or what the date of the cutover makes of it."""
        date = self._policy.cutover
        if date is None or now < date or state.obeyed == date:
            return state
        return msgspec.structs.replace(self._all_over(state, now, "cutover"), obeyed=date)

    def observed(self, state: PairState, more: Evidence) -> PairState:
        return msgspec.structs.replace(state, evidence=state.evidence.plus(more).faded(self._memory))

    def judged(self, state: PairState, now: datetime) -> Judgement:
        """What the gates say. A ramp that is not running is not moved; too little evidence moves nothing either way."""
        verdicts = judge(self._policy.gates, state.evidence)
        verdict = whole(verdicts)
        wait = timedelta(seconds=self._policy.advance.after * 2 ** min(state.setbacks, MOST_DOUBLINGS))
        due = state.evidence.samples >= self._policy.advance.samples and now - state.since >= wait
        after = state
        if self._is_climbing(state):
            if verdict is Verdict.FAIL:
                after = self._failed(state, now)
            elif due and verdict is Verdict.PASS:
                after = self._passed(state, now)
        return Judgement(after, verdicts, due)

    def ordered(self, state: PairState, order: Order, now: datetime) -> PairState:
        """What ``order`` makes of ``state``, whichever that is."""
        match order:
            case Order.PAUSE:
                return _moved(state, now, state.share, State.PAUSED, reason="operator", kept=state.evidence)
            case Order.RESUME:
                return _moved(state, now, state.share or self._steps[0], State.RUNNING, reason="operator")
            case Order.ADVANCE:
                return self._pushed(state, now)
            case Order.ROLLBACK:
                return _moved(state, now, 0.0, State.ROLLED_BACK, reason="operator")
            case Order.GONE:
                return state if state.gone else msgspec.structs.replace(self._all_over(state, now, "gone"), gone=True)
            case Order.RETURNED:
                return msgspec.structs.replace(state, gone=False)

    def following(self, share: float) -> float | None:
        """The next step up; None where there is none."""
        return next((step for step in self._steps if step > share), None)

    def _pushed(self, state: PairState, now: datetime) -> PairState:
        """One step up by hand. What is paused stays so: every step is then an operator's."""
        share = self.following(state.share)
        target = State.DONE if share is None else State.RUNNING
        if state.state is State.PAUSED:
            target = State.PAUSED
        kept = state.evidence.comparisons()
        return _moved(state, now, state.share if share is None else share, target, reason="operator", kept=kept)

    def _is_climbing(self, state: PairState) -> bool:
        """A ramp that was done goes on where the configuration has a further step now."""
        return state.state is State.RUNNING or (state.state is State.DONE and self.following(state.share) is not None)

    def _passed(self, state: PairState, now: datetime) -> PairState:
        share = self.following(state.share)
        if share is None:
            return _moved(state, now, state.share, State.DONE, reason="passed", kept=state.evidence)
        return _moved(state, now, share, State.RUNNING, reason="passed", kept=state.evidence.comparisons())

    def _failed(self, state: PairState, now: datetime) -> PairState:
        match self._policy.on_fail:
            case "hold":
                return _moved(state, now, state.share, State.HELD, reason="failed", kept=state.evidence)
            case "step_back":
                share = max((step for step in self._steps if step < state.share), default=0.0)
            case "rollback":
                share = 0.0
        target = State.RUNNING if share else State.ROLLED_BACK
        return msgspec.structs.replace(_moved(state, now, share, target, reason="failed"), setbacks=state.setbacks + 1)

    def _all_over(self, state: PairState, now: datetime, reason: str) -> PairState:
        return _moved(state, now, 100.0, State.DONE, reason=reason, kept=state.evidence)


def _moved(
    state: PairState, now: datetime, share: float, target: State, *, reason: str, kept: Evidence | None = None
) -> PairState:
    """On ``share`` since ``now``, with the evidence that still counts there. An operator's word clears past setbacks."""
    return PairState(
        share=share,
        state=target,
        since=now,
        reason=reason,
        setbacks=0 if reason == "operator" else state.setbacks,
        obeyed=state.obeyed,
        gone=state.gone,
        evidence=kept or Evidence(),
    )
