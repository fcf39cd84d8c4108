"""One string with the whole name, or one with more than the given names, taken apart into last and first name."""

from __future__ import annotations

import re

from gateway.normalize.tables import load
from gateway.normalize.text import clean, joined

LastFirst = tuple[str | None, str | None]

_COMMA = re.compile("[,\uff0c]")

_TITLES = load("gateway.normalize", "titles.json")

# A title ends with a dot, a blank or the text. One that is glued on stays: นาย is also how names begin.
_TITLE = re.compile("(?:{})(?:\\.\\s*|\\s+|$)".format("|".join(re.escape(title) for title in _TITLES)), re.IGNORECASE)


def family_first(full: str | None) -> LastFirst:
    """(last, first) of a name that begins with the family's, as Vietnamese ones do; a single word is the last name."""
    last, _, first = (clean(full) or "").partition(" ")
    return last or None, first or None


def comma_name(full: str | None) -> LastFirst:
    """(last, first) of "CHAN, Tai Man", as Hong Kong prints names; without a comma all of it is the last name."""
    last, *rest = (clean(part) for part in _COMMA.split(clean(full) or "", maxsplit=1))
    first = clean(rest[0]) if rest else None
    return (last, first) if last is not None else (first, None)


def without_title(first: str | None) -> str | None:
    """``first`` without the title in front that Thai cards print with it; only those of ``titles.json`` are titles."""
    tidy = clean(first)
    return None if tidy is None else clean(_TITLE.sub("", tidy, count=1) if _TITLE.match(tidy) else tidy)


def given_names(*parts: str | None) -> str | None:
    """The given names in one string, in the order given, in the case as printed."""
    return joined(*parts)
