"""Month names and abbreviations as passports print them, in the languages of ``months.json``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from gateway.normalize.tables import load

# An engine without Cyrillic reads these capitals as the Latin letters that look the same.
_LOOK_ALIKES = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0405\u0408", "ABEKMHOPCTYXISJ"
)


def fold(text: str) -> str:
    """Capitals without diacritics, Cyrillic look-alikes as Latin: the form in which month names are compared."""
    decomposed = unicodedata.normalize("NFD", text.upper().translate(_LOOK_ALIKES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _months() -> Mapping[str, frozenset[int]]:
    table: dict[str, set[int]] = {}
    for names in load("gateway.normalize", "months.json").values():
        for month, spellings in enumerate(names.split(), start=1):
            for spelling in spellings.split("|"):
                table.setdefault(fold(spelling), set()).add(month)
    return {name: frozenset(months) for name, months in table.items()}


MONTHS: Mapping[str, frozenset[int]] = _months()
"""Folded name -> the months it can mean: several where languages disagree, or where an engine without Cyrillic cannot
tell the names apart (Ukraine's March and September both look like BEP)."""


def month(*names: str) -> int | None:
    """The one month that all the known names among ``names`` agree on; ``JUIN`` beside an unreadable twin is June."""
    known = [MONTHS[folded] for folded in map(fold, names) if folded in MONTHS]
    agreed = frozenset.intersection(*known) if known else frozenset[int]()
    return next(iter(agreed)) if len(agreed) == 1 else None


_THAI = {
    name: number
    for number, names in enumerate(load("gateway.normalize", "thai_months.json"), start=1)
    for name in names.split()
}


def thai_month(name: str) -> int | None:
    """The month of a Thai name or abbreviation, dots and blanks aside; the whole word, as one vowel tells two apart."""
    return _THAI.get(name.replace(".", "").replace(" ", ""))
