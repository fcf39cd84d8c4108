"""The value that stands beside or below a label."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from gateway.normalize.printed_dates import printed_dates
from gateway.reader.label_table import Label
from gateway.reader.labels import Labelling, labelling
from gateway.reader.page import Span, overlap

LabelledPage: TypeAlias = Mapping[Span, Labelling]

_LABEL_LINES = 3
"""A label in several languages runs over up to three lines."""


def labelled_page(spans: Sequence[Span]) -> LabelledPage:
    """Every span with the labels found in it, top to bottom."""
    return {span: labelling(span.text) for span in spans}


def values_of(label: Label, page: LabelledPage) -> tuple[Span, ...]:
    """What stands behind the colon of, beside and below every occurrence of ``label``, without further lines of it.

    More than one value means that the reader cannot tell which belongs to the label, or that the value is in parts.
    """
    anchors = [span for span, found in page.items() if label in found.kinds and not printed_dates(span.text)]
    # Right below a label, a line that holds the word among others is as likely its value: "IMMIGRATION AUTHORITY".
    told = (one for one in anchors if page[one].pure or not any(_is_below(other, one) for other in anchors))
    values = (value for anchor in told for value in _values(anchor, label, page))
    return tuple(dict.fromkeys(values))


def is_value(span: Span) -> bool:
    """Whether the span can be a value at all: digits and capitals (labels seldom are), no date."""
    capitals = all(letter.isupper() or letter == "ß" for letter in span.text if letter.isalpha())
    return capitals and any(map(str.isalnum, span.text)) and not printed_dates(span.text)


def _values(anchor: Span, label: Label, page: LabelledPage) -> Iterator[Span]:
    colon = anchor.text.rfind(":") + 1
    if colon and anchor.text[colon:].strip():
        behind = anchor.part(colon, len(anchor.text))
        if is_value(behind):
            yield behind
        return
    yield from (span for span in page if _is_beside(anchor, span) and not page[span].kinds and is_value(span))
    below = _below(anchor, label, page)
    if below is not None:
        yield below


def _is_beside(anchor: Span, span: Span) -> bool:
    """Whether ``span`` starts right after the label, however much larger its print."""
    shared = min(anchor.bottom, span.bottom) - max(anchor.top, span.top)
    gap = span.left - anchor.right
    return span is not anchor and shared > 0.5 * anchor.height and -anchor.height <= gap <= 2.5 * anchor.height


def _below(anchor: Span, label: Label, page: LabelledPage) -> Span | None:
    """The next line down that is no label; another field's label on the way ends the search."""
    floor = anchor
    for _ in range(_LABEL_LINES):
        below = [span for span in page if _is_below(floor, span)]
        if not below:
            return None
        floor = min(below, key=lambda span: (span.middle, span.left))
        found = page[floor]
        if not found.kinds:
            return floor if is_value(floor) else None
        if found.kinds != {label} or not found.pure:
            return None
    return None


def _is_below(upper: Span, lower: Span) -> bool:
    height = max(upper.height, lower.height)
    return 0.5 * upper.height < lower.middle - upper.middle < 2 * height and overlap(upper, lower) > 0.5
