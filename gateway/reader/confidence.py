"""From evidence to confidence: how often fields chosen for this reason, read this clearly, were right when measured."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from gateway.normalize.tables import load
from gateway.reader.evidence import Evidence, FieldChoice

Table: TypeAlias = Sequence[tuple[float, float]]
"""Rising (score, confidence) points; straight lines between them, level beyond the ends."""

KINDS: Mapping[str, str] = {
    "document_number": "number",
    "birth_date": "date",
    "expiry_date": "date",
    "issue_date": "date",
    "first_name": "name",
    "last_name": "name",
    "country_region": "code",
    "nationality": "code",
    "sex": "code",
    "id_type": "code",
    "side": "code",
    "issuing_authority": "text",
}
"""Field of :class:`gateway.model.IdDocument` -> the kind whose fields fail alike."""


def interpolate(table: Table, score: float) -> float:
    """The table's value at ``score``."""
    after = bisect_right(table, score, key=lambda point: point[0])
    if after == 0:
        return table[0][1]
    if after == len(table):
        return table[-1][1]
    (x0, y0), (x1, y1) = table[after - 1], table[after]
    return y0 + (y1 - y0) * (score - x0) / (x1 - x0)


def table_names(field: str, evidence: Evidence) -> tuple[str, str]:
    """The tables that hold for a field, the more specific one first: ``kind.evidence``, ``evidence``."""
    return f"{KINDS[field]}.{evidence}", str(evidence)


def _load() -> Mapping[str, Table]:
    raw = load("gateway.reader", "calibration.json")
    return {
        name: tuple((point["score"], point["confidence"]) for point in points) for name, points in raw["tables"].items()
    }


_TABLES = _load()


def confidence(choice: FieldChoice) -> float:
    """0..1, below 1. Read from ``calibration.json``, which ``scripts/calibrate.py`` fits to measured readings."""
    names = table_names(choice.field, choice.evidence)
    table = next(_TABLES[name] for name in names if name in _TABLES)
    return round(interpolate(table, choice.score), 4)
