"""A journal added up line by line, per day, pair and upstream: memory grows with those and not with requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from gateway.journal.comparison import ComparisonEntry
from gateway.journal.entries import Entry
from gateway.journal.entry import RequestEntry
from gateway.journal.ramp import RampEntry
from gateway.migrate.pairs import ANY, label
from gateway.report.cells import Compared, Traffic, Work
from gateway.report.climbs import Climbs
from gateway.report.latency import Latencies
from gateway.report.usage import Usage
from gateway.shadow.agreement import Tally
from gateway.shadow.result import Result

RECENT = 7
"""Days, the last one of the journals included, that say how things are now."""

_NAMES = 64
"""Upstreams that are told apart; a further one counts as ``other``."""

_SWAPPED: Mapping[str, str] = {
    Result.MISSING_CONTROL: Result.MISSING_CANDIDATE,
    Result.MISSING_CANDIDATE: Result.MISSING_CONTROL,
}


class Ledger:
    """Entries may come in any order. Days are those of UTC."""

    def __init__(self) -> None:
        self.first: date | None = None
        self.last: date | None = None
        self.traffic: defaultdict[tuple[date, str], Traffic] = defaultdict(Traffic)
        """By day and pair."""
        self.work: defaultdict[tuple[date, str, str], Work] = defaultdict(Work)
        """By day, pair and upstream; without what comparisons asked for."""
        self.compared: defaultdict[tuple[date, str, str, str], Compared] = defaultdict(Compared)
        """By day, pair, old and new upstream."""
        self.noise: defaultdict[tuple[str, str, str], Tally] = defaultdict(Tally)
        """How often an upstream agrees with itself: by pair, upstream and field."""
        self.speed: defaultdict[tuple[date, str], Latencies] = defaultdict(Latencies)
        """Of answers, by day and upstream; with those for comparisons."""
        self.usage = Usage()
        self.climbs = Climbs()
        self._names: set[str] = set()
        self._recent: dict[date, defaultdict[tuple[str, str], Latencies]] = {}

    def add(self, entry: Entry | RampEntry) -> None:
        day = entry.time.date()
        self.first = day if self.first is None else min(self.first, day)
        self.last = day if self.last is None else max(self.last, day)
        match entry:
            case RequestEntry():
                self._request(day, entry)
            case ComparisonEntry():
                self._comparison(day, entry)
            case RampEntry():
                self.climbs.add(entry)

    def recent_days(self) -> list[date]:
        """The last days of the journals, oldest first; empty for an empty one."""
        if self.last is None or self.first is None:
            return []
        days = [self.last - timedelta(days=number) for number in range(RECENT)]
        return [day for day in reversed(days) if day >= self.first]

    def recent_speed(self, pair: str, upstream: str) -> Latencies:
        """Of the answers for one pair in the recent days."""
        whole = Latencies()
        for day in self.recent_days():
            if day in self._recent:
                whole.update(self._recent[day][pair, upstream])
        return whole

    def _request(self, day: date, entry: RequestEntry) -> None:
        pair = _pair(entry)
        traffic = self.traffic[day, pair]
        traffic.requests += 1
        traffic.cost += entry.cost
        if entry.answered is not None:
            traffic.answered[self._name(entry.upstream)] += 1
        for attempt in entry.attempts:
            upstream = self._name(attempt.upstream)
            self.work[day, pair, upstream].add(attempt.outcome, attempt.cost)
            if attempt.outcome == "ok":
                self._took(day, pair, upstream, attempt.milliseconds)
        self.usage.add(entry)

    def _comparison(self, day: date, entry: ComparisonEntry) -> None:
        kind = entry.document
        pair = label(kind.country_region, kind.id_type) if kind.country_region and kind.id_type else ANY
        control, candidate = self._name(entry.control.upstream), self._name(entry.candidate.upstream)
        if entry.candidate.outcome == "ok":
            self._took(day, pair, candidate, entry.candidate.milliseconds)
        if entry.relation == "noise":
            for name, told in entry.fields.items():
                self.noise[pair, control, name] += Tally.of([told.result])
            return
        reverse = entry.relation == "reverse"
        old, new = (candidate, control) if reverse else (control, candidate)
        cell = self.compared[day, pair, old, new]
        cell.n += 1
        cell.spent += entry.cost
        cell.both += entry.control.outcome == entry.candidate.outcome == "ok"
        if not reverse and entry.control.outcome == "ok":
            cell.outcomes[entry.candidate.outcome] += 1
            cell.cost += entry.cost
        side = "control" if reverse else "candidate"
        for name, told in entry.fields.items():
            result = _SWAPPED.get(told.result, told.result) if reverse else told.result
            cell.add(name, result, proven=told.right == side)

    def _took(self, day: date, pair: str, upstream: str, milliseconds: float) -> None:
        self.speed[day, upstream].add(milliseconds / 1000)
        assert self.last is not None
        oldest = self.last - timedelta(days=RECENT - 1)
        for past in [known for known in self._recent if known < oldest]:
            del self._recent[past]
        if day >= oldest:
            self._recent.setdefault(day, defaultdict(Latencies))[pair, upstream].add(milliseconds / 1000)

    def _name(self, upstream: str) -> str:
        if upstream not in self._names:
            if len(self._names) >= _NAMES:
                return "other"
            self._names.add(upstream)
        return upstream


def ledger_of(entries: Iterable[Entry | RampEntry]) -> Ledger:
    ledger = Ledger()
    for entry in entries:
        ledger.add(entry)
    return ledger


def days_between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _pair(entry: RequestEntry) -> str:
    """The kind that was read; where nothing was, the one that was asked for."""
    read, wanted = entry.answered, entry.asked
    if read is not None and read.country_region and read.id_type:
        return label(read.country_region, read.id_type)
    if len(wanted.country_region) == 1 and len(wanted.id_type) == 1:
        return label(wanted.country_region[0], wanted.id_type[0])
    return ANY
