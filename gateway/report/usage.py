"""Who used what: requests, attempts and cost by month, enterprise project, account and upstream."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from gateway.journal.entry import RequestEntry
from gateway.report.spreadsheet import csv_text

HEAD = (
    "month",
    "enterprise_project_id",
    "account",
    "upstream",
    "requests",
    "answers",
    "answers_from_cache",
    "attempts",
    "attempts_failed",
    "cost",
)

DEFAULT = "default"
"""Where a request without an ``Enterprise-Project-Id`` was billed."""

_MOST = 200_000
"""Rows; what would be one more counts under the enterprise project ``(others)``, as callers choose what they send."""


@dataclass(slots=True)
class _Row:
    requests: int = 0
    answers: int = 0
    cached: int = 0
    attempts: int = 0
    failed: int = 0
    cost: float = 0.0

    def cells(self) -> tuple[float, ...]:
        return self.requests, self.answers, self.cached, self.attempts, self.failed, self.cost


class Usage:
    """One row for each upstream that was tried for somebody. A request counts once, at the upstream that answered it; one
    that nobody answered counts under no upstream, as its attempts count where they were made.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._rows: defaultdict[tuple[str, str, str, str], _Row] = defaultdict(_Row)

    def add(self, entry: RequestEntry) -> None:
        row = self._row(entry, entry.upstream)
        row.requests += 1
        if entry.answered is not None:
            row.answers += 1
            row.cached += entry.cache in {"hit", "coalesced"}
        for attempt in entry.attempts:
            row = self._row(entry, attempt.upstream)
            row.attempts += 1
            row.failed += attempt.outcome != "ok"
            row.cost += attempt.cost

    def csv(self) -> str:
        return csv_text(HEAD, ((*key, *row.cells()) for key, row in sorted(self._rows.items())))

    def _row(self, entry: RequestEntry, upstream: str) -> _Row:
        month = f"{entry.time:%Y-%m}"
        key = (month, entry.enterprise_project_id or DEFAULT, entry.caller, upstream)
        if key not in self._rows and len(self._rows) >= self._most:
            key = (month, "(others)", entry.caller, upstream)
        return self._rows[key]
