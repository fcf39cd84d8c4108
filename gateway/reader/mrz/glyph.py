"""One character of a zone as an engine saw it, with what else it may have been."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
FILLER = "<"
ALPHABET = DIGITS + LETTERS + FILLER
"""The 37 characters of ICAO Doc 9303-3 section 4.3."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """``choices`` are characters with probabilities, likeliest first; ``x`` is the centre's place in the row, 0..1."""

    choices: tuple[tuple[str, float], ...] = field(repr=False)
    x: float = 0.0

    @property
    def character(self) -> str:
        return self.choices[0][0]

    @property
    def score(self) -> float:
        return self.choices[0][1]

    def chance(self, character: str) -> float:
        """The engine's probability of ``character``; 0 where it did not name it."""
        return next((chance for choice, chance in self.choices if choice == character), 0.0)


Row: TypeAlias = tuple[Glyph, ...]


def text_of(row: Row) -> str:
    return "".join(glyph.character for glyph in row)


def certain_row(text: str, score: float = 1.0) -> Row:
    """A row of an engine without alternatives; places are evenly spread."""
    return tuple(Glyph(((character, score),), (i + 0.5) / len(text)) for i, character in enumerate(text))
