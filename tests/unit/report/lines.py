"""Lines of a journal, for the tests of what is made of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.journal.comparison import AnswerEntry, ComparisonEntry, FieldEntry
from gateway.journal.entry import AttemptEntry, Kind, Kinds, RequestEntry
from gateway.journal.ramp import RampEntry

DAY_1 = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def at(day: int) -> datetime:
    return DAY_1 + timedelta(days=day - 1)


def attempt(
    upstream: str = "old", outcome: str = "ok", milliseconds: float = 500.0, cost: float = 0.01
) -> AttemptEntry:
    return AttemptEntry(upstream=upstream, outcome=outcome, milliseconds=milliseconds, cost=cost)


def request(day: int = 1, *attempts: AttemptEntry, **changes: Any) -> RequestEntry:
    """A Thai card that the last of ``attempts`` answered, or the old upstream."""
    tried = attempts or (attempt(),)
    answered = tried[-1].outcome == "ok"
    values: dict[str, Any] = {
        "time": at(day),
        "request_id": "r",
        "caller": "billing",
        "project_id": "p",
        "enterprise_project_id": None,
        "route": "default",
        "upstream": tried[-1].upstream if answered else "",
        "outcome": tried[-1].outcome,
        "status": 200 if answered else 503,
        "error_code": None,
        "milliseconds": 600.0,
        "input": "image",
        "asked": Kinds(),
        "answered": Kind(country_region="THA", id_type="ID") if answered else None,
        "attempts": tried,
        "cost": sum(one.cost for one in tried),
    }
    return RequestEntry(**values | changes)


def ramp(day: int = 1, share: float = 5.0, pair: str = "THA-ID", **changes: Any) -> RampEntry:
    values: dict[str, Any] = {"route": "cards", "state": "running", "reason": "passed", "gates": {"success": "pass"}}
    return RampEntry(time=at(day), share=share, pair=pair, **values | changes)


def comparison(
    day: int = 1, relation: str = "shadow", outcome: str = "ok", right: str = "", **results: str
) -> ComparisonEntry:
    """Of a Thai card; in reverse it is the new upstream that answered the caller."""
    names = {"shadow": ("old", "new"), "reverse": ("new", "old"), "noise": ("old", "old")}[relation]
    return ComparisonEntry(
        time=at(day),
        request_id="r",
        route="default",
        relation=relation,
        document=Kind(country_region="THA", id_type="ID"),
        control=AnswerEntry(upstream=names[0], outcome="ok", milliseconds=400.0),
        candidate=AnswerEntry(upstream=names[1], outcome=outcome, milliseconds=800.0),
        fields={name: FieldEntry(result=result, right=right) for name, result in results.items()},
        cost=0.02,
    )
