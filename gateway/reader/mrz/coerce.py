"""Characters of the wrong kind for their place are read as what they resemble: a letter O in a date is a nought."""

from __future__ import annotations

import math

from gateway.reader.mrz.alike import BELIEVED, TO_DIGIT, TO_LETTER
from gateway.reader.mrz.glyph import Glyph
from gateway.reader.mrz.layout import Kind

NAMED = 0.02
"""Probability from which the engine's own alternative goes before the table."""
TABLES = {Kind.DIGIT: TO_DIGIT, Kind.OPTIONAL_DIGIT: TO_DIGIT, Kind.LETTER: TO_LETTER, Kind.CODE: TO_LETTER}
USUAL_FIRST = {"I": 20.0, "P": 20.0}
"""How much commoner than others these first letters of a document are."""


def coerce(glyph: Glyph, kind: Kind) -> Glyph:
    """``glyph`` as a character of ``kind``; unchanged where nothing of that kind resembles it.

    The two readings name one shape, so their probabilities add up.
    """
    allowed = kind.value
    character = glyph.character
    if kind is Kind.ANY:
        return _lettered(glyph)
    if character in allowed:
        return glyph
    table = TABLES.get(kind, {})
    chosen = (_first_letter(glyph) if kind is Kind.CODE else _named(glyph, allowed)) or table.get(character)
    if chosen is None:
        return glyph
    twins = character == chosen or table.get(character) == chosen
    chance = glyph.chance(chosen) + (glyph.score if twins else 0.0)
    others = tuple(choice for choice in glyph.choices if choice[0] in allowed and choice[0] != chosen)
    return Glyph(((chosen, min(1.0, chance)), *others), glyph.x)


def _named(glyph: Glyph, allowed: str) -> str | None:
    return next((choice for choice, chance in glyph.choices if choice in allowed and chance >= NAMED), None)


def _first_letter(glyph: Glyph) -> str | None:
    """The likeliest first letter, however faintly named: there are five, and two of them stand on nearly everything."""
    named = [choice for choice in glyph.choices if choice[0] in Kind.CODE.value]
    return max(named, key=lambda choice: choice[1] * USUAL_FIRST.get(choice[0], 1.0))[0] if named else None


def _lettered(glyph: Glyph) -> Glyph:
    for choice, chance in glyph.choices[1:]:
        if TO_DIGIT.get(choice) == glyph.character and chance >= BELIEVED.get(choice, math.inf):
            others = tuple(other for other in glyph.choices if other[0] != choice)
            return Glyph(((choice, chance), *others), glyph.x)
    return glyph
