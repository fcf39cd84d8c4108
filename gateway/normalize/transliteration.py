"""How states write national letters in a machine readable zone: ICAO Doc 9303-3 section 6, with the allowed
alternatives.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from gateway.normalize.tables import load

_TABLES = load("gateway.normalize", "transliteration.json")

_TABLE: Mapping[str, tuple[str, ...]] = {
    letter: tuple(spellings) for table in _TABLES.values() for letter, spellings in table.items()
}
"""Tables A (Latin) and B (Cyrillic) with their alternatives, and the variants that Ukraine prints (Cabinet resolution
55 of 2010). An empty spelling means that the letter may be left out. A letter that is not listed loses its marks."""


def spellings(letter: str) -> tuple[str, ...]:
    """The ways a capital (or ß) may be written in A to Z, the preferred one first; empty for what is no letter."""
    listed = _TABLE.get(letter)
    if listed is not None:
        return listed
    base = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return (base,) if base.isascii() and base.isalpha() and base.isupper() else ()
