"""The holder's sex, from a machine readable zone's letter and from the words that documents and vendors use."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gateway.model import Sex
from gateway.normalize.tables import load
from gateway.normalize.text import clean

_CODES = {"F": Sex.FEMALE, "M": Sex.MALE, "<": Sex.UNSPECIFIED, "X": Sex.UNSPECIFIED, "": Sex.UNSPECIFIED}

_WORDS: Mapping[str, Sex] = {
    word.casefold(): Sex(sex)
    for sex, words in load("gateway.normalize", "sexes.json").items()
    for word in words.split()
}
"""Casefolded word -> sex."""

# "M/M", "Female F", "NỮ / F"; and "女F", where nothing but the script divides.
_DIVISION = re.compile(r"\s*/\s*|\s+|(?<=[男女])(?=[A-Za-z])")


def mrz_sex(code: str) -> Sex | None:
    """ICAO Doc 9303-3 section 4.5: F, M, or a filler for unspecified. X is the visual zone's letter, seen in zones too.

    ``None`` for anything else: a letter of the country's own language is not one of the standard's.
    """
    return _CODES.get(code)


def sex_of(text: str | None) -> Sex | None:
    """The sex that ``text`` names, alone or in two languages that agree; ``None`` for anything not in ``sexes.json``.

    Only an explicit X, filler or "other" is :attr:`Sex.UNSPECIFIED`: "unknown" and the unreadable are absent.
    """
    words = _DIVISION.split(clean(text) or "")
    named = {_WORDS.get(word.casefold()) for word in words}
    return named.pop() if len(named) == 1 else None
