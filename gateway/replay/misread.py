"""What an upstream that is wrong makes of a field: something of the same form, as sure as ever, and false."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from gateway.model import IdDocument, Sex
from gateway.replay.dice import Dice
from gateway.table1 import TABLE_1

_STATES = tuple(TABLE_1)

_OUTSIDE_THE_ZONE = frozenset({"issue_date", "address", "issuing_authority"})
"""Fields that no machine readable zone could put right."""


def misread(document: IdDocument, names: Iterable[str], dice: Dice) -> IdDocument:
    """``document`` with another value in each of the fields ``names``; one that is absent stays so.

    A zone that says better is left out with it: it would give the truth away, as it does with a real vendor.
    """
    present = [name for name in names if getattr(document, name) is not None]
    changed = {name: _MISREADINGS[name](getattr(document, name), dice) for name in present}
    zone = document.mrz if _OUTSIDE_THE_ZONE.issuperset(present) else ()
    return replace(document, **changed, mrz=zone)


def _another_text(text: str, dice: Dice) -> str:
    """One letter or digit is another one."""
    places = [place for place, character in enumerate(text) if character.isalnum()]
    if not places:
        return text
    place = dice.pick(places)
    return text[:place] + _another(text[place], dice) + text[place + 1 :]


def _another(character: str, dice: Dice) -> str:
    if character.isdigit():
        alphabet = string.digits
    else:
        alphabet = string.ascii_lowercase if character.islower() else string.ascii_uppercase
    return dice.pick(alphabet.replace(character, ""))


def _another_day(day: date, dice: Dice) -> date:
    """Another day of the same month: such a date can always be."""
    return day.replace(day=dice.pick([other for other in range(1, 29) if other != day.day]))


def _another_state(state: str, dice: Dice) -> str:
    return dice.pick([other for other in _STATES if other != state])


def _another_sex(sex: Sex, _: Dice) -> Sex:
    return Sex.FEMALE if sex is Sex.MALE else Sex.MALE


_MISREADINGS: Mapping[str, Callable[[Any, Dice], Any]] = {
    **dict.fromkeys(("country_region", "nationality"), _another_state),
    **dict.fromkeys(("birth_date", "issue_date", "expiry_date"), _another_day),
    **dict.fromkeys(
        ("first_name", "last_name", "document_number", "address", "issuing_authority"),
        _another_text,
    ),
    "sex": _another_sex,
}

MISREADABLE = frozenset(_MISREADINGS)
"""Fields that can be misread."""
