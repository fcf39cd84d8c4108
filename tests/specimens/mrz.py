"""Machine readable zones as ICAO Doc 9303 prints them: written here for the specimens alone, so that they can judge the reader."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

FILLER = "<"

# Doc 9303-3 section 6: letters that do not fall apart into a base letter and marks.
LATIN = {
    "Æ": "AE", "Œ": "OE", "Ø": "OE", "Ð": "D", "Đ": "D", "Þ": "TH", "ß": "SS", "ẞ": "SS",
    "Ł": "L", "Ħ": "H", "Ŋ": "N", "Ŧ": "T", "Ə": "E", "I": "I", "\u0131": "I",
    "Å": "AA", "Ä": "AE", "Ö": "OE", "Ü": "UE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holder:
    """What a zone says: names as printed, dates as YYMMDD, codes without fillers."""

    code: str
    state: str
    number: str
    nationality: str
    birth: str
    sex: str
    expiry: str
    surname: str
    given: str
    optional: str = ""
    optional2: str = ""
    empty_check: str = FILLER


def check_digit(text: str) -> str:
    """Weights 7, 3, 1 from the left, modulo 10 (Doc 9303-3 section 4.9); A is 10, the filler is 0."""
    total = 0
    for position, character in enumerate(text):
        value = 0 if character == FILLER else int(character, 36)
        total += value * (7, 3, 1)[position % 3]
    return str(total % 10)


def transliterate(name: str, umlauts: bool = False) -> str:
    """A printed name in the zone's alphabet, words separated by one filler.

    ``umlauts`` writes Ä as AE, as German-speaking issuers do; most others drop the marks.
    Apostrophes and full stops vanish, hyphens and slashes part words (Doc 9303-3 section 4.6).
    """
    out: list[str] = []
    for character in unicodedata.normalize("NFC", name).upper():
        if character in "'.,\u2019\u02bc":
            continue
        if character in LATIN and (umlauts or character not in "ÄÖÜ"):
            out.append(LATIN[character])
            continue
        bare = unicodedata.normalize("NFD", character)[0]
        out.append(bare if bare.isascii() and bare.isalnum() else FILLER)
    return FILLER.join(word for word in "".join(out).split(FILLER) if word)


def name_field(surname: str, given: str, width: int) -> str:
    """Primary and secondary identifiers filled or cut to ``width`` (Doc 9303-4 section 4.2.2, truncation from the right).

    A holder of one name has it as primary identifier, followed by fillers only. Where surname and given names do not
    fit, each keeps whole words at first and the last word is cut.
    """
    if not given:
        return surname[:width].ljust(width, FILLER)
    room = max(width - len(given) - 2, width // 2)
    text = f"{surname[:room].rstrip(FILLER)}{FILLER * 2}{given}"
    return text[:width].ljust(width, FILLER)


def td3(holder: Holder) -> list[str]:
    """Two lines of 44 (Doc 9303-4 section 4.2)."""
    first = holder.code.ljust(2, FILLER) + holder.state.ljust(3, FILLER)
    first += name_field(holder.surname, holder.given, 39)
    number = holder.number.ljust(9, FILLER)
    birth, expiry = holder.birth, holder.expiry
    optional = holder.optional.ljust(14, FILLER)
    optional_check = check_digit(optional) if holder.optional else holder.empty_check
    checked = number + check_digit(number)
    dated = birth + check_digit(birth)
    until = expiry + check_digit(expiry)
    composite = check_digit(checked + dated + until + optional + optional_check)
    nationality = holder.nationality.ljust(3, FILLER)
    sex = holder.sex if holder.sex in "MF" else FILLER
    return [first, checked + nationality + dated + sex + until + optional + optional_check + composite]


def td1(holder: Holder) -> list[str]:
    """Three lines of 30 (Doc 9303-5 section 4.2)."""
    number = holder.number.ljust(9, FILLER)
    first = holder.code.ljust(2, FILLER) + holder.state.ljust(3, FILLER)
    data = (number + check_digit(number) + holder.optional).ljust(25, FILLER)
    birth = holder.birth + check_digit(holder.birth)
    expiry = holder.expiry + check_digit(holder.expiry)
    optional2 = holder.optional2.ljust(11, FILLER)
    composite = check_digit(data + birth + expiry + optional2)
    sex = holder.sex if holder.sex in "MF" else FILLER
    second = birth + sex + expiry + holder.nationality.ljust(3, FILLER) + optional2 + composite
    return [first + data, second, name_field(holder.surname, holder.given, 30)]
