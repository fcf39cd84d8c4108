"""The issuing authority: the print at its label, with its further lines, or nothing."""

from __future__ import annotations

import re
from collections.abc import Collection

from gateway.reader.conventions import AUTHORITY_PRINTED_PLAINLY, spelled_dependably
from gateway.reader.evidence import CERTAIN, Evidence, FieldChoice
from gateway.reader.label_table import Label
from gateway.reader.labelled import LabelledPage, is_value, values_of
from gateway.reader.page import Span, follows, join, same_row

# States whose authority is a code in digits, beside labels in a script that a Latin engine cannot read. Nothing else on
# those pages is a number of that form.
_CODES = {"UKR": re.compile(r"\d{4}")}

# Authorities have names: a number alone, or what an enumerated label looks like ("13. CAN"), is none.
_NAME = re.compile(r"(?!\d{1,2}\s*[.)]).*[^\W\d_]{2}.*", re.DOTALL)

_SHORTEST_LINE = 3
"""Letters of a further line; less is as likely a stray reading of the background."""


def is_expected(country: str | None) -> bool:
    """Whether the authority can be read at all on documents of this state (ISO alpha-3)."""
    return country in _CODES or country in AUTHORITY_PRINTED_PLAINLY


def issuing_authority(page: LabelledPage, *, country: str | None) -> FieldChoice | None:
    """The value under an authority label, or the state's code. ``None`` unless the page holds exactly one, all of whose
    characters are certain and of an alphabet that engines read.
    """
    code = _CODES.get(country or "")
    if code is not None:
        codes = [span for span in page if code.fullmatch(span.text.strip())]
        return _certain(_sole(codes), Evidence.PRINTED_DEDUCED)
    if country not in AUTHORITY_PRINTED_PLAINLY:
        return None
    first = _sole({value.text: value for value in values_of(Label.AUTHORITY, page)}.values())
    whole = _continued(first, page) if first is not None else None
    if whole is None or not _NAME.fullmatch(whole.text.strip()) or not spelled_dependably(whole.text, country):
        return None
    return _certain(whole, Evidence.PRINTED_LABELLED)


def _sole(spans: Collection[Span]) -> Span | None:
    return next(iter(spans)) if len(spans) == 1 else None


def _certain(value: Span | None, evidence: Evidence) -> FieldChoice | None:
    if value is None or value.certainty() < CERTAIN:
        return None
    return FieldChoice("issuing_authority", " ".join(value.text.split()), evidence, value.certainty())


def _continued(value: Span, page: LabelledPage) -> Span | None:
    """The value with the rest of its row and its further lines; ``None`` where a further line may be one or a stray
    reading.
    """
    row = value
    for span in sorted(page, key=lambda span: span.left):
        if span.left > value.left and follows(row, span) and not page[span].kinds and is_value(span):
            row = join(row, span)
    whole = last = row
    for span in page:
        if _is_next_line(span, last) and not page[span].kinds and is_value(span):
            if sum(map(str.isalnum, span.text)) < _SHORTEST_LINE:
                return None
            whole, last = join(whole, span), span
    return whole


def _is_next_line(span: Span, last: Span) -> bool:
    aligned = min(abs(span.left - last.left), abs(span.right - last.right)) < last.height
    near = 0.5 * last.height < span.middle - last.middle < 1.25 * last.height
    return aligned and near and 0.75 < span.height / max(last.height, 1.0) < 1.33 and not same_row(span, last)
