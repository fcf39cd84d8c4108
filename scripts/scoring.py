"""What counts as right: an answer of the embedded reader held against what a document prints.

*Right*: every field that the machine readable zone gives (FIELDS) equals the truth of the printed zone; a field that the
zone leaves empty is absent. Names count in the zone's letters and in those of the visual zone; of names that the zone
cuts short, a longer printed form counts too. A document whose printed check digits do not hold is right when the fields
concerned are absent, or verbatim with a confidence below LOW, or when it is refused altogether.

*Wrong but valid*: an answer in which any of these fields has another value than the truth and a confidence of at least
TRUSTED; a caller would have believed it. An answer that is neither is *incomplete*; no answer is *refused*.

A picture without one readable document is right when it is refused, and wrong when anything is answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.model import IdDocument
from tests.specimens.mrz import check_digit, transliterate

FIELDS = (
    "document_number",
    "nationality",
    "country_region",
    "birth_date",
    "sex",
    "expiry_date",
    "first_name",
    "last_name",
)
VISUAL = ("first_name", "last_name", "issue_date", "issuing_authority")
"""Fields whose printed form only synthetic truth knows."""
NAMES = ("first_name", "last_name")
TRUSTED = 0.5
LOW = 0.75

# Doc 9303-3 section 5: codes that are no ISO 3166-1 alpha-3 codes, and the countries that use them.
STATES = {"D": "DEU", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR"}


@dataclass(frozen=True, slots=True)
class Printed:
    """The fields of a printed zone; dates as YYMMDD. ``doubtful`` are those whose own check digit does not hold."""

    fields: Mapping[str, str | None]
    doubtful: frozenset[str]
    cut: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """``right``, ``wrong`` (but valid), ``incomplete`` or ``refused``, and the fields to blame."""

    outcome: str
    wrong: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def printed_zone(lines: Sequence[str]) -> Printed:
    """Reads the true lines of a zone by position alone (Doc 9303-4, -5 and -6, section 4.2.2)."""
    if len(lines) == 3:
        first, second, names = lines
        state, number, number_check = first[2:5], first[5:14], first[14]
        rest = first[15:].split("<")[0]  # Doc 9303-5 section 4.2.4: longer numbers go on behind, with their check digit
        if number_check == "<" and rest and check_digit(number + rest[:-1]) == rest[-1]:
            number, number_check = number + rest[:-1], rest[-1]
        if state == "VNM":  # the citizen's whole number, of which the field holds the end
            number, number_check = first[15:27], check_digit(first[15:27])
        birth, sex, expiry, nationality = second[0:7], second[7], second[8:15], second[15:18]
    else:
        names, second = lines[0][5:], lines[1]
        state = lines[0][2:5]
        number, number_check, nationality = second[0:9], second[9], second[10:13]
        birth, sex, expiry = second[13:20], second[20], second[21:28]
    surname, _, given = names.partition("<<")
    checks = {
        "document_number": (number, number_check),
        "birth_date": (birth[:6], birth[6]),
        "expiry_date": (expiry[:6], expiry[6]),
    }
    fields = {
        "document_number": number.replace("<", "") or None,
        "nationality": _state(nationality),
        "country_region": _state(state),
        "birth_date": _date(birth[:6]),
        "sex": sex if sex in "MF" else None,
        "expiry_date": _date(expiry[:6]),
        "first_name": given.strip("<") or None,
        "last_name": surname.strip("<") or None,
    }
    doubtful = frozenset(name for name, (text, digit) in checks.items() if check_digit(text) != digit)
    return Printed(fields, doubtful, cut=not names.endswith("<"))


def _state(code: str) -> str | None:
    bare = code.strip("<")
    return STATES.get(bare, bare) or None


def _date(text: str) -> str | None:
    """YYMMDD where it is a day of the calendar at all."""
    whole = text.isdigit() and 1 <= int(text[2:4]) <= 12 and 1 <= int(text[4:6]) <= 31
    return text if whole else None


def judge(document: IdDocument | None, truth: Any) -> Verdict:
    """The verdict on one answer; ``None`` is a refusal. ``truth`` is an entry of a truth.json: lines, or fields with
    ``mrz``, or ``{"documents": n}`` for a picture that holds none or several.
    """
    if isinstance(truth, dict) and "documents" in truth:
        return Verdict("right") if document is None else Verdict("wrong", ("country_region",))
    printed = printed_zone(truth["mrz"] if isinstance(truth, dict) else truth)
    if document is None:
        return Verdict("right" if printed.doubtful else "refused")
    wrong, missing, doubted = [], [], []
    for name in FIELDS:
        value = getattr(document, name)
        expected = printed.fields[name]
        trust = document.confidence.get(name, 1.0)
        if value is None and (expected is None or name in printed.doubtful):
            continue
        if value is None:
            missing.append(name)
        elif not matches(name, value, expected, printed, truth) or (
            name == "sex" and expected is None and value != "X"
        ):
            (wrong if trust >= TRUSTED else doubted).append(name)
        elif name in printed.doubtful and trust >= LOW:
            doubted.append(name)
    outcome = "wrong" if wrong else "incomplete" if missing or doubted else "right"
    return Verdict(outcome, tuple(wrong), tuple(missing + doubted))


def matches(name: str, value: Any, expected: str | None, printed: Printed, truth: Any) -> bool:
    """Whether one value is what the zone, or for names the visual zone, says."""
    if isinstance(value, date):
        return f"{value:%y%m%d}" == expected
    if name == "sex":
        return expected is None or str(value) == expected
    if name not in NAMES:
        return str(value) == expected
    if isinstance(truth, dict) and value == truth.get(name):
        return True
    # Issuers write a hyphen as a filler or leave it out.
    spellings = (str(value), str(value).replace("-", ""))
    forms = {transliterate(spelling, umlauts) for spelling in spellings for umlauts in (False, True)}
    if expected in forms:
        return True
    return printed.cut and expected is not None and any(form.startswith(expected) for form in forms)


def graded(document: IdDocument, truth: Mapping[str, Any]) -> list[tuple[float, bool]]:
    """Confidence and rightness of every field that has both; names count in the zone's letters and in print's."""
    grades = []
    for name, score in document.confidence.items():
        if name not in truth:
            continue
        value = getattr(document, name)
        text = value.isoformat() if isinstance(value, date) else str(value)
        grades.append((score, text in {truth[name], truth.get(f"mrz_{name}")}))
    return grades


def judge_visual(document: IdDocument, truth: Mapping[str, Any]) -> dict[str, str]:
    """Per field of the visual zone ``right``, ``plain``, ``absent`` or ``wrong``, letter for letter but for case; ``plain``
    is a name in the zone's letters where print has others. Fields that the document does not print are not judged.
    """
    verdicts = {}
    for name in VISUAL:
        expected = truth.get(name)
        if expected is None:
            continue
        value = getattr(document, name)
        text = value.isoformat() if isinstance(value, date) else value
        if text is None:
            verdicts[name] = "absent"
        else:
            zone = truth.get(f"mrz_{name}")
            right = text.casefold() == expected.casefold()
            verdicts[name] = "right" if right else "plain" if text == zone else "wrong"
    return verdicts
