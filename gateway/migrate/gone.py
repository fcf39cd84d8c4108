"""Finds out that an upstream is gone for good, and not just for a moment."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec

from gateway.errors import UpstreamGone
from gateway.events import AttemptFinished, Event, Observer, UpstreamVanished

logger = logging.getLogger(__name__)

_SILENT = frozenset({"cancelled", "deadline_exceeded"})
"""Outcomes that say nothing about who was asked: nobody waited for the answer."""


class GonePolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an upstream counts as gone for good: 404, 410, no such host, or not subscribed, and nothing else for a while."""

    attempts: Annotated[int, msgspec.Meta(ge=1, le=1000, description="a whole number from 1 to 1000")] = 3
    """In a row. A circuit that is open for this reason lets one through every ``breaker.max_cooldown`` seconds."""

    over: Annotated[float, msgspec.Meta(ge=0, le=604_800, description="seconds, at most those of a week")] = 600.0
    """Seconds from the first of them to the last."""


class Absence:
    """How long one upstream has been gone."""

    def __init__(self, policy: GonePolicy) -> None:
        self.gone = False
        self.attempts = 0
        self.seconds = 0.0
        self._policy = policy
        self._first = 0.0

    def saw(self, outcome: str, now: float) -> bool:
        """Take in the outcome of an attempt; whether ``gone`` is another than before."""
        if outcome in _SILENT:
            return False
        was = self.gone
        if outcome == UpstreamGone.outcome:
            self._first = now if not self.attempts else self._first
            self.attempts += 1
            self.seconds = now - self._first
            self.gone |= self.attempts >= self._policy.attempts and self.seconds >= self._policy.over
        else:
            self.gone, self.attempts, self.seconds = False, 0, 0.0
        return self.gone != was


class GoneWatch:
    """An Observer that looks at every attempt and tells ``observer`` of upstreams that vanish and of those that return.

    Each replica finds out for itself. ``clock`` gives seconds.
    """

    def __init__(
        self,
        policies: Mapping[str, GonePolicy],
        *,
        observer: Observer,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._absences = {name: Absence(policy) for name, policy in policies.items()}
        self._observer = observer
        self._clock = clock

    def __call__(self, event: Event) -> None:
        if not isinstance(event, AttemptFinished) or event.upstream not in self._absences:
            return
        absence = self._absences[event.upstream]
        if absence.saw(event.outcome, self._clock()):
            if absence.gone:
                logger.error("upstream %s is gone: %d attempts in a row say so", event.upstream, absence.attempts)
            else:
                logger.warning("upstream %s is there again", event.upstream)
            self._observer(UpstreamVanished(event.upstream, absence.gone, absence.attempts, absence.seconds))
