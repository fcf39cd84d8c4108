"""What is counted of a journal: small sums that say nothing of any single request."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from gateway.shadow.agreement import Tally
from gateway.shadow.result import AGREED, Result


@dataclass(slots=True)
class Traffic:
    """Requests of one day and pair; ``answered`` by upstream, ``cost`` with everything that was tried for them."""

    requests: int = 0
    cost: float = 0.0
    answered: Counter[str] = field(default_factory=Counter)

    def update(self, other: Traffic) -> None:
        self.requests += other.requests
        self.cost += other.cost
        self.answered += other.answered


@dataclass(slots=True)
class Work:
    """Attempts at one upstream: how they ended, and what they cost."""

    outcomes: Counter[str] = field(default_factory=Counter)
    cost: float = 0.0

    def add(self, outcome: str, cost: float) -> None:
        self.outcomes[outcome] += 1
        self.cost += cost

    def update(self, other: Work) -> None:
        self.outcomes += other.outcomes
        self.cost += other.cost

    @property
    def answered(self) -> int:
        return self.outcomes["ok"]

    @property
    def per_answer(self) -> float | None:
        return self.cost / self.answered if self.answered else None


@dataclass(slots=True)
class Compared:
    """Comparisons of two upstreams: ``n`` in all, ``both`` of them with two answers, ``spent`` for the second ones.

    ``outcomes`` and ``cost`` are the new one's, where it was asked for the sake of comparing and the old one had an answer.
    ``classes`` count, by field, how the new one's value relates to the old one's; ``fields`` how often that is as good as
    the same, where check digits that prove the new one right count as such.
    """

    n: int = 0
    both: int = 0
    spent: float = 0.0
    cost: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    classes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    fields: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, name: str, result: str, *, proven: bool) -> None:
        """One field of one comparison; ``result`` has the old one as control."""
        self.classes[name][result] += 1
        if result != Result.MISSING_CONTROL:
            self.fields[name] += Tally(1, int(result in AGREED or proven))

    def update(self, other: Compared) -> None:
        self.n += other.n
        self.both += other.both
        self.spent += other.spent
        self.cost += other.cost
        self.outcomes += other.outcomes
        for name, counts in other.classes.items():
            self.classes[name] += counts
        for name, tally in other.fields.items():
            self.fields[name] += tally

    def present(self, name: str) -> int:
        """How often the new one had a value of a field."""
        return sum(number for result, number in self.classes[name].items() if result != Result.MISSING_CANDIDATE)

    @property
    def agreement(self) -> Tally:
        """Of all fields together."""
        return sum(self.fields.values(), Tally())
