"""Counts what happened lately, in a few buckets of time that are dropped as they grow old."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

BUCKETS = 10
"""The window is forgotten in tenths; its memory does not depend on the load."""


@dataclass(slots=True)
class _Bucket:
    number: int
    total: int = 0
    failures: int = 0


class Window:
    """Outcomes of the last ``seconds``, give or take a tenth."""

    def __init__(self, seconds: float) -> None:
        self._width = seconds / BUCKETS
        self._buckets: deque[_Bucket] = deque(maxlen=BUCKETS)

    def add(self, now: float, *, failed: bool) -> None:
        number = int(now // self._width)
        if not self._buckets or self._buckets[-1].number < number:
            self._buckets.append(_Bucket(number))
        self._buckets[-1].total += 1
        self._buckets[-1].failures += failed

    def counts(self, now: float) -> tuple[int, int]:
        """All outcomes and the failures among them."""
        oldest = int(now // self._width) - BUCKETS
        recent = [bucket for bucket in self._buckets if bucket.number > oldest]
        return sum(bucket.total for bucket in recent), sum(bucket.failures for bucket in recent)

    def clear(self) -> None:
        self._buckets.clear()
