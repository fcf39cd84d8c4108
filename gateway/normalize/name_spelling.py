"""Whether a name as printed and a name as a machine readable zone spells it are the same name."""

from __future__ import annotations

import re
import unicodedata

from gateway.normalize.transliteration import spellings

# ICAO Doc 9303-3 section 4.6: a hyphen becomes a filler, an apostrophe is left out; states differ on both. The slash is
# Malaysia's, in "A/L", son of.
_SEPARATORS = {" ": (" ",), "-": (" ", ""), "/": (" ", ""), "'": ("", " "), ".": ("", " "), ",": (" ", "")}
_APOSTROPHES = str.maketrans("\u2019\u2018\u02bc\u0060\u00b4\u02b9\u2010\u2011\u2013", "''''''---")


def tidy(printed: str) -> str:
    """One form of apostrophe, hyphen and space, composed letters, nothing at the ends."""
    text = unicodedata.normalize("NFC", printed.translate(_APOSTROPHES))
    text = re.sub(r"\s*-\s*", "-", " ".join(text.split()))
    return re.sub(r"\s+([.,])", r"\1", text).strip(" -.,")


def transliterate(printed: str) -> str:
    """The name in the zone's letters, by the preferred spelling of every letter; single spaces for fillers.

    Characters outside the tables of ICAO Doc 9303-3 section 6 are left out.
    """
    zone = "".join((_alternatives(character) or ("",))[0] for character in _upper(tidy(printed)))
    return " ".join(zone.split())


def matches(printed: str, zone: str) -> bool:
    """Whether some allowed spelling of ``printed`` is exactly ``zone`` (single spaces for fillers)."""
    return len(zone) in _reached(printed, zone)[-1] if zone else False


def extends(printed: str, zone: str) -> bool:
    """Whether ``zone`` is the beginning of some allowed spelling of ``printed``: how a zone cuts a name that is too
    long.
    """
    return any(len(zone) in places for places in _reached(printed, zone)) if zone else False


def capitals(printed: str) -> str:
    """``printed`` with its own capitals where they are a plausible print (all of them, or one per word), else in
    capitals.

    Engines mistake the case of letters that differ in size alone (o, s, v, ...), which shows as capitals within a word.
    """
    words = [word for word in re.split(r"[ \-/'.,]", printed) if word]
    plausible = printed.isupper() or all(word[0].isupper() and word[1:] == word[1:].lower() for word in words)
    return printed if plausible else _upper(printed)


def _upper(text: str) -> str:
    return "".join(letter if letter in "ßı" else letter.upper() for letter in text)


def _alternatives(character: str) -> tuple[str, ...]:
    return _SEPARATORS.get(character) or spellings(character)


def _reached(printed: str, zone: str) -> list[set[int]]:
    """After every character of ``printed``, as long as there are any, the positions of ``zone`` that some choice of
    spellings has arrived at.
    """
    places: set[int] = {0}
    trace = [places]
    for character in _upper(tidy(printed)):
        absorbed = {place for place in places if place in (0, len(zone)) or zone[place - 1] == " "}
        places = {
            place + len(spelling)
            for spelling in _alternatives(character)
            for place in places
            if zone.startswith(spelling, place)
        } | (absorbed if character in _SEPARATORS else set())
        trace.append(places)
        if not places:
            break
    return trace
