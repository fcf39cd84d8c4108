"""Addresses and authorities: compared by their words, as no two readers lay them out alike."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from gateway.normalize.transliteration import spellings
from gateway.shadow.likeness import misread
from gateway.shadow.result import Result

SAME: Final = 0.9
"""Share of common words from which two texts say the same."""

SIMILAR: Final = 0.6
"""Share of common words from which one may be a poor reading of the other."""

LONGEST: Final = 2000
"""Characters. Anything longer is not looked into."""

_MARKS = re.compile("[\u0300-\u036f]")
"""Marks of Latin and Cyrillic letters. Those of Thai and others are letters of their own."""

_BETWEEN = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+|_")
"""What divides words: punctuation and blanks; Thai vowels and tones above and below the line do not."""


def compare_texts(one: str, other: str) -> Result:
    """By Jaccard's index of the two sets of words, without case, marks, punctuation and order."""
    if max(len(one), len(other)) > LONGEST:
        return Result.CONFLICT
    first, second = _words(one), _words(other)
    ours, theirs = "".join(first), "".join(second)
    if not ours or not theirs:
        return Result.EQUIVALENT if ours == theirs else Result.CONFLICT
    common = _jaccard(frozenset(first), frozenset(second))
    if ours == theirs or common >= SAME:
        return Result.EQUIVALENT
    return Result.NEAR if common >= SIMILAR or misread(ours, theirs) else Result.CONFLICT


def _words(text: str) -> list[str]:
    """In capitals and Latin letters where there is a spelling in those."""
    plain = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))
    return _BETWEEN.sub(" ", "".join(map(_latin, plain.upper()))).split()


def _latin(character: str) -> str:
    if character.isascii():
        return character
    return next(iter(spellings(character)), character)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
