"""Leaves an upstream alone while it fails, while it asked for a rest, and while an operator says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from gateway.errors import (
    CircuitOpen,
    DocumentError,
    GatewayError,
    UndecodableImage,
    UpstreamExhausted,
    UpstreamGone,
    UpstreamMisconfigured,
    UpstreamThrottled,
)
from gateway.events import CircuitChanged, Observer
from gateway.model import Query, Recognition, Recognizer
from gateway.resilience.circuit import BreakerPolicy, Circuit, Permit, State
from gateway.resilience.health import Health
from gateway.resilience.rest import Rest


@dataclass(slots=True, eq=False)
class Standing:
    """What is known about one upstream. ``held``: an operator keeps everybody out, in every mode."""

    circuit: Circuit
    rest: Rest
    held: bool = False

    @property
    def state(self) -> State:
        """The circuit's, and open while held."""
        return State.OPEN if self.held else self.circuit.state


class Breaker:
    """Refuses with :class:`CircuitOpen` what would only fail again, and finds out with one request when that is over.

    Errors whose class ``trips_breaker`` count. A judgement on the document is an answer; what the request itself, our own
    limits or an impatient caller brought about says nothing. A throttled upstream rests as long as it asked for without
    having failed. An insisting query is let in where asking has a chance.

    Given the ``standing`` of another, it goes on with that by its own policy; where it was ``another`` vendor or account
    of that name, with the operator's word alone.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        name: str,
        policy: BreakerPolicy,
        *,
        observer: Observer,
        health: Health | None = None,
        standing: Standing | None = None,
        another: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._recognizer = recognizer
        self._policy = policy
        self._observer = observer
        self._health = health
        if standing is not None and not another:
            self.standing = standing
        else:
            held = standing is not None and standing.held
            self.standing = Standing(Circuit(policy, self._tell, clock=clock), Rest(clock), held)
            if standing is not None and standing.state is not self.state:
                self._tell(self.state, "reconfigured")
        self._circuit, self._rest = self.standing.circuit, self.standing.rest
        self.reconsider()

    def reconsider(self) -> None:
        """What the vendor said about credentials, quota or address may have been put right."""
        self._circuit.follow(self._policy, self._tell)

    @property
    def held(self) -> bool:
        return self.standing.held

    @property
    def state(self) -> State:
        """The circuit's, and open while held."""
        return self.standing.state

    @property
    def failed_at(self) -> float | None:
        """The moment of the last failure that counted, on ``clock``; None before the first."""
        return self._circuit.failed_at

    @property
    def retry_in(self) -> float | None:
        """Seconds until a query may be let in; None while held, as nobody knows."""
        if self.held:
            return None
        return max(self._circuit.retry_in, self._rest.left) if self._policy.mode == "enforce" else 0.0

    @property
    def available(self) -> bool:
        """Whether a query would be let in now."""
        return self.retry_in == 0

    @property
    def may_insist(self) -> bool:
        """Whether an insisting query would be let in: never against an operator's word or the vendor's own."""
        return self.available or (not self.held and self._rest.left == 0 and self._circuit.may_insist)

    def hold_open(self) -> None:
        """Keep everybody out until :meth:`release`. Requests under way go on."""
        if not self.held:
            self.standing.held = True
            self._tell(State.OPEN, "drained")

    def release(self) -> None:
        """Let in again, and end any rest or cooldown: somebody knows better."""
        was_held, self.standing.held = self.held, False
        self._rest.end()
        if self._circuit.state is State.OPEN:
            self._circuit.resume()
        elif was_held:
            self._tell(self._circuit.state, "resumed")

    async def recognize(self, query: Query, /) -> Recognition:
        """Raises :class:`CircuitOpen`, told when to come back, and whatever the upstream raises."""
        if self.held:
            raise CircuitOpen(f"{self.name} is drained")
        if self._policy.mode == "disabled":
            return await self._recognizer.recognize(query)
        mark = self._rest.mark
        permit = self._admit(query)
        if permit is None:  # only looked on: a call that would have been refused counts for nothing
            return await self._recognizer.recognize(query)
        try:
            if permit.probe and self._health is not None and self._policy.mode == "enforce":
                await self._look(self._health, permit, query)
            recognition = await self._recognizer.recognize(query)
        except BaseException as error:
            self._settle(permit, mark, error)
            raise
        self._rest.answered(mark)
        self._circuit.succeeded(permit)
        return recognition

    def _admit(self, query: Query) -> Permit | None:
        enforced = self._policy.mode == "enforce"
        if self._rest.left == 0:
            permit = self._circuit.insist() if query.insist and enforced else self._circuit.admit()
            if permit is not None:
                return permit
        if enforced:
            raise CircuitOpen(f"{self.name} is left alone for now", retry_after=self.retry_in)
        return None

    async def _look(self, health: Health, permit: Permit, query: Query) -> None:
        if not await health.reachable(query.deadline):
            self._circuit.unreachable(permit)
            raise CircuitOpen(f"{self.name} cannot be reached", retry_after=self.retry_in)

    def _settle(self, permit: Permit, mark: int, error: BaseException) -> None:
        """Which error means what. Every permit comes back here, so that no probe is ever lost."""
        match error:
            case UpstreamThrottled():
                seconds = self._rest.impose(mark, error.retry_after)
                if self._policy.mode == "enforce":  # who asks again sooner is refused: let them know
                    error.retry_after = max(seconds, error.retry_after or 0.0)
                self._circuit.undecided(permit)
            case UpstreamMisconfigured() | UpstreamExhausted():
                self._circuit.shut(permit, self._told(error, self._policy.credential_cooldown), error.outcome)
            case UpstreamGone():
                self._circuit.shut(permit, self._told(error, self._policy.max_cooldown), error.outcome)
            case UndecodableImage():
                self._circuit.undecided(permit)
            case DocumentError():
                self._rest.answered(mark)
                self._circuit.answered(permit)
            case GatewayError() if error.trips_breaker:
                self._circuit.failed(permit)
            case _:
                self._circuit.undecided(permit)

    def _told(self, error: GatewayError, seconds: float) -> float:
        """``seconds``, or less where the vendor knows when it will be well again."""
        return seconds if error.retry_after is None else min(max(error.retry_after, self._policy.cooldown), seconds)

    def _tell(self, state: State, reason: str) -> None:
        self._observer(CircuitChanged(self.name, state, reason, observed=self._policy.mode == "observe"))
