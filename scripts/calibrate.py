"""Fit ``gateway/reader/calibration.json``: how often readings with this evidence and score were right.

    python scripts/calibrate.py observations.jsonl --fitted-on "what was read" --out gateway/reader/calibration.json

Each line of the input is ``{"field": …, "evidence": …, "score": 0..1, "right": true|false}``: one choice of
``gateway.reader.document.explain_document`` and whether it was the truth. Per evidence class, and per kind of field and
evidence where there are enough, the share of right readings is made to rise with the score (pool adjacent violators)
and kept off 0 and 1 (Laplace). The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from gateway.reader.confidence import table_names
from gateway.reader.evidence import Evidence

GROUPS = 10
SMALLEST_GROUP = 25
"""Readings are looked at in up to ten groups of like score, of at least so many."""

ENOUGH = 50
"""Readings without which an evidence class keeps its prior, and a kind of field the table of its evidence class."""

CEILING = 0.999
"""No share measured on drawn or public specimens justifies more."""

UNSEEN = 0.5
"""Confidence at score 0, below every reading measured: as good as a coin."""

PRIOR: Mapping[Evidence, float] = {
    Evidence.CHECKED_AND_PRINTED: 0.99,
    Evidence.CHECKED: 0.96,
    Evidence.REPAIRED: 0.85,
    Evidence.OWN_CHECK_ONLY: 0.8,
    Evidence.COMPOSITE_ONLY: 0.7,
    Evidence.CHECK_FAILED_PRINTED: 0.7,
    Evidence.CHECK_FAILED: 0.3,
    Evidence.PRINTED_OTHERWISE: 0.4,
    Evidence.PRINTED: 0.97,
    Evidence.REPEATED: 0.96,
    Evidence.UNCHECKED: 0.85,
    Evidence.UNLISTED: 0.3,
    Evidence.PRINTED_LABELLED: 0.85,
    Evidence.PRINTED_DEDUCED: 0.8,
    Evidence.ZONE_FORMAT: 0.97,
}
"""Confidence at score 1 of classes with too few readings: set low by judgement, and marked by ``"n": 0`` in the
file."""


class Point(TypedDict):
    score: float
    confidence: float
    n: int


@dataclass(frozen=True)
class Block:
    """Neighbouring readings that share one confidence."""

    lowest: float
    highest: float
    n: int
    right: int

    @property
    def confidence(self) -> float:
        return (self.right + 1) / (self.n + 2)

    def merged(self, other: Block) -> Block:
        return Block(self.lowest, other.highest, self.n + other.n, self.right + other.right)


def fit(readings: Iterable[tuple[float, bool]]) -> list[Point]:
    """Points of a rising, piecewise linear table from (score, right) pairs; level within each pooled block."""
    blocks: list[Block] = []
    for group in _groups(sorted(readings)):
        block = Block(group[0][0], group[-1][0], len(group), sum(right for _, right in group))
        while blocks and blocks[-1].confidence >= block.confidence:
            block = blocks.pop().merged(block)
        blocks.append(block)
    points: list[Point] = [{"score": 0.0, "confidence": UNSEEN, "n": 0}]
    for block in blocks:
        confidence = round(min(block.confidence, CEILING), 4)
        points[0]["confidence"] = min(points[0]["confidence"], confidence)
        ends = sorted({block.lowest, block.highest} - {0.0})
        points.extend({"score": score, "confidence": confidence, "n": block.n} for score in ends)
    return points


def _groups(readings: Sequence[tuple[float, bool]]) -> list[list[tuple[float, bool]]]:
    """Runs of about equal length that never part readings of one score; a short rest joins the last run."""
    length = max(SMALLEST_GROUP, -(-len(readings) // GROUPS))
    groups: list[list[tuple[float, bool]]] = []
    for reading in readings:
        if not groups or (len(groups[-1]) >= length and groups[-1][-1][0] != reading[0]):
            groups.append([])
        groups[-1].append(reading)
    if len(groups) > 1 and len(groups[-1]) < SMALLEST_GROUP:
        rest = groups.pop()
        groups[-1].extend(rest)
    return groups


def calibrate(lines: Iterable[str], fitted_on: str) -> dict[str, object]:
    """The content of ``calibration.json``."""
    readings: dict[str, list[tuple[float, bool]]] = {}
    count = 0
    for line in lines:
        observed = json.loads(line)
        count += 1
        for name in table_names(observed["field"], Evidence(observed["evidence"])):
            readings.setdefault(name, []).append((round(float(observed["score"]), 3), bool(observed["right"])))
    tables = {name: fit(found) for name, found in sorted(readings.items()) if len(found) >= ENOUGH}
    for evidence, confidence in PRIOR.items():
        tables.setdefault(str(evidence), _prior(confidence))
    return {"fitted_on": fitted_on, "observations": count, "tables": dict(sorted(tables.items()))}


def _prior(confidence: float) -> list[Point]:
    """Half at score 0, most of the way at the score that counts as certain."""
    shares = ((0.0, 0.5), (0.9, 0.85), (1.0, 1.0))
    return [{"score": score, "confidence": round(confidence * share, 4), "n": 0} for score, share in shares]


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the reader's confidence to measured readings.")
    parser.add_argument("observations", type=Path)
    parser.add_argument("--fitted-on", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with options.observations.open(encoding="utf-8") as lines:
        fitted = calibrate(lines, options.fitted_on)
    options.out.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
