"""Whether the server of shared state is asked: not for a while, once it has failed several times in a row."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from gateway.events import Observer, StateChanged

logger = logging.getLogger(__name__)

FAILURES: Final = 5
"""In a row, after which it is left alone."""

REST: Final = 60.0
"""Seconds for which it is."""


class Guard:
    """``healthy`` says whether the server is asked. ``clock`` gives seconds.

    Calls that were under way together when one of them failed count as one failure: a stall of a moment, be it our own,
    hits all of them at once.
    """

    def __init__(self, observer: Observer, clock: Callable[[], float]) -> None:
        self.healthy = True
        self._observer = observer
        self._clock = clock
        self._failures = 0
        self._until = 0.0

    @property
    def probe_due(self) -> bool:
        """Whether it has rested long enough to be tried once."""
        return not self.healthy and self._clock() >= self._until

    def begin(self) -> int:
        """What a call has to tell :meth:`failed`."""
        return self._failures

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self, began: int, why: str) -> None:
        if began != self._failures or not self.healthy:
            return
        self._failures += 1
        if self._failures >= FAILURES:
            self.rest(why)

    def rest(self, why: str) -> None:
        """Ask no more for :data:`REST` seconds from now. ``why`` goes to the log and is no secret."""
        self._until = self._clock() + REST
        if self.healthy:
            self.healthy = False
            logger.error("the shared state does not answer (%s): limits are kept by this process alone", why)
            self._observer(StateChanged(healthy=False))

    def resume(self) -> None:
        """Ask again as ever."""
        self._failures = 0
        if not self.healthy:
            self.healthy = True
            logger.warning("the shared state answers again")
            self._observer(StateChanged(healthy=True))
