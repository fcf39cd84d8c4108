"""Results added up: what one upstream did with the documents of one pair, or of all."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gateway.errors import DocumentError, GatewayError
from gateway.evaluate.results import Classes, Line
from gateway.migrate.evidence import SUCCESS, Evidence, agreement, completeness
from gateway.migrate.gates import GatePolicy
from gateway.migrate.pairs import ANY, label
from gateway.shadow.agreement import Tally
from gateway.shadow.compare import FIELDS
from gateway.shadow.result import AGREED, Result

_WRONG = frozenset({Result.NEAR, Result.CONFLICT})


def _outcomes(kind: type[GatewayError]) -> set[str]:
    return {kind.outcome}.union(*(_outcomes(child) for child in kind.__subclasses__()))


_OF_THE_PICTURE = frozenset(_outcomes(DocumentError))
"""Outcomes with which an upstream says that the picture is not to be read."""


@dataclass(frozen=True, slots=True)
class Held:
    """One answer held against the truth or another one. ``proven`` fields are other ones and right nevertheless."""

    classes: Classes
    proven: tuple[str, ...] = ()

    @property
    def disagreeing(self) -> tuple[str, ...]:
        """The fields that are not as they should be; one that only this upstream has is no fault."""
        fine = AGREED | {Result.MISSING_CONTROL}
        return tuple(name for name, result in self.classes.items() if result not in fine and name not in self.proven)

    @property
    def wrong(self) -> bool:
        """Whether a field holds another value."""
        return any(self.classes[name] in _WRONG for name in self.disagreeing)


@dataclass(slots=True)
class Measure:
    """``success`` is over pictures that can be read, as far as is known, and ``tried`` is what those have cost. ``classes``
    are against the truth where the folder has one, else against the first upstream; ``fields`` is how often each was read
    as it should be, of the answers where it should be there. ``accepted`` answers are those that nothing speaks against:
    checks hold, and no field is another one's.
    """

    asked: int = 0
    success: Tally = field(default_factory=Tally)
    accepted: int = 0
    cost: float = 0.0
    tried: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    classes: defaultdict[str, Counter[Result]] = field(default_factory=lambda: defaultdict(Counter))
    fields: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    seconds: array[float] = field(default_factory=lambda: array("d"))
    """Of every answer."""

    @property
    def answered(self) -> int:
        return self.outcomes["ok"]

    @property
    def per_accepted(self) -> float | None:
        return self.cost / self.accepted if self.accepted else None

    def quantile(self, share: float) -> float | None:
        """Seconds within which ``share`` of the answers came."""
        if not self.seconds:
            return None
        return sorted(self.seconds)[max(0, math.ceil(share * len(self.seconds)) - 1)]

    def add(self, line: Line, held: Held, *, readable: bool) -> None:
        self.asked += 1
        self.cost += line.cost
        self.outcomes[line.outcome] += 1
        if readable or line.outcome not in _OF_THE_PICTURE:
            self.success += Tally(1, int(line.answered))
            self.tried += line.cost
        if line.answered:
            self.seconds.append(line.seconds)
            self.read.update(line.fields)
            self.failures.update(line.failures)
            self.accepted += not line.failures and not held.wrong
            for name, result in held.classes.items():
                self.classes[name][result] += 1
                if result is not Result.MISSING_CONTROL:
                    self.fields[name] += Tally(1, int(name not in held.disagreeing))

    def update(self, other: Measure) -> None:
        """Take over everything that ``other`` counted."""
        self.asked += other.asked
        self.success += other.success
        self.accepted += other.accepted
        self.cost += other.cost
        self.tried += other.tried
        self.outcomes += other.outcomes
        self.failures += other.failures
        self.read += other.read
        self.seconds += other.seconds
        for name, counts in other.classes.items():
            self.classes[name] += counts
        for name, tally in other.fields.items():
            self.fields[name] += tally

    def evidence(self, policy: GatePolicy) -> Evidence:
        """The same as a migration counts for the gates of ``policy``."""
        counts = {SUCCESS: self.success}
        if policy.p95 is not None:
            counts[policy.within] = Tally(len(self.seconds), sum(seconds <= policy.p95 for seconds in self.seconds))
        counts |= {agreement(name): tally for name, tally in self.fields.items()}
        counts |= {completeness(name): Tally(self.answered, self.read[name]) for name in policy.completeness}
        return Evidence(counts={name: (tally.n, tally.agreed) for name, tally in counts.items()}, cost=self.tried)


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture at all upstreams: what became of it, and how the answers compare."""

    file: str
    pair: str
    lines: Mapping[str, Line]
    held: Mapping[str, Held]

    @property
    def wrong(self) -> int:
        """How much there is to look at: upstreams without an answer, and fields that are not as they should be."""
        lost = sum(len(FIELDS) for line in self.lines.values() if not line.answered)
        return lost + sum(len(held.disagreeing) for held in self.held.values())


def seen(lines: Iterable[tuple[str, Line]], control: str, truth: Mapping[str, tuple[str, str]] | None) -> list[Seen]:
    """Every picture in ``lines``. ``truth`` is the country and type of each document by file, empty where not stated; None
    where nothing is known of any, so that the answers are compared with those of ``control``.
    """
    by_picture: defaultdict[str, dict[str, Line]] = defaultdict(dict)
    for upstream, line in lines:
        by_picture[line.picture][upstream] = line
    return [_seen(found, control, truth) for found in by_picture.values()]


def _seen(found: Mapping[str, Line], control: str, truth: Mapping[str, tuple[str, str]] | None) -> Seen:
    file = next(iter(found.values())).file
    kinds = [("", "")] if truth is None else [truth.get(file, ("", ""))]
    ordered = sorted(found.items(), key=lambda item: item[0] != control)
    kinds += [(line.country_region or "", line.id_type or "") for _, line in ordered]
    pair = next((label(country, kind) for country, kind in kinds if country and kind), ANY)
    against_truth = truth is not None
    held = {upstream: _held(line, control, against_truth=against_truth) for upstream, line in found.items()}
    return Seen(file, pair, found, held)


def _held(line: Line, control: str, *, against_truth: bool) -> Held:
    if against_truth:
        return Held(line.truth or {})
    return Held(line.agreement or {}, line.proven) if line.control == control else Held({})


def measures(pictures: Iterable[Seen], truth: frozenset[str]) -> dict[tuple[str, str], Measure]:
    """By pair and upstream. ``truth`` are the files of which something is known: they can be read."""
    found: defaultdict[tuple[str, str], Measure] = defaultdict(Measure)
    for one in pictures:
        readable = one.file in truth or any(line.answered for line in one.lines.values())
        for upstream, line in one.lines.items():
            found[one.pair, upstream].add(line, one.held[upstream], readable=readable)
    return dict(found)
