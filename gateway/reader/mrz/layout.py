"""Where the fields of a zone stand: ICAO Doc 9303 part 4 (TD3), part 5 (TD1) and part 6 (TD2), section 4.2.2 of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from gateway.reader.mrz.glyph import DIGITS, FILLER, LETTERS
from gateway.reader.mrz.record import MrzFormat


class Kind(Enum):
    """What may stand in a field."""

    CODE = "ACIPV"
    LETTER = LETTERS + FILLER
    DIGIT = DIGITS
    OPTIONAL_DIGIT = DIGITS + FILLER
    SEX = "FMX" + FILLER
    ANY = DIGITS + LETTERS + FILLER


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive, from 0) of line ``line`` (from 0)."""

    line: int
    start: int
    end: int

    def of(self, lines: tuple[str, ...]) -> str:
        return lines[self.line][self.start : self.end]


@dataclass(frozen=True, slots=True)
class Check:
    """``digit`` is the place of the check digit over ``spans``, joined in that order."""

    spans: tuple[Span, ...]
    digit: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """One document size. ``kinds`` covers every character; ``checks`` are under the names of ``MrzRecord.checks``."""

    format: MrzFormat
    width: int
    fields: Mapping[str, Span]
    kinds: tuple[tuple[Kind, ...], ...]
    """What may stand in each place, line by line."""
    checks: Mapping[str, Check]
    first: str
    """Letters with which the document code may begin."""
    protected: tuple[int, ...]
    """Characters at the beginning of each line among which no filler may be put in or taken out."""


def _rows(height: int, width: int, spans: Sequence[tuple[Span, Kind]]) -> tuple[tuple[Kind, ...], ...]:
    rows = [[Kind.ANY] * width for _ in range(height)]
    for span, kind in spans:
        rows[span.line][span.start : span.end] = [kind] * (span.end - span.start)
    return tuple(tuple(row) for row in rows)


def _two_lines(format_: MrzFormat, width: int, first: str) -> Layout:
    """TD2 and TD3 differ in width and in the check digit over TD3's optional data alone."""
    last = width - 1
    td3 = format_ is MrzFormat.TD3
    optional = Span(1, 28, last - 1 if td3 else last)
    fields = {
        "document_code": Span(0, 0, 2),
        "issuing_state": Span(0, 2, 5),
        "names": Span(0, 5, width),
        "document_number": Span(1, 0, 9),
        "nationality": Span(1, 10, 13),
        "birth_date": Span(1, 13, 19),
        "sex": Span(1, 20, 21),
        "expiry_date": Span(1, 21, 27),
        "optional": optional,
    }
    checks = {
        "document_number": Check((fields["document_number"],), Span(1, 9, 10)),
        "birth_date": Check((fields["birth_date"],), Span(1, 19, 20)),
        "expiry_date": Check((fields["expiry_date"],), Span(1, 27, 28)),
        **({"optional": Check((optional,), Span(1, last - 1, last))} if td3 else {}),
        "composite": Check((Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, last)), Span(1, last, width)),
    }
    kinds = (
        (Span(0, 0, width), Kind.LETTER),
        (Span(0, 0, 1), Kind.CODE),
        # TD2 may carry a longer number in its optional data; a filler then stands for the digit.
        (Span(1, 9, 10), Kind.DIGIT if td3 else Kind.OPTIONAL_DIGIT),
        (Span(1, 10, 13), Kind.LETTER),
        (Span(1, 13, 19), Kind.OPTIONAL_DIGIT),
        (Span(1, 19, 20), Kind.DIGIT),
        (Span(1, 20, 21), Kind.SEX),
        (Span(1, 21, 27), Kind.OPTIONAL_DIGIT),
        (Span(1, 27, 28), Kind.DIGIT),
        *(((Span(1, last - 1, last), Kind.OPTIONAL_DIGIT),) if td3 else ()),
        (Span(1, last, width), Kind.DIGIT),
    )
    return Layout(format_, width, fields, _rows(2, width, kinds), checks, first, (5, 20))


def _three_lines() -> Layout:
    fields = {
        "document_code": Span(0, 0, 2),
        "issuing_state": Span(0, 2, 5),
        "document_number": Span(0, 5, 14),
        "optional": Span(0, 15, 30),
        "birth_date": Span(1, 0, 6),
        "sex": Span(1, 7, 8),
        "expiry_date": Span(1, 8, 14),
        "nationality": Span(1, 15, 18),
        "optional2": Span(1, 18, 29),
        "names": Span(2, 0, 30),
    }
    checks = {
        "document_number": Check((fields["document_number"],), Span(0, 14, 15)),
        "birth_date": Check((fields["birth_date"],), Span(1, 6, 7)),
        "expiry_date": Check((fields["expiry_date"],), Span(1, 14, 15)),
        "composite": Check((Span(0, 5, 30), Span(1, 0, 7), Span(1, 8, 15), Span(1, 18, 29)), Span(1, 29, 30)),
    }
    kinds = (
        (Span(0, 0, 5), Kind.LETTER),
        (Span(0, 0, 1), Kind.CODE),
        (Span(0, 14, 15), Kind.OPTIONAL_DIGIT),
        (Span(1, 0, 6), Kind.OPTIONAL_DIGIT),
        (Span(1, 6, 7), Kind.DIGIT),
        (Span(1, 7, 8), Kind.SEX),
        (Span(1, 8, 14), Kind.OPTIONAL_DIGIT),
        (Span(1, 14, 15), Kind.DIGIT),
        (Span(1, 15, 18), Kind.LETTER),
        (Span(1, 29, 30), Kind.DIGIT),
        (Span(2, 0, 30), Kind.LETTER),
    )
    return Layout(MrzFormat.TD1, 30, fields, _rows(3, 30, kinds), checks, "IAC", (14, 18, 3))


TD3 = _two_lines(MrzFormat.TD3, 44, "PV")
TD2 = _two_lines(MrzFormat.TD2, 36, "IACPV")
TD1 = _three_lines()
LAYOUTS = (TD3, TD1, TD2)
"""The commonest first. A first letter V is a visa (Doc 9303-7), laid out like TD3 or TD2 and no document of ours."""
