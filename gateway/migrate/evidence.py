"""What has been counted of the new upstream: small, the same whatever the order, and added up over replicas."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gateway.shadow.agreement import Tally

SUCCESS = "success"
P95 = "p95"
COST = "cost"


def agreement(field: str) -> str:
    """The name of the gate on how often ``field`` is read alike."""
    return f"agreement.{field}"


def completeness(field: str) -> str:
    """The name of the gate on how often ``field`` is read at all."""
    return f"completeness.{field}"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """``counts`` are pairs of all and good by the name of the gate; ``cost`` is the price of everything that was tried for
    the requests under ``success``. There is always a count of those.
    """

    counts: dict[str, tuple[int, int]] = {}
    cost: float = 0.0

    def __bool__(self) -> bool:
        return bool(self.counts)

    def tally(self, gate: str) -> Tally:
        return Tally(*self.counts.get(gate, (0, 0)))

    @property
    def samples(self) -> int:
        """Requests that say something about the new upstream."""
        return self.tally(SUCCESS).n

    @property
    def answered(self) -> int:
        """Those of them that the new upstream answered."""
        return self.tally(SUCCESS).agreed

    def plus(self, other: Evidence) -> Evidence:
        names = dict.fromkeys((*self.counts, *other.counts))
        sums = {name: self.tally(name) + other.tally(name) for name in names}
        return Evidence(
            counts={name: (tally.n, tally.agreed) for name, tally in sums.items()}, cost=self.cost + other.cost
        )

    def faded(self, most: int) -> Evidence:
        """With every count of more than ``most`` halved: what is long ago counts for less and less."""
        counts = {name: (n // 2, good // 2) if n > most else (n, good) for name, (n, good) in self.counts.items()}
        return Evidence(counts=counts, cost=self.cost / 2 if self.samples > most else self.cost)

    def comparisons(self) -> Evidence:
        """Agreement alone, which does not depend on how many requests are sent to the new upstream."""
        return Evidence(counts={name: count for name, count in self.counts.items() if name.startswith("agreement.")})


def counted(results: Mapping[str, bool], cost: float = 0.0) -> Evidence:
    """One observation: whether it was good, by the name of the gate."""
    return Evidence(counts={name: (1, int(good)) for name, good in results.items()}, cost=cost)
