"""Rows of a layout's shape, taken apart into fields and weighed: how much this looks like a zone of that kind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from gateway.reader.mrz.codes import usual_code
from gateway.reader.mrz.coerce import coerce
from gateway.reader.mrz.glyph import FILLER, Row, text_of
from gateway.reader.mrz.layout import Kind, Layout, Span
from gateway.reader.mrz.names import split_names
from gateway.reader.mrz.record import MrzRecord
from gateway.reader.mrz.states import known
from gateway.reader.mrz.tail import quiet_tail
from gateway.reader.mrz.verify import document_number, verify

PRESENT = 9.0
"""Merit from which there can be no doubt that this is a zone, whether or not it could be read."""


@dataclass(frozen=True)
class Zone:
    """``rows`` have exactly the layout's width. Fields are computed when asked for."""

    layout: Layout
    rows: tuple[Row, ...]
    repaired: int = 0

    @classmethod
    def of(cls, layout: Layout, rows: tuple[Row, ...]) -> Zone:
        """Characters of the wrong kind for their place become what they resemble."""
        typed = [
            tuple(coerce(glyph, kind) for glyph, kind in zip(row, kinds, strict=True))
            for row, kinds in zip(rows, layout.kinds, strict=True)
        ]
        names = layout.fields["names"].line
        typed[names] = quiet_tail(typed[names])
        typed[0] = usual_code(typed[0])
        return cls(layout, tuple(typed))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(text_of(row) for row in self.rows)

    @cached_property
    def checks(self) -> dict[str, bool]:
        return verify(self.layout, self.lines)

    @cached_property
    def valid(self) -> bool:
        """Every check digit holds, every character is of its kind, and the first letter is that of a document."""
        return all(self.checks.values()) and self.violations == 0 and self.lines[0][0] in self.layout.first

    @cached_property
    def violations(self) -> int:
        return sum(
            glyph.character not in kind.value
            for row, kinds in zip(self.rows, self.layout.kinds, strict=True)
            for glyph, kind in zip(row, kinds, strict=True)
        )

    @cached_property
    def merit(self) -> float:
        """About 3 for a check digit that holds and 1 or 2 for each other sign of a zone; about 20 for a sound one."""
        codes = [self._field(name).rstrip(FILLER) for name in ("issuing_state", "nationality")]
        names = self._field("names")
        return (
            sum(1.0 if name == "optional" else 3.0 for name, held in self.checks.items() if held)
            + 2.0 * sum(map(known, codes))
            + (2.0 if self.lines[0][0] in self.layout.first else -4.0)
            + sum(_date_like(self._field(name)) for name in ("birth_date", "expiry_date"))
            + (1.0 if self._field("sex") in Kind.SEX.value else 0.0)
            + (1.0 if FILLER * 2 in names and names[0] != FILLER else 0.0)
            - 1.0 * self.violations
            + 0.05 * sum(math.log(max(glyph.score, 0.001)) for row in self.rows for glyph in row)
        )

    @property
    def record(self) -> MrzRecord:
        number, optional = document_number(self.layout, self.lines)
        surname, given = split_names(self._field("names"))
        optional2 = self._field("optional2").rstrip(FILLER) if "optional2" in self.layout.fields else ""
        scores = {name: self._score(span) for name, span in self.layout.fields.items() if name != "names"}
        scores["surname"], scores["given_names"] = self._name_scores()
        scores["composite"] = min(glyph.score for row in self.rows for glyph in row)
        return MrzRecord(
            format=self.layout.format,
            lines=self.lines,
            document_code=self._field("document_code").rstrip(FILLER),
            issuing_state=self._field("issuing_state").rstrip(FILLER),
            document_number=number,
            nationality=self._field("nationality").rstrip(FILLER),
            birth_date=self._field("birth_date"),
            sex=self._field("sex"),
            expiry_date=self._field("expiry_date"),
            optional=optional,
            optional2=optional2,
            surname=surname,
            given_names=given,
            checks=self.checks,
            scores=scores,
            repaired=self.repaired,
        )

    def _field(self, name: str) -> str:
        return self.layout.fields[name].of(self.lines)

    def _name_scores(self) -> tuple[float, float]:
        """Of the surname with the two fillers that end it, and of the given names; the fillers behind all names are
        filling, and a faint one says nothing about a name.
        """
        span = self.layout.fields["names"]
        text = span.of(self.lines).rstrip(FILLER)
        surname = text.find(FILLER * 2)
        glyphs = self.rows[span.line][span.start : span.start + max(len(text), 1)]
        end = surname + 2 if surname > 0 else len(glyphs)
        first = min(glyph.score for glyph in glyphs[:end])
        return first, min((glyph.score for glyph in glyphs[end:]), default=first)

    def _score(self, span: Span) -> float:
        return min(glyph.score for glyph in self.rows[span.line][span.start : span.end])


def _date_like(text: str) -> float:
    """1 for a date of which no known part is impossible, else 0."""
    month, day = text[2:4], text[4:6]
    month_fits = not month.isdigit() or 1 <= int(month) <= 12
    day_fits = not day.isdigit() or 1 <= int(day) <= 31
    return 1.0 if text[:2].isdigit() and month_fits and day_fits else 0.0
