"""Asks the targets of a route in order until one answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gateway.errors import CallerError, DocumentError, GatewayError, NoRoute, UpstreamBusy, UpstreamIncapable
from gateway.events import FailedOver, Observer
from gateway.model import Query, Recognition, Recognizer


@dataclass(frozen=True, slots=True)
class Target:
    """One upstream as a route sees it. ``supports`` is cheap and asks nobody."""

    name: str
    recognizer: Recognizer
    supports: Callable[[Query], bool]


class Failover:
    """Passes over targets that cannot take the query, then asks the others until one answers.

    The next one is asked when the error's class allows it and there is time. When all have failed, the caller gets the
    most telling error: a judgement on the document before a failure of infrastructure, either before "cannot take it" or
    "busy", and the earliest of equals. Raises :class:`NoRoute` where no target can take the query.
    """

    def __init__(
        self,
        route: str,
        targets: Sequence[Target],
        *,
        observer: Observer,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._route = route
        self._targets = tuple(targets)
        self._observer = observer
        self._clock = clock

    async def recognize(self, query: Query, /) -> Recognition:
        able = [target for target in self._targets if target.supports(query)]
        if not able:
            passed_over = ", ".join(target.name for target in self._targets)
            raise NoRoute(f"no target of {self._route} takes such a document; passed over: {passed_over}")
        failures: list[GatewayError] = []
        try:
            for target, following in zip(able, [*able[1:], None], strict=True):
                try:
                    return await target.recognizer.recognize(query)
                except GatewayError as error:
                    failures.append(error)
                    if following is None or not error.failover or self._clock() >= query.deadline:
                        break
                    self._observer(FailedOver(self._route, target.name, following.name, error.outcome))
            raise min(failures, key=_rank)
        finally:
            # An error holds this frame through its traceback, and the frame the picture: break the circle.
            failures.clear()


def _rank(error: GatewayError) -> int:
    """How little an error tells the caller."""
    if isinstance(error, CallerError | DocumentError):
        return 0
    return 2 if isinstance(error, UpstreamIncapable | UpstreamBusy | NoRoute) else 1
