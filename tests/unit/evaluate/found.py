"""Findings of a small evaluation, for the tests of what is told of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from gateway.evaluate.findings import Findings
from gateway.evaluate.measure import measures, seen
from gateway.evaluate.results import Line
from gateway.evaluate.run import Ending
from gateway.evaluate.verdicts import standings
from gateway.migrate.gates import GatePolicy
from gateway.migrate.pairs import TABLE_1_PAIRS
from gateway.shadow.compare import Result
from tests.unit.evaluate.made import line

POLICY = GatePolicy(success=0.9, agreement={"birth_date": 0.9}, p95=2, cost=0.02, minimum=10)


def compared(**results: Result) -> dict[str, Any]:
    return {"control": "old", "agreement": results}


def findings(
    lines: list[tuple[str, Line]], truth: dict[str, tuple[str, str]] | None = None, **changes: Any
) -> Findings:
    """What ``lines`` amount to; the upstreams are ``old`` and ``new``."""
    upstreams = changes.pop("upstreams", ("old", "new"))
    pictures = seen(lines, upstreams[0], truth)
    found = measures(pictures, frozenset(truth or ()))
    judged = upstreams if truth is not None or len(upstreams) == 1 else upstreams[1:]
    is_compared = truth is not None or len(upstreams) > 1
    values: dict[str, Any] = {
        "upstreams": upstreams,
        "with_truth": truth is not None,
        "pictures": pictures,
        "measures": found,
        "standings": standings(found, judged, lambda _, __: POLICY, compared=is_compared),
        "takes": {(pair, name): pair != "HKG-ID" for pair in TABLE_1_PAIRS for name in upstreams},
        "ending": Ending(),
        "total": len(pictures),
        "spent": sum(one.cost for _, one in lines),
        "unknown": 0,
        "config": "gateway.yaml (0123456789ab)",
        "at": datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
    }
    return Findings(**values | changes)


def picture(number: int, *, wrong: bool = False, outcome: str = "ok", name: str = "") -> list[tuple[str, Line]]:
    """One Thai card at both: the new one is wrong about the birth date, or ends with ``outcome``."""
    key = {"picture": str(number), "file": name or f"{number:03}.png"}
    result = Result.CONFLICT if wrong else Result.EXACT
    told = compared(birth_date=result, last_name=Result.EQUIVALENT) if outcome == "ok" else {}
    return [("old", line(**key)), ("new", line(**key, outcome=outcome, seconds=1.5, cost=0.015, **told))]


def folder(good: int, bad: int = 0, failed: int = 0) -> list[tuple[str, Line]]:
    pictures = [picture(number) for number in range(good)]
    pictures += [picture(good + number, wrong=True) for number in range(bad)]
    pictures += [picture(good + bad + number, outcome="unavailable") for number in range(failed)]
    return [one for lines in pictures for one in lines]
