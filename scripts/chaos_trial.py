"""All that was seen of a chaos run, and how it is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from scripts.chaos_gateway import ATTEMPT, Sample
from scripts.chaos_load import Asked
from scripts.chaos_schedule import Schedule
from scripts.chaos_vendor import Visit

SLACK = 1.0
"""Seconds by which a busy machine may tell the time of something late."""

LINGER = 0.5
"""Seconds by which a vendor on such a machine may be late to notice that the gateway has let go."""


@dataclass(frozen=True)
class Trial:
    """All that was seen. ``visits`` are the vendors' by name; ``began`` is when the schedule did."""

    schedule: Schedule
    began: float
    callers: int
    asked: Sequence[Asked]
    failures: Sequence[str]
    visits: Mapping[str, Sequence[Visit]]
    samples: Sequence[Sample]
    journal: Sequence[Mapping[str, Any]]
    log: Sequence[Mapping[str, Any]]
    exit_code: int

    @property
    def end(self) -> Sample:
        """The gateway's numbers when all is over."""
        return self.samples[-1]

    def last_resorts(self, name: str, start: float, end: float) -> float:
        """How many began in that time at most at the upstream ``name``; they are counted when they end."""
        before = [_last_resorts(sample, name) for sample in self.samples if sample.at <= start]
        behind = [sample for sample in self.samples if sample.at >= end + ATTEMPT + SLACK] or [self.end]
        return _last_resorts(behind[0], name) - (before[-1] if before else 0.0)


@dataclass(frozen=True)
class Check:
    """One promise: whether it was kept, and the numbers behind it."""

    promise: str
    kept: bool
    said: str


def _last_resorts(sample: Sample, name: str) -> float:
    return sample.total("gateway_attempts_total", upstream=name, kind="last_resort")


def overlap(visits: Iterable[Visit]) -> int:
    """How many went on at once at most."""
    moments = []
    for visit in visits:
        ended = visit.ended - LINGER * visit.left
        moments += [(visit.at, 1), (max(visit.at, ended), -1)]
    return max(accumulate(change for _, change in sorted(moments)), default=0)


def listed(counts: Mapping[str, int]) -> str:
    return f" ({', '.join(f'{name}: {number}' for name, number in sorted(counts.items()))})" if counts else ""
