"""What ramps have done, pair by pair: where each stands, and how often it went forward and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from gateway.journal.ramp import RampEntry

MOST = 1000
"""Lines of one ramp and pair that are kept, the latest ones."""


@dataclass(frozen=True, slots=True)
class Climb:
    """One pair on the ramp of one route. ``forward`` and ``back`` are changes of its share."""

    latest: RampEntry
    forward: int
    back: int


class Climbs:
    """Lines may come in any order, as every replica has those of its own decisions."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lines: dict[tuple[str, str], list[RampEntry]] = {}

    def add(self, entry: RampEntry) -> None:
        lines = self._lines.setdefault((entry.route, entry.pair), [])
        lines.append(entry)
        if len(lines) >= 2 * self._most:
            lines[:] = _in_order(lines)[-self._most :]

    def __iter__(self) -> Iterator[Climb]:
        """By route and pair."""
        for _, lines in sorted(self._lines.items()):
            ordered = _in_order(lines)
            steps = [(one.share, other.share) for one, other in pairwise(ordered)]
            yield Climb(ordered[-1], sum(b > a for a, b in steps), sum(b < a for a, b in steps))


def _in_order(lines: list[RampEntry]) -> list[RampEntry]:
    return sorted(lines, key=lambda line: line.time)
