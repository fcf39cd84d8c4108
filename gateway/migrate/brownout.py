"""A rehearsal of an upstream's end: at set hours it counts as gone for a share of the requests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from gateway.clock import wall_clock
from gateway.errors import UpstreamGone
from gateway.model import Query, Recognition, Recognizer
from gateway.routing.hours import Hours
from gateway.routing.match import Moment

_PARTS: Final = 10_000


class Day(StrEnum):
    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


_WEEK = tuple(Day)


class BrownoutPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an upstream is passed over as if it were gone. All of what is given has to hold."""

    between: Hours | None = None
    """Hours of the day, such as ``10:00-10:30+07:00``."""

    days: frozenset[Day] = frozenset()
    """Days of the week, such as ``[tue, thu]``, by the clock of ``between``, or of UTC; without them every day."""

    after: Moment | None = None
    """From this moment on."""

    before: Moment | None = None
    """Until just before this moment."""

    fraction: Annotated[float, msgspec.Meta(gt=0, le=1, description="a share above 0, at most 1")] = 1.0
    """Share of the requests that find it gone; the same request always does or never does."""

    def __post_init__(self) -> None:
        if self.between is None and self.before is None:
            raise ValueError("a rehearsal has an end: between or before is needed")
        if self.after is not None and self.before is not None and self.after >= self.before:
            raise ValueError("after is not earlier than before")

    def holds(self, now: datetime) -> bool:
        """Whether it is time at ``now``, which is aware of its zone."""
        if self.after is not None and now < self.after:
            return False
        if self.before is not None and now >= self.before:
            return False
        if self.between is not None and not self.between.holds(now):
            return False
        day = now.astimezone(UTC).weekday() if self.between is None else self.between.weekday(now)
        return not self.days or _WEEK[day] in self.days

    def note(self, now: datetime) -> str:
        """For ``explain``."""
        share = f"as gone for {self.fraction * 100:g} % of requests"
        return f"counts now, in a rehearsal, {share}" if self.holds(now) else f"a rehearsal is planned, {share}"


class Brownout:
    """Around everything else of one upstream, so that neither its circuit nor its attempts know of the rehearsal.

    Raises :class:`UpstreamGone` for requests that find it gone.
    """

    def __init__(
        self, recognizer: Recognizer, name: str, policy: BrownoutPolicy, *, now: Callable[[], datetime] = wall_clock
    ) -> None:
        self._recognizer = recognizer
        self._name = name
        self._policy = policy
        self._now = now

    async def recognize(self, query: Query, /) -> Recognition:
        if self._policy.holds(self._now()) and self._finds_it_gone(query):
            raise UpstreamGone(f"{self._name} counts as gone, in a rehearsal")
        return await self._recognizer.recognize(query)

    def _finds_it_gone(self, query: Query) -> bool:
        digest = hashlib.sha256(f"brownout\0{self._name}\0{query.request_id}".encode()).digest()
        return int.from_bytes(digest[:8]) % _PARTS < round(self._policy.fraction * _PARTS)
