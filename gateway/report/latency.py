"""How long things took, in little memory however many there were."""

from __future__ import annotations

import math
from collections.abc import Iterator

_GROWTH = 1.05
"""A bucket's upper end over its lower one: quantiles are within 2.5 % of the truth."""

_LEAST, _MOST = 0.0005, 86_400.0
"""Seconds: what is less or more is counted as this. Some 390 buckets lie between."""


class Latencies:
    """Durations in seconds, kept as counts in buckets of growing width. Two of them can be added up."""

    __slots__ = ("_buckets", "n", "total")

    def __init__(self) -> None:
        self.n = 0
        self.total = 0.0
        self._buckets: dict[int, int] = {}

    def add(self, seconds: float) -> None:
        within = min(max(seconds, _LEAST), _MOST)
        bucket = round(math.log(within, _GROWTH))
        self._buckets[bucket] = self._buckets.get(bucket, 0) + 1
        self.n += 1
        self.total += seconds

    def update(self, other: Latencies) -> None:
        """Take over everything that ``other`` counted."""
        for bucket, number in other._buckets.items():
            self._buckets[bucket] = self._buckets.get(bucket, 0) + number
        self.n += other.n
        self.total += other.total

    def quantile(self, share: float) -> float | None:
        """Seconds within which ``share`` (0..1) of them were over; None where there are none."""
        for seconds, below in self.steps():
            if below >= share:
                return seconds
        return None

    def within(self, seconds: float) -> int:
        """How many took no longer, to the width of a bucket."""
        return sum(number for bucket, number in self._buckets.items() if _GROWTH**bucket <= seconds)

    def steps(self) -> Iterator[tuple[float, float]]:
        """Seconds, and the share that took no longer: the distribution, rising to 1."""
        below = 0
        for bucket in sorted(self._buckets):
            below += self._buckets[bucket]
            yield _GROWTH**bucket, below / self.n
