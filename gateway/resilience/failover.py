"""Asks the targets of a route in order until one gives an answer that is good enough."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from gateway import tasks
from gateway.clock import wall_clock
from gateway.errors import CircuitOpen, GatewayError, NoRoute, UpstreamError
from gateway.events import FailedOver, Observer
from gateway.model import Query, Recognition, Recognizer
from gateway.resilience.accept import AcceptPolicy
from gateway.resilience.hedge import HedgeBudget, HedgePolicy
from gateway.resilience.telling import most_telling

NOT_ACCEPTED = "not_accepted"
"""Reason for asking the next target where the one before did answer, but not well enough."""

HEDGED = "hedged"
"""Reason for asking the next target while the one before is still at it."""


class CircuitState(Protocol):
    """What is asked of an upstream's circuit. ``failed_at`` is a moment on the breaker's clock, of its latest failure."""

    @property
    def available(self) -> bool: ...

    @property
    def may_insist(self) -> bool: ...

    @property
    def failed_at(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Target:
    """One upstream as a route sees it. ``supports`` is cheap and asks nobody; ``circuit`` is None for one without."""

    name: str
    recognizer: Recognizer
    supports: Callable[[Query], bool]
    circuit: CircuitState | None = None


@dataclass(slots=True)
class _Course:
    """What has come of one request so far."""

    failures: list[GatewayError] = field(default_factory=list)
    left_alone: list[Target] = field(default_factory=list)
    """Targets that were not asked, as their circuits are open."""
    best: Recognition | None = None
    final: bool = False
    """Nobody else is to be asked: a good answer is there, or an error that would be the same everywhere."""

    def took(self, recognition: Recognition) -> None:
        if self.best is None or len(recognition.shortfall) < len(self.best.shortfall):
            self.best = recognition
        self.final |= not recognition.shortfall

    def failed(self, target: Target, error: GatewayError) -> None:
        self.failures.append(error)
        self.final |= not error.failover
        if isinstance(error, CircuitOpen):
            self.left_alone.append(target)

    def last_resorts(self) -> list[Target]:
        """Where nobody did any work for this request: those that were left alone, the longest-failed first. One of them
        may be well by now; a judgement on the document is worth more than finding that out.
        """
        if self.best is not None or not all(isinstance(error, UpstreamError) for error in self.failures):
            return []
        circuits = [(target, target.circuit) for target in self.left_alone if target.circuit is not None]
        hopeful = [(circuit.failed_at or 0.0, target) for target, circuit in circuits if circuit.may_insist]
        return [target for _, target in sorted(hopeful, key=lambda pair: pair[0])]


class Failover:
    """Passes over targets that cannot take the query, then asks the others until one answers as ``accept`` wants it.

    The next one is asked when the error's class allows it and there is time; with ``hedge``, also while one is slow. Where
    all of several targets failed or have open circuits, the latter are asked nevertheless, the longest-failed first.
    Answers that fall short are kept: the one that lacks least is given where none is better. When all have failed, the
    caller gets the most telling error: a judgement on the document before a failure of infrastructure, either before
    "cannot take it" or "busy", and the earliest of equals. Raises :class:`NoRoute` where no target can take the query.
    """

    def __init__(
        self,
        route: str,
        targets: Sequence[Target],
        *,
        observer: Observer,
        accept: AcceptPolicy | None = None,
        hedge: HedgePolicy | None = None,
        budget: HedgeBudget | None = None,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = lambda: wall_clock().date(),
    ) -> None:
        self._route = route
        self._targets = tuple(targets)
        self._observer = observer
        self._accept = accept
        self._hedge = hedge
        self._budget = budget or (HedgeBudget(hedge.budget) if hedge is not None else None)
        self._clock = clock
        self._today = today

    async def recognize(self, query: Query, /) -> Recognition:
        able = [target for target in self._targets if target.supports(query)]
        if not able:
            passed_over = ", ".join(target.name for target in self._targets)
            raise NoRoute(f"no target of {self._route} takes such a document; passed over: {passed_over}")
        if self._budget is not None:
            self._budget.earn()
        course = _Course()
        try:
            if self._hedge is None or len(able) == 1:
                await self._in_turn(able, query, course)
            else:
                await self._side_by_side(able, query, course, self._hedge)
            if course.best is not None:
                return course.best
            raise most_telling(course.failures)
        finally:
            # An error holds this frame through its traceback, and the frame the picture: break the circle.
            course.failures.clear()

    async def _in_turn(self, able: Sequence[Target], query: Query, course: _Course) -> None:
        waiting = list(able)
        while waiting:
            target = waiting.pop(0)
            reason = await self._ask(target, query, course)
            if not self._goes_on(course, query):
                return
            if not waiting and len(able) > 1:
                waiting, query = _last_turns(course, query)
            if waiting:
                self._observer(FailedOver(self._route, target.name, waiting[0].name, reason))

    async def _side_by_side(self, able: Sequence[Target], query: Query, course: _Course, policy: HedgePolicy) -> None:
        """The same with company: who is slow gets another target beside it, once."""
        running: dict[asyncio.Task[str], Target] = {}
        waiting = list(able)
        hedged = False
        try:
            while waiting or running:
                if not running:
                    self._begin(waiting.pop(0), query, course, running)
                patience = policy.after if waiting and not hedged else None
                done, _ = await asyncio.wait(running, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
                last = next(iter(running.values()))
                for task in done:
                    last = running.pop(task)
                    reason = task.result()
                if course.final or (done and not self._goes_on(course, query)):
                    return
                if not done:
                    hedged = True
                    self._hedge_beside(last, waiting, query, course, running)
                elif not running:
                    if not waiting:
                        waiting, query = _last_turns(course, query)
                    if waiting:
                        self._observer(FailedOver(self._route, last.name, waiting[0].name, reason))
        finally:
            await tasks.stop(*running)

    def _hedge_beside(
        self,
        slow: Target,
        waiting: list[Target],
        query: Query,
        course: _Course,
        running: dict[asyncio.Task[str], Target],
    ) -> None:
        """Begin with the first of ``waiting`` that would let a query in, if there is one and the budget allows it."""
        company = next((target for target in waiting if target.circuit is None or target.circuit.available), None)
        if company is None or self._budget is None or not self._budget.spend():
            return
        waiting.remove(company)
        self._observer(FailedOver(self._route, slow.name, company.name, HEDGED))
        self._begin(company, replace(query, purpose="hedge"), course, running)

    def _begin(self, target: Target, query: Query, course: _Course, running: dict[asyncio.Task[str], Target]) -> None:
        running[tasks.start(self._ask(target, query, course), name=f"ask {target.name}")] = target

    async def _ask(self, target: Target, query: Query, course: _Course) -> str:
        """Ask one target, note in ``course`` what came of it, and return why the next one might be asked."""
        try:
            recognition = await target.recognizer.recognize(query)
        except GatewayError as error:
            course.failed(target, error)
            return error.outcome
        if self._accept is not None:
            shortfall = self._accept.shortfall(recognition.document, self._today())
            recognition = replace(recognition, shortfall=shortfall)
        course.took(recognition)
        return NOT_ACCEPTED

    def _goes_on(self, course: _Course, query: Query) -> bool:
        return not course.final and self._clock() < query.deadline


def _last_turns(course: _Course, query: Query) -> tuple[list[Target], Query]:
    """Who is to be asked in spite of an open circuit, and how; nobody twice."""
    if query.insist:
        return [], query
    return course.last_resorts(), replace(query, insist=True, purpose="last_resort")
