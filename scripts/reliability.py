"""How far confidences can be believed: shares of right fields beside the confidence that was claimed for them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)
SURE = 0.95


def reliability(grades: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """Bins of (confidence, right) and their expected calibration error: the mean distance between what was claimed and
    what came true, weighted by the number of fields. Empty without grades.
    """
    if not grades:
        return {}
    bins = []
    for low, high in pairwise(EDGES):
        inside = [grade for grade in grades if low <= grade[0] < high]
        if inside:
            claimed = sum(score for score, _ in inside) / len(inside)
            right = sum(ok for _, ok in inside)
            bins.append({"from": low, "to": high, "fields": len(inside), "right": right, "claimed": round(claimed, 4)})
    error = sum(abs(row["right"] - row["fields"] * row["claimed"]) for row in bins) / len(grades)
    sure = [right for score, right in grades if score >= SURE]
    return {"fields": len(grades), "error": round(error, 4), "sure": len(sure), "sure_right": sum(sure), "bins": bins}
