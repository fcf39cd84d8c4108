"""Countries: from a zone's code, and from whatever a vendor calls them, to ISO 3166-1 alpha-3."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from gateway.normalize.tables import load
from gateway.normalize.text import clean

_TABLE = load("gateway.normalize", "countries.json")

_ISO = frozenset(" ".join(_TABLE["iso"]).split())

_ICAO = frozenset(" ".join(_TABLE["icao"]).split())
"""Codes of ICAO Doc 9303-3 section 5 for issuers that ISO 3166-1 has none for, and Kosovo's RKS: the user-assigned XKX
of other vocabularies appears on no document, so RKS stays as printed."""

_REPLACED: Mapping[str, str] = _TABLE["replaced"]
"""Kinds of British nationals (section 5), Germany's single letter, and codes still in print that ISO has withdrawn."""

_NOT_A_LETTER = re.compile(r"[\W_]+")


def alpha3(code: str) -> str | None:
    """The ISO alpha-3 code for a zone's state or nationality; other codes (UTO, RKS, XXA, ...) stay as printed.

    ``None`` when nothing is printed.
    """
    letters = code.replace("<", "").strip().upper()
    return _REPLACED.get(letters, letters) or None


def listed(code: str) -> bool:
    """Whether the zone's code is one of ISO 3166-1, of ICAO Doc 9303-3 section 5, or a withdrawn one still in print."""
    letters = code.replace("<", "").strip().upper()
    return letters in _ISO or letters in _ICAO or letters in _REPLACED


def country(text: str | None) -> str | None:
    """The code of the country that ``text`` is a code, a name or a nationality of.

    Codes: ICAO Doc 9303 (D, GBD, RKS, XXA), ISO alpha-3 and alpha-2. Names and nationalities: those of
    ``country_names.json`` and ``native_names.json``, in any case, with or without marks. Where a document prints two
    languages ("SHQIPTARE/ALBANIAN") all that are known have to agree. ``None`` for the unknown and the ambiguous
    ("Congolese", "Korean").
    """
    tidy = clean(text)
    if tidy is None:
        return None
    named = {code for part in (tidy, *tidy.split("/")) if (code := _one(part)) is not None}
    return named.pop() if len(named) == 1 else None


def _one(text: str) -> str | None:
    if listed(text):
        return alpha3(text)
    return _NAMES.get(fold(text))


def fold(text: str) -> str:
    """Lower case without marks and punctuation, "&" as "and", no article: the form in which names are compared."""
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_A_LETTER.sub(" ", letters).strip().removeprefix("the ")


def _spellings() -> Iterator[tuple[str, str]]:
    for table in ("country_names.json", "native_names.json"):
        for code, names in load("gateway.normalize", table).items():
            for name in names.split("|"):
                yield fold(name), code


_NAMES: Mapping[str, str] = dict(_spellings())
"""Folded name, nationality or alpha-2 code -> alpha-3."""
