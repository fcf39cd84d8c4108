"""Check digits of ICAO Doc 9303-3 section 4.9."""

from __future__ import annotations

from gateway.reader.mrz.glyph import ALPHABET, FILLER

WEIGHTS = (7, 3, 1)
VALUES = {character: index for index, character in enumerate(ALPHABET)} | {FILLER: 0}
"""Digits count as themselves, A to Z as 10 to 35, the filler as 0."""


def check_digit(text: str) -> str:
    """The digit that belongs to ``text``: the weighted sum modulo 10. Raises KeyError outside the alphabet."""
    return str(sum(VALUES[character] * WEIGHTS[i % 3] for i, character in enumerate(text)) % 10)


def holds(text: str, digit: str) -> bool:
    """Whether ``digit`` is the one of ``text``. A filler stands for 0 where ``text`` is all fillers (Doc 9303-4 section 4.2.2)."""
    if digit == FILLER:
        return not text.strip(FILLER)
    return check_digit(text) == digit
