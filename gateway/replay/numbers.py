"""Document numbers drawn by lot, in the form of their pair and with the check digits that belong there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from gateway.model import DocumentType, Sex
from gateway.normalize.tables import load
from gateway.replay.dice import Dice

_PATTERNS: Mapping[str, str] = load("gateway.replay", "layouts.json")["numbers"]
"""``#`` stands for a digit."""


def invented_number(country: str, kind: DocumentType, sex: Sex, birth: date, dice: Dice) -> str:
    """A number for a document of ``country`` and ``kind``, one pair of Table 1."""
    national = _NATIONAL.get((country, kind))
    if national is not None:
        return national(sex, birth, dice)
    return "".join(str(dice.below(10)) if sign == "#" else sign for sign in _PATTERNS[f"{country} {kind}"])


def _digits(count: int, dice: Dice) -> str:
    return "".join(str(dice.below(10)) for _ in range(count))


def _thai(_: Sex, __: date, dice: Dice) -> str:
    """Twelve digits and (11 - sum of digit x weight 13 to 2 mod 11) mod 10."""
    body = f"{1 + dice.below(8)}{_digits(11, dice)}"
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(body))
    return body + str((11 - total % 11) % 10)


def _hong_kong(_: Sex, __: date, dice: Dice) -> str:
    """A letter, six digits, and what makes the sum of value x weight a multiple of 11 (A is 10)."""
    body = dice.pick("ABCDEFGHKMPRVYZ") + _digits(6, dice)
    total = 36 * 9 + sum(int(character, 36) * (8 - place) for place, character in enumerate(body))
    return body + "0123456789A"[-total % 11]


def _chilean(_: Sex, __: date, dice: Dice) -> str:
    """A RUN of eight digits with its check digit modulo 11, K for 10."""
    body = str(10_000_000 + dice.below(15_000_000))
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(body)))
    return body + "0123456789K0"[11 - total % 11]


def _vietnamese(sex: Sex, birth: date, dice: Dice) -> str:
    """Province, century and sex, year of birth, and six digits."""
    century = (birth.year - 1900) // 100 * 2 + (1 if sex is Sex.FEMALE else 0)
    return f"{1 + dice.below(96):03}{century}{birth.year % 100:02}{_digits(6, dice)}"


_NATIONAL: Mapping[tuple[str, DocumentType], Callable[[Sex, date, Dice], str]] = {
    ("THA", DocumentType.IDENTITY_CARD): _thai,
    ("HKG", DocumentType.IDENTITY_CARD): _hong_kong,
    ("CHL", DocumentType.IDENTITY_CARD): _chilean,
    ("VNM", DocumentType.IDENTITY_CARD): _vietnamese,
}
