"""What engines that know nothing of machine readable zones make of their characters, put back."""

from __future__ import annotations

import unicodedata

from gateway.reader.mrz.glyph import ALPHABET, FILLER

_DOUBLE = dict.fromkeys("\u00ab\u226a\u300a", FILLER * 2)  # guillemet, much less-than, double angle bracket
_SINGLE = dict.fromkeys("\u2039\u2264\u27e8\u3008\u304f\u3111", FILLER)  # guillemet, angle brackets, ku, ch
# Capitals of other scripts, by their codes because nobody can tell them from the Latin ones.
_CYRILLIC = "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
_GREEK = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
_SCRIPTS = dict(zip(_CYRILLIC + _GREEK, "ABESIJKMHOPCTYX" + "ABEZHIKMNOPTYX", strict=True))
_MARKED = {"\u00d8": "0", "\u0110": "D"}  # a nought with its stroke, D with one

LOOK_ALIKES = str.maketrans({**_DOUBLE, **_SINGLE, **_SCRIPTS, **_MARKED})
"""Only A to Z, figures and fillers are printed there: every other sign is one of those."""


def zone_text(character: str) -> str | None:
    """``character`` as a zone prints it, in characters of ``ALPHABET``; empty for blanks and specks.

    ``None`` for a letter or figure that resembles none of a zone's.
    """
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    folded = plain.upper().translate(LOOK_ALIKES)
    if all(part in ALPHABET for part in folded):
        return folded
    return None if any(map(str.isalnum, folded)) else ""
