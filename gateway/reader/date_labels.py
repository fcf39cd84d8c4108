"""Which label a printed date belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.normalize.printed_dates import printed_dates
from gateway.reader.label_table import Label
from gateway.reader.labelled import LabelledPage, is_value
from gateway.reader.labels import labelling
from gateway.reader.page import Span, overlap, same_row

_DATE_LABELS = frozenset({Label.BIRTH, Label.ISSUE, Label.EXPIRY})
_LABEL_LINES = 3


def governing_label(before: str, spot: Span, spots: Sequence[Span], page: LabelledPage) -> Label | None:
    """The label of the date at ``spot``: in the text ``before`` it, else to its left, else above it.

    ``None`` when there is none, or one that announces two dates; OTHER when it announces something else. ``spots`` are
    the places of all dates.
    """
    kinds = labelling(before).kinds
    if kinds:
        return _one(kinds)
    beside = [span for span in page if same_row(span, spot) and span.right <= spot.left + spot.height]
    if beside:
        nearest = max(beside, key=lambda span: span.right)
        kinds = page[nearest].kinds & _DATE_LABELS
        if kinds and not printed_dates(nearest.text):
            return _one(kinds)
    return _label_above(spot, spots, page)


def _label_above(spot: Span, spots: Sequence[Span], page: LabelledPage) -> Label | None:
    """Up to three lines of print above the date, as far as the next value or date."""
    ceiling = spot.middle
    for _ in range(_LABEL_LINES):
        above = [
            span
            for span in page
            if 0.4 * spot.height < ceiling - span.middle < 1.7 * spot.height and overlap(span, spot) > 0.3
        ]
        if not above:
            return None
        ceiling = max(span.middle for span in above)
        row = [span for span in above if ceiling - span.middle < 0.3 * spot.height]
        if any(
            other.top < span.middle < other.bottom and overlap(span, other) > 0.3 for span in row for other in spots
        ):
            return None
        kinds = frozenset[Label]().union(*(page[span].kinds for span in row))
        if kinds:
            return _one(kinds)
        if any(map(is_value, row)):
            return None
    return None


def _one(kinds: frozenset[Label]) -> Label | None:
    dates = kinds & _DATE_LABELS
    if len(dates) == 1:
        return next(iter(dates))
    return None if dates else Label.OTHER
