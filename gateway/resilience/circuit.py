"""When an upstream that fails is left alone, and when it is tried again. Pure: no I/O, a clock from outside."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from gateway.resilience.window import Window

_Seconds: TypeAlias = Annotated[float, Meta(gt=0, le=86400, description="seconds above 0, at most 86400")]
_Count: TypeAlias = Annotated[int, Meta(ge=1, le=10_000, description="a whole number from 1 to 10000")]

PROBING = 1.0
"""Seconds to come back in while somebody else finds out: about the time that an answer takes."""

REASONS = (
    "consecutive", "ratio", "probe_failed", "unreachable", "misconfigured", "exhausted", "gone",
    "cooled_down", "recovered", "drained", "resumed", "reconfigured",
)  # fmt: skip
"""Why the state of a circuit changes: to open, to half-open, to closed, by an operator's hand, and by a reload."""


class BreakerPolicy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When an upstream counts as down, and for how long it is then left alone."""

    consecutive: _Count = 5
    """Failures in a row that open the circuit."""

    ratio: Annotated[float, Meta(gt=0, le=1, description="a share above 0, at most 1")] = 0.5
    """Share of failures in the last ``window`` seconds that opens it."""

    minimum: _Count = 10
    """Answers and failures in the window below which ``ratio`` says nothing."""

    window: _Seconds = 60.0
    """Seconds that ``ratio`` looks back, and of good health that take one step off the growth of ``cooldown``."""

    cooldown: _Seconds = 30.0
    """Seconds for which an open circuit refuses, and again where the first probe fails: by then a short outage is over.
    Twice as many after the second, three times after the third, and so on."""

    max_cooldown: _Seconds = 300.0
    """Seconds that this grows to, and the cooldown of an API that is said to be gone."""

    credential_cooldown: _Seconds = 1800.0
    """Seconds after refused credentials or a used-up quota. A reload and an operator's resume end it."""

    mode: Literal["enforce", "observe", "disabled"] = "enforce"
    """``observe`` keeps the states and tells about them, and refuses nobody; ``disabled`` does not even look."""

    def __post_init__(self) -> None:
        if self.max_cooldown < self.cooldown:
            raise ValueError("max_cooldown: not less than cooldown")
        if self.credential_cooldown < self.cooldown:
            raise ValueError("credential_cooldown: not less than cooldown")


class State(StrEnum):
    CLOSED = "closed"
    """Everybody is let in."""

    OPEN = "open"
    """Nobody is, until the cooldown is over and somebody comes."""

    HALF_OPEN = "half_open"
    """One at a time is, to find out."""


@dataclass(frozen=True, slots=True)
class Permit:
    """A call that was let in. What came of it is told to the circuit once; after the next change of state it is void."""

    epoch: int
    probe: bool


class Circuit:
    """Closed, open, half-open; ``changed`` is told the new state and one of ``REASONS``."""

    def __init__(
        self,
        policy: BreakerPolicy,
        changed: Callable[[State, str], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.state = State.CLOSED
        self.failed_at: float | None = None
        """When the last failure was counted; None before the first."""
        self._clock = clock
        self._epoch = 0
        self._since = clock()
        self._until = clock()
        self._consecutive = 0
        self._openings = 0
        self._hopeless = False
        self._policy = policy
        self._window = Window(policy.window)
        self.follow(policy, changed)
        self._probing = False

    def follow(self, policy: BreakerPolicy, changed: Callable[[State, str], None]) -> None:
        """Go by ``policy`` from now on. The state stays, but where credentials, quota or address were said to be wrong,
        the next call finds out whether they have been put right, and no cooldown is longer than ``policy`` makes it.
        """
        if policy.window != self._policy.window:
            self._window = Window(policy.window)
        self._policy = policy
        self._changed = changed
        self._most_openings = ceil(policy.max_cooldown / policy.cooldown) + 1
        if self._hopeless and self.state is State.OPEN:
            self._move(State.HALF_OPEN, "reconfigured")
        elif self.state is State.OPEN:
            self._until = min(self._until, self._since + self._cooldown())

    @property
    def retry_in(self) -> float:
        """Seconds until :meth:`admit` may say yes; 0 where it does now."""
        if self.state is State.OPEN:
            return max(0.0, self._until - self._clock())
        return PROBING if self._probing else 0.0

    @property
    def may_insist(self) -> bool:
        """Whether asking in spite of the circuit has a chance: not where the answer is known without asking."""
        return not self._hopeless

    def admit(self) -> Permit | None:
        """Let a call in: any while closed, one at a time after a cooldown."""
        if self.retry_in > 0:
            return None
        if self.state is State.OPEN:
            self._move(State.HALF_OPEN, "cooled_down")
        self._probing = self.state is State.HALF_OPEN
        return Permit(self._epoch, self._probing)

    def insist(self) -> Permit | None:
        """Let a call in although the circuit is open, because there is nobody better to ask."""
        return self.admit() or (Permit(self._epoch, False) if self.may_insist else None)

    def succeeded(self, permit: Permit) -> None:
        """The upstream did its part: an open circuit closes, whoever found out."""
        if permit.epoch != self._epoch:
            return
        if self.state is State.CLOSED:
            self._consecutive = 0
            self._window.add(self._clock(), failed=False)
        else:
            self._hopeless = False
            self._move(State.CLOSED, "recovered")

    def answered(self, permit: Permit) -> None:
        """The upstream judged the request: proof of life while that is the question, else no proof of anything."""
        if self.state is not State.CLOSED:
            self.succeeded(permit)

    def undecided(self, permit: Permit) -> None:
        """The call says nothing about the upstream. A probe makes room for the next one."""
        if permit.epoch == self._epoch and permit.probe:
            self._probing = False

    def failed(self, permit: Permit) -> None:
        """The upstream did not do its part. Calls from before the last change count for nothing more."""
        self.failed_at = self._clock()
        if permit.epoch != self._epoch:
            return
        if permit.probe:
            self._open("probe_failed")
        elif self.state is State.CLOSED:
            self._consecutive += 1
            self._window.add(self.failed_at, failed=True)
            total, failures = self._window.counts(self.failed_at)
            if self._consecutive >= self._policy.consecutive:
                self._open("consecutive")
            elif total >= self._policy.minimum and failures >= self._policy.ratio * total:
                self._open("ratio")

    def unreachable(self, permit: Permit) -> None:
        """The probe was not even made: nobody listens there."""
        self.failed_at = self._clock()
        if permit.epoch == self._epoch:
            self._open("unreachable")

    def shut(self, permit: Permit, seconds: float, reason: str) -> None:
        """The upstream said what will be said to everybody: open at once, for ``seconds``."""
        self.failed_at = self._clock()
        if permit.epoch == self._epoch:
            self._hopeless = True
            self._until = self.failed_at + seconds
            self._move(State.OPEN, reason)

    def resume(self) -> None:
        """End a cooldown: the next call is the probe."""
        if self.state is State.OPEN:
            self._move(State.HALF_OPEN, "resumed")

    def _open(self, reason: str) -> None:
        """For longer with every opening in a row; each window of good health makes up for one."""
        now = self._clock()
        healthy = int((now - self._since) // self._policy.window) if self.state is State.CLOSED else 0
        self._openings = min(max(0, self._openings - healthy) + 1, self._most_openings)
        self._until = now + self._cooldown()
        self._hopeless = False
        self._move(State.OPEN, reason)

    def _cooldown(self) -> float:
        """Seconds that the present opening lasts, by how many there were in a row."""
        return min(self._policy.cooldown * max(1, self._openings - 1), self._policy.max_cooldown)

    def _move(self, state: State, reason: str) -> None:
        self.state = state
        self._epoch += 1
        self._since = self._clock()
        self._consecutive = 0
        self._probing = False
        self._window.clear()
        self._changed(state, reason)
