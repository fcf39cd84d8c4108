"""The holder's names as the visual zone prints them: proof of the zone's spelling, and its national letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, permutations

from gateway.normalize.name_spelling import capitals, extends, matches, tidy
from gateway.reader.conventions import spelled_dependably
from gateway.reader.evidence import CERTAIN
from gateway.reader.page import Span, join, rows


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name to return, and the certainty of its print."""

    text: str = field(repr=False)
    score: float


def printed_name(candidates: Sequence[Span], zone: str, *, cut: bool, country: str | None) -> PrintedName | None:
    """The print, among :func:`name_candidates`, of the name that the zone spells ``zone``; ``None`` when there is none.

    The print's own letters are returned only where they are certain and of an alphabet that engines read; otherwise
    the print confirms the zone's spelling. ``cut`` says that the zone may have run out of room: a longer print counts.
    """
    found = [span for span in candidates if matches(span.text, zone)]
    if not found and cut:
        longer = [span for span in candidates if extends(span.text, zone) and _certain(span)]
        # The shortest: the others have the line below, or the next one along the row, on top of it.
        found = sorted(longer, key=lambda span: len(span.text))[:1]
    if not found:
        return None
    best = max(found, key=lambda span: span.certainty())
    if _certain(best) and spelled_dependably(best.text, country):
        return PrintedName(capitals(tidy(best.text)), best.certainty())
    return PrintedName(zone, best.certainty())


def shows_full_name(candidates: Sequence[Span], surname: str, given_names: str) -> bool:
    """Whether one line prints both names, in either order."""
    both = (f"{surname} {given_names}", f"{given_names} {surname}")
    return any(matches(span.text, full) for span in candidates for full in both)


def _certain(span: Span) -> bool:
    return span.certainty() >= CERTAIN


def name_candidates(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Every run of print that can be a name: lines, their parts between slashes and commas, lines joined along the row,
    and a line with the one right below it.
    """
    return tuple(dict.fromkeys(chain(spans, _parts(spans), rows(spans), _pairs(spans))))


def _parts(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if "/" in span.text or "," in span.text:
            yield from (span.part(*part.span()) for part in re.finditer(r"[^/,]+", span.text))


def _pairs(spans: Sequence[Span]) -> Iterator[Span]:
    for upper, lower in permutations(spans, 2):
        step = lower.middle - upper.middle
        if 0.6 * upper.height < step < 1.8 * upper.height and abs(lower.left - upper.left) < upper.height:
            yield join(upper, lower)
