"""How often two readers agree, and how sure one can be of it after so many comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Self

from gateway.shadow.result import AGREED, Result


@dataclass(frozen=True, slots=True)
class Tally:
    """``agreed`` of ``n`` comparisons. Tallies add up."""

    n: int = 0
    agreed: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.agreed <= self.n:
            raise ValueError("agreed: from 0 to n")

    @classmethod
    def of(cls, results: Iterable[Result | str]) -> Self:
        """Count ``results`` of one field. Where the control has nothing there is nothing to agree with: not counted."""
        counted = [result for result in results if result != Result.MISSING_CONTROL]
        return cls(len(counted), sum(result in AGREED for result in counted))

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.n + other.n, self.agreed + other.agreed)

    @property
    def rate(self) -> float | None:
        """Share of agreement, 0..1; None without a comparison."""
        return self.agreed / self.n if self.n else None

    def interval(self, z: float = 1.96) -> tuple[float, float]:
        """Bounds of the true share by Wilson's score interval (JASA 22, 1927); ``z`` of 1.96 means 95 % confidence.

        Holds for few comparisons and for shares near 0 and 1. Without a comparison it may be anything.
        """
        if not self.n:
            return 0.0, 1.0
        share, weight = self.agreed / self.n, z * z / self.n
        centre = share + weight / 2
        spread = z * sqrt(share * (1 - share) / self.n + weight / (4 * self.n))
        return max(0.0, (centre - spread) / (1 + weight)), min(1.0, (centre + spread) / (1 + weight))
