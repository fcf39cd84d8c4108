"""Asks several targets of a route at once and makes one answer of theirs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from gateway import tasks
from gateway.clock import wall_clock
from gateway.consensus.answers import Answers
from gateway.consensus.calibration import Calibration
from gateway.consensus.persons import of_one_person
from gateway.consensus.policy import MOST, ConsensusPolicy
from gateway.consensus.vote import Ballot, Outcome, vote
from gateway.errors import ContradictedDocument, DeadlineExceeded, DocumentError, GatewayError, NoRoute
from gateway.events import FailedOver, Observer
from gateway.model import Query, Recognition
from gateway.resilience.accept import AcceptPolicy
from gateway.resilience.failover import Target
from gateway.resilience.telling import most_telling
from gateway.shadow.compare import FIELDS
from gateway.truth.check import check

PURPOSE: Final = "consensus"
"""The kind of all attempts that are made here: none comes before another."""

UNDECIDED: Final = "undecided"
"""Reason for asking one in reserve where the answers so far do not settle it."""

RESERVED: Final = 0.1
"""Seconds before the request's deadline at which the answers that are there are taken for all."""


@dataclass(slots=True)
class _Course:
    """What has come of one request so far. An answer's place is that of its target."""

    answers: Answers = field(default_factory=Answers)
    failures: list[GatewayError] = field(default_factory=list)
    last: tuple[str, str] = ("", "")
    """The target that was heard of last, and why another one is to be asked."""
    final: bool = False
    """An error has come that would be the same everywhere."""


class Consensus:
    """The answer that ``policy.minimum`` targets or more make together, each field as most of them read it.

    ``targets`` are in order of trust, which decides where nothing else does. Those that cannot take the query are passed
    over. What ``policy.agree`` and ``accept`` miss lets a target in reserve be asked, and is told as a shortfall in the
    end. Raises :class:`NoRoute` where fewer than ``minimum`` can take the query, before anything is paid for;
    :class:`ContradictedDocument` where the answers are of different persons and it is not clear which is right; and where
    there are fewer answers than ``minimum``, the most telling error. One ``calibration`` serves all arms of a route.
    """

    def __init__(
        self,
        route: str,
        targets: Sequence[Target],
        policy: ConsensusPolicy,
        *,
        observer: Observer,
        accept: AcceptPolicy | None = None,
        calibration: Calibration | None = None,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = lambda: wall_clock().date(),
    ) -> None:
        if len(targets) > MOST:
            raise ValueError(f"a consensus has at most {MOST} targets")
        self._route = route
        self._targets = tuple(targets)
        self._policy = policy
        self._observer = observer
        self._accept = accept
        self._calibration = calibration or Calibration()
        self._clock = clock
        self._today = today

    async def recognize(self, query: Query, /) -> Recognition:
        able = [target for target in self._targets if target.supports(query)]
        if len(able) < self._policy.minimum:
            raise NoRoute(
                f"{self._policy.minimum} targets of {self._route} are to agree; {len(able)} take such a document"
            )
        course = _Course()
        try:
            await self._ask(able, replace(query, purpose=query.purpose or PURPOSE), course)
            if len(course.answers) < self._policy.minimum:
                raise most_telling(course.failures or [DeadlineExceeded("too few answers in time")])
            ballot = self._ballot(course.answers)
            if ballot is None:
                raise ContradictedDocument("the answers are of different persons")
            recognition = self._merged(ballot)
            self._calibration.learn(ballot)
            return recognition
        finally:
            # An error holds this frame through its traceback, and the frame the picture: break the circle.
            course.failures.clear()

    async def _ask(self, able: Sequence[Target], query: Query, course: _Course) -> None:
        """Have ``policy.of`` of ``able`` at work or answered, and one more whenever that does not settle it."""
        ends = min(self._clock() + self._policy.timeout, query.deadline - RESERVED)
        running: dict[asyncio.Task[None], Target] = {}
        waiting = list(enumerate(able))
        wanted = self._policy.of or len(able)
        try:
            while not course.final:
                until = ends if self._ballot(course.answers) is not None else query.deadline
                while waiting and len(running) + len(course.answers) < wanted and self._clock() < until:
                    place, target = waiting.pop(0)
                    self._tell(course, target)
                    running[tasks.start(self._one(place, target, query, course), name=f"ask {target.name}")] = target
                if not running:
                    return
                patience = max(0.0, until - self._clock())
                done, _ = await asyncio.wait(running, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    del running[task]
                    task.result()
                if not done or ((self._policy.stop_early or not running) and self._settled(course)):
                    return
                if not running:
                    wanted = len(course.answers) + 1
        finally:
            await tasks.stop(*running)

    def _tell(self, course: _Course, target: Target) -> None:
        """``target`` is asked now; where it was in reserve there is a reason."""
        source, reason = course.last
        if source:
            self._observer(FailedOver(self._route, source, target.name, reason))

    async def _one(self, place: int, target: Target, query: Query, course: _Course) -> None:
        try:
            course.answers.add(place, await target.recognizer.recognize(query))
            course.last = (target.name, UNDECIDED)
        except GatewayError as error:
            course.failures.append(error)
            course.last = (target.name, error.outcome)
            course.final |= not error.failover

    def _settled(self, course: _Course) -> bool:
        """Whether the answers so far make one that leaves nothing to be desired."""
        ballot = self._ballot(course.answers)
        try:
            return ballot is not None and not self._merged(ballot).shortfall
        except DocumentError:
            return False

    def _ballot(self, answers: Answers) -> Ballot | None:
        """Those who may vote; None where they are too few, or of different persons and it is not clear which is the one."""
        members = of_one_person(answers, self._policy.minimum)
        return None if members is None else Ballot(answers, members)

    def _merged(self, ballot: Ballot) -> Recognition:
        today = self._today()
        outcome = _checked(vote(ballot, self._calibration.score), ballot, today)
        agreed = outcome.provenance
        shortfall = [name for name in self._policy.agree if len(agreed.get(name, ())) < self._policy.minimum]
        if self._accept is not None:
            shortfall += self._accept.shortfall(outcome.document, today)
        return Recognition(outcome.document, outcome.upstream, tuple(dict.fromkeys(shortfall)), agreed)


def _checked(outcome: Outcome, ballot: Ballot, today: date) -> Outcome:
    """``outcome`` after the truth checks that every answer passes: a sound zone is right whatever the vote, and what
    cannot stand beside the rest is left out. Raises what :func:`gateway.truth.check.check` raises.
    """
    document = check(outcome.document, today=today)
    answers, provenance = ballot.answers, dict(outcome.provenance)
    for name in FIELDS:
        value = getattr(document, name)
        if value != getattr(outcome.document, name):
            same = [place for place in ballot.members if getattr(answers.document(place), name) == value]
            provenance[name] = () if value is None else tuple(map(answers.upstream, same))
    return Outcome(document, {name: agreed for name, agreed in provenance.items() if agreed}, outcome.upstream)
