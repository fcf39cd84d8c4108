"""What a run found out, for programs: one JSON object, and one CSV row for each picture at each upstream."""

from __future__ import annotations

from typing import Any

import msgspec

from gateway.evaluate.findings import Findings
from gateway.evaluate.measure import Measure
from gateway.evaluate.verdicts import Standing
from gateway.migrate.evidence import COST
from gateway.report.spreadsheet import Cell, csv_text
from gateway.report.words import threshold
from gateway.shadow.agreement import Tally
from gateway.shadow.compare import FIELDS

SCHEMA = 1
"""Of the JSON; raised when a key changes its meaning or goes."""


def summary_json(found: Findings) -> bytes:
    """Everything but the single pictures. Money in the currency of the prices, seconds, shares from 0 to 1."""
    summary = {
        "version": SCHEMA,
        "time": found.at,
        "config": found.config,
        "verdict": found.verdict,
        "upstreams": list(found.upstreams),
        "reference": "truth" if found.with_truth else found.control if found.compared else None,
        "pictures": {
            "found": found.total,
            "asked": len(found.pictures),
            "copies": found.ending.copies,
            "unusable": found.ending.unusable,
            "unknown": found.unknown,
        },
        "spent": round(found.spent, 6),
        "ended_early": found.ending.reason or None,
        "standings": [_standing(standing) for standing in found.standings],
        "pairs": [
            {"pair": pair, "upstream": upstream, **_measure(measure)}
            for (pair, upstream), measure in sorted(found.measures.items())
        ],
        "overall": {upstream: _measure(measure) for upstream, measure in found.overall.items()},
    }
    return msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n"


def results_csv(found: Findings) -> str:
    """A column for each field holds its class, empty where nothing was compared."""
    head = ["file", "pair", "upstream", "outcome", "seconds", "cost", "attempts", "failures", *FIELDS]
    rows: list[list[Cell]] = []
    for one in sorted(found.pictures, key=lambda one: one.file):
        for upstream, line in sorted(one.lines.items()):
            classes = one.held[upstream].classes
            told: list[Cell] = [one.file, one.pair, upstream, line.outcome, line.seconds, line.cost, line.attempts]
            rows.append([*told, " ".join(line.failures), *(classes.get(name) for name in FIELDS)])
    return csv_text(head, rows)


def _standing(standing: Standing) -> dict[str, Any]:
    gates: dict[str, Any] = {}
    for name, verdict in standing.gates.items():
        told = {} if name == COST else _tally(standing.policy.tally(name, standing.evidence))
        gates[name] = {"verdict": verdict, "threshold": threshold(standing.policy, name), **told}
    return {
        "pair": standing.pair,
        "upstream": standing.upstream,
        "go": standing.go,
        "verdict": standing.verdict,
        "gates": gates,
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "asked": measure.asked,
        "answered": measure.answered,
        "accepted": measure.accepted,
        "success": _tally(measure.success),
        "outcomes": dict(sorted(measure.outcomes.items())),
        "failures": dict(sorted(measure.failures.items())),
        "seconds": {name: measure.quantile(share) for name, share in (("p50", 0.5), ("p95", 0.95), ("most", 1.0))},
        "cost": round(measure.cost, 6),
        "cost_per_accepted": measure.per_accepted,
        "fields": {
            name: {**_tally(tally), "classes": dict(sorted(measure.classes[name].items()))}
            for name, tally in measure.fields.items()
        },
    }


def _tally(tally: Tally) -> dict[str, Any]:
    low, high = tally.interval()
    return {"n": tally.n, "good": tally.agreed, "rate": tally.rate, "low": round(low, 4), "high": round(high, 4)}
