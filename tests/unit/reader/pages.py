"""Builders for the reader's tests: zones with right check digits, and pages as lines of print with boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from gateway.reader.mrz.record import MrzFormat, MrzRecord
from gateway.reader.text import Line

SCORED = [
    "document_number",
    "birth_date",
    "expiry_date",
    "surname",
    "given_names",
    "sex",
    "nationality",
    "issuing_state",
    "document_code",
    "optional",
]
LETTER_WIDTH = 0.55
"""Of a line's height."""


def check(text: str) -> str:
    values = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
    return str(sum(values.get(character, 0) * (7, 3, 1)[place % 3] for place, character in enumerate(text)) % 10)


def passport(
    state="UTO",
    *,
    surname="ERIKSSON",
    given_names="ANNA MARIA",
    number="L898902C3",
    birth="740812",
    expiry="320415",
    sex="F",
    nationality=None,
    code="P",
    wrong=(),
    score=0.99,
    scores: Mapping[str, float] = {},
    repaired=0,
) -> MrzRecord:
    """A TD3 zone; ``wrong`` names the fields whose printed check digit is not theirs (and the composite fails)."""
    nationality = nationality or state
    names = f"{surname.replace(' ', '<')}<<{given_names.replace(' ', '<')}"
    first = f"{code:<<2}{state:<<3}{names:<<39}"[:44]
    number9, blank = f"{number:<<9}", "<" * 14
    number10, birth7, expiry7 = (text + check(text) for text in (number9, birth, expiry))
    composite = check(number10 + birth7 + expiry7 + blank + "0")
    second = f"{number10}{nationality:<<3}{birth7}{sex}{expiry7}{blank}0{composite}"
    checks = dict.fromkeys(("document_number", "birth_date", "expiry_date", "optional", "composite"), True)
    checks |= dict.fromkeys(wrong, False) | ({"composite": False} if wrong else {})
    return MrzRecord(
        format=MrzFormat.TD3,
        lines=(first, second),
        document_code=code,
        issuing_state=state,
        document_number=number,
        nationality=nationality,
        birth_date=birth,
        sex=sex,
        expiry_date=expiry,
        surname=" ".join(names.split("<<", maxsplit=1)[0].split("<")),
        given_names=" ".join(first[5:].partition("<<")[2].replace("<", " ").split()),
        checks=checks,
        scores={**dict.fromkeys(SCORED, score), **scores},
        repaired=repaired,
    )


def card(state="UTO", number="D23145890", optional="", **fields) -> MrzRecord:
    """A TD1 zone."""
    base = passport(state, number=number[:9], code=fields.pop("code", "I"), **fields)
    names = f"{base.surname.replace(' ', '<')}<<{base.given_names.replace(' ', '<')}"
    first = f"{base.document_code:<<2}{state:<<3}{base.document_number:<<9}{check(base.document_number)}{optional:<<15}"
    birth, expiry = (text + check(text) for text in (base.birth_date, base.expiry_date))
    second = f"{birth}{base.sex}{expiry}{base.nationality:<<3}" + "<" * 11
    composite = check(first[5:30] + second[:7] + second[8:15] + second[18:29])
    lines = (first, second + composite, f"{names:<<30}"[:30])
    return replace(base, format=MrzFormat.TD1, lines=lines, optional=optional)


def line(
    text: str, left: float, top: float, height: float = 20, *, score: float = 0.99, width: float | None = None
) -> Line:
    right = left + (width or max(len(text) * LETTER_WIDTH * height, height))
    box = ((left, top), (right, top), (right, top + height), (left, top + height))
    return Line(text, box, (score,) * len(text))


def page(rows: Iterable[tuple[float, float, str]], height: float = 20) -> list[Line]:
    """Lines at (left, top); labels, told by a lower-case letter, are a little smaller than values."""
    return [line(text, left, top, height * 0.8 if any(map(str.islower, text)) else height) for left, top, text in rows]


def zone_lines(record: MrzRecord, top: float = 640) -> list[Line]:
    """The zone itself, as an engine would list it among the page's lines."""
    return [line(text, 40, top + 50 * place, 28, width=1000) for place, text in enumerate(record.lines)]


def field(choices, name):
    """The choice for one field, or ``None``."""
    found = [choice for choice in choices if choice.field == name]
    assert len(found) <= 1
    return found[0] if found else None
