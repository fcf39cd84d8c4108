"""Shows a route's requests to another upstream too, once they are answered, and tells how the answers compare."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from gateway.clock import wall_clock
from gateway.errors import CallerError, GatewayError, UpstreamTimeout
from gateway.events import Observer, ShadowDropped
from gateway.model import Query, Recognition, Recognizer, Trail
from gateway.resilience.failover import Target
from gateway.shadow.backlog import Backlog
from gateway.shadow.finding import Answer, Findings
from gateway.shadow.policy import ShadowPolicy
from gateway.shadow.sample import lot
from gateway.shadow.trace import Tracer
from gateway.state.purse import Purse

logger = logging.getLogger(__name__)

PURPOSE: Final = "shadow"
"""The kind of all attempts that are made here, whichever upstream they are made at."""

GRACE: Final = 1.0
"""Seconds beyond its time after which an upstream that does not keep to it is let go."""

UNFORESEEN: Final = "internal_error"


class Shadow:
    """Around the recognizer of the route ``route``, whose answers and errors pass through unchanged and at once.

    ``candidate.supports`` is also where a document may not go. ``controls`` are the route's targets by name, for asking one
    of them again. ``purse`` has the day's money, ``busy`` tells that the gateway has enough to do without this, ``seal`` is
    the operator's key for values. ``now`` is aware of its zone, ``clock`` the event loop's.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        policy: ShadowPolicy,
        candidate: Target,
        *,
        route: str,
        controls: Mapping[str, Target],
        observer: Observer,
        backlog: Backlog,
        purse: Purse | None = None,
        busy: Callable[[], bool] = lambda: False,
        seal: Callable[[bytes], bytes] | None = None,
        now: Callable[[], datetime] = wall_clock,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._recognizer = recognizer
        self._policy = policy
        self._candidate = candidate
        self._route = route
        self._controls = controls
        self._observer = observer
        self._backlog = backlog
        self._purse = purse
        self._busy = busy
        self._now = now
        self._clock = clock
        self._findings = Findings(route, Tracer(now), now=now, seal=seal)

    async def recognize(self, query: Query, /) -> Recognition:
        started = self._clock()
        try:
            recognition = await self._recognizer.recognize(query)
        except GatewayError as error:
            attempts = list(query.trail)
            if attempts and not isinstance(error, CallerError):
                self._consider(query, Answer(attempts[0].upstream, error.outcome, self._clock() - started))
            raise
        document = replace(recognition.document, portrait_image=None)  # large, and nobody compares it
        self._consider(query, Answer(recognition.upstream, "ok", self._clock() - started, document))
        return recognition

    def _consider(self, query: Query, control: Answer) -> None:
        """Begin what is to be done behind the caller's back. Nothing that goes wrong here is the caller's business."""
        try:
            self._sample(query, control)
        except Exception:
            logger.exception("a comparison could not be begun")

    def _sample(self, query: Query, control: Answer) -> None:
        policy, candidate = self._policy, self._candidate
        if lot(query.image, f"shadow:{self._route}:{candidate.name}") >= policy.fraction:
            return
        if control.upstream != candidate.name:
            self._begin(candidate, "reverse" if policy.reverse else "shadow", query, control)
        again = self._controls.get(control.upstream)
        if control.document is None or again is None:
            return
        if lot(query.image, f"noise:{self._route}:{candidate.name}") < policy.noise:
            self._begin(again, "noise", query, control)

    def _begin(self, target: Target, kind: str, query: Query, control: Answer) -> None:
        reason = self._hindrance(target, query)
        if reason:
            self._drop(target, reason)
            return
        self._backlog.start(
            self._backlog.lane(target.name, self._policy.concurrency),
            self._policy.queue,
            query.image,
            partial(self._compare, target, kind, query, control),
            partial(self._drop, target),
        )

    def _hindrance(self, target: Target, query: Query) -> str:
        if self._policy.until is not None and self._now() >= self._policy.until:
            return "ended"
        if self._busy():
            return "load"
        return "" if target.supports(query) else "unsupported"

    def _drop(self, target: Target, reason: str) -> None:
        self._observer(ShadowDropped(self._route, target.name, reason))

    async def _compare(self, target: Target, kind: str, query: Query, control: Answer) -> None:
        if self._purse is not None and await self._purse.empty_for() > 0:
            self._drop(target, "budget")
            return
        asked = replace(
            query,
            deadline=self._clock() + self._policy.timeout,
            purpose=PURPOSE,
            insist=False,
            target="",
            alone=False,
            trail=Trail(),
        )
        try:
            answer = await self._ask(target, asked)
        finally:
            if self._purse is not None:
                await self._purse.spend(asked.trail.cost)
        self._observer(self._findings.of(query, kind, control, answer, asked.trail.cost))

    async def _ask(self, target: Target, query: Query) -> Answer:
        started, document = self._clock(), None
        try:
            async with asyncio.timeout(self._policy.timeout + GRACE):
                document = (await target.recognizer.recognize(query)).document
            outcome = "ok"
        except GatewayError as error:
            outcome = error.outcome
        except TimeoutError:
            outcome = UpstreamTimeout.outcome
        except Exception:
            logger.exception("unforeseen failure of a comparison")
            outcome = UNFORESEEN
        return Answer(target.name, outcome, self._clock() - started, document)
