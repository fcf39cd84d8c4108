"""Document codes: the second letter is the issuer's choice (ICAO Doc 9303-5 section 4.2.2.2), yet few are in use."""

from __future__ import annotations

from gateway.reader.mrz.glyph import FILLER, Glyph, Row

USUAL = {"I": FILLER + "DRPE", "A": FILLER + "RC", "C": FILLER, "P": FILLER + "OSDMPCE", "V": FILLER}
"""Second letters met on many documents; any other is believed where it is clear."""
CLEAR = 0.8
NAMED = 0.05
"""Probability from which the engine's alternative may be the code's letter."""


def usual_code(row: Row) -> Row:
    """``row`` with an unsure second letter read as the usual one that the engine also named, if it did."""
    first, second = row[0], row[1]
    usual = USUAL.get(first.character, "")
    if second.score >= CLEAR or second.character in usual:
        return row
    for character, chance in second.choices:
        if character in usual and chance >= NAMED:
            others = tuple(choice for choice in second.choices if choice[0] != character)
            return (first, Glyph(((character, chance), *others), second.x), *row[2:])
    return row
