"""Text as vendors deliver it, in one form: composed letters, single blanks, and nothing rather than emptiness."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Soft hyphen, zero width space and joiner, direction and byte order marks: layout that nobody printed."""

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def clean(text: str | None, *absent: str) -> str | None:
    """``text`` composed (NFC), blanks and control characters collapsed to single spaces, nothing at the ends.

    ``None`` where that leaves nothing, or one of the vendor's own words for it (``absent``, in any case): "N/A".
    """
    if text is None:
        return None
    tidy = _BLANKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
    return None if tidy.casefold() in {"", *(word.casefold() for word in absent)} else tidy


def joined(*parts: str | None, by: str = " ") -> str | None:
    """The parts that are there, cleaned, with ``by`` between them; ``None`` where there is none."""
    return by.join(tidy for part in parts if (tidy := clean(part)) is not None) or None
