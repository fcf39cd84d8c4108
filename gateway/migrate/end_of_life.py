"""Dates on which upstreams end, and who still needs them by then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gateway.migrate.policy import RampPolicy

NOTICE: Final = 30
"""Days before the end from which on it is worth a warning."""


@dataclass(frozen=True, slots=True)
class Need:
    """A route, the upstreams that may answer it, and its ramp."""

    route: str
    targets: tuple[str, ...]
    ramp: RampPolicy | None = None

    def needs(self, upstream: str, end: datetime) -> bool:
        """Whether the route sends requests to ``upstream`` first, or to it alone, when it ends. A reserve that goes away
        is no outage. A ramp does not need its old upstream from its cutover on.
        """
        if self.ramp is not None and self.ramp.source == upstream:
            return self.ramp.cutover is None or self.ramp.cutover > end
        return self.targets[:1] == (upstream,)


def warnings(ends: Mapping[str, datetime], needs: Iterable[Need], now: datetime) -> list[str]:
    """One line for each upstream in ``ends`` that ends within :data:`NOTICE` days, or has ended, and is still needed."""
    routes = list(needs)
    lines = []
    for name, end in sorted(ends.items(), key=lambda item: item[1]):
        days = (end - now).days
        who = ", ".join(need.route for need in routes if need.needs(name, end))
        if days < NOTICE and who:
            when = f"ended on {end.date()}" if end <= now else f"ends on {end.date()}, in {days} days"
            lines.append(f"upstream {name} {when}, and is still needed by: {who}")
    return lines
