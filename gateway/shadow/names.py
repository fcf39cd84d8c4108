"""Names of persons: the same in other letters, another order or another split, or only part of the same."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from gateway.model import IdDocument
from gateway.normalize.name_spelling import extends, matches, tidy, transliterate
from gateway.normalize.transliteration import spellings
from gateway.shadow.likeness import misread
from gateway.shadow.result import AGREED, Result, worst

ZONE_FULL: Final = 28
"""Letters from which a zone may have cut a name for want of room: TD1's field has 30, two of them between the names."""

LONGEST: Final = 200
"""Characters. Anything longer is no name, and is not looked into."""


@dataclass(frozen=True, slots=True)
class Name:
    """``text`` as read, its ``words`` in the zone's letters where those can spell it, and all of them without a blank."""

    text: str
    words: tuple[str, ...]
    whole: str


Parts: TypeAlias = Mapping[str, Name]
"""``last_name`` and ``first_name``, of those that are there."""


def compare_names(control: IdDocument, candidate: IdDocument) -> Iterator[tuple[str, Result]]:
    """``last_name`` and ``first_name``, where one of the two documents has them. The rules are in ``docs/shadow.md``."""
    one, other = _parts(control), _parts(candidate)
    ours, theirs = _orders(one), _orders(other)
    same = any(_same(first, second) for first in ours for second in theirs)
    close = any(_close(first, second) for first in ours for second in theirs)
    for name, result in _by_field(one, other).items():
        if result is Result.EXACT or (same and result in AGREED):
            yield name, result
        elif same:
            yield name, Result.NEAR if _marked_otherwise(ours[0], theirs[0]) else Result.EQUIVALENT
        elif close and _divided_otherwise(name, result, one, other):
            yield name, Result.NEAR
        else:
            yield name, result


def _parts(document: IdDocument) -> Parts:
    named = {"last_name": document.last_name, "first_name": document.first_name}
    return {name: _read(text) for name, text in named.items() if text and text.strip()}


def _orders(parts: Parts) -> list[Name]:
    """The whole name with the last name in front, and behind."""
    texts = [name.text for name in parts.values()]
    return [_read(" ".join(texts)) for texts in dict.fromkeys((tuple(texts), tuple(reversed(texts)))) if texts]


def _by_field(one: Parts, other: Parts) -> dict[str, Result]:
    """Each name against its counterpart, or crosswise where both are nearer so: both are as wrong as the worse one then."""
    straight = {name: _field(one.get(name), other.get(name)) for name in {**one, **other}}
    if len(one) == len(other) == 2:
        crossed = worst(_field(one["last_name"], other["first_name"]), _field(one["first_name"], other["last_name"]))
        if crossed is not worst(crossed, *straight.values()):
            return dict.fromkeys(straight, worst(crossed, Result.EQUIVALENT))
    return straight


def _field(one: Name | None, other: Name | None) -> Result:
    if one is None or other is None:
        return Result.MISSING_CONTROL if one is None else Result.MISSING_CANDIDATE
    if one.text == other.text:
        return Result.EXACT
    if _same(one, other):
        return Result.NEAR if _marked_otherwise(one, other) else Result.EQUIVALENT
    return Result.NEAR if _close(one, other) else Result.CONFLICT


def _same(one: Name, other: Name) -> bool:
    """Whether both are the same words in some spelling, in any order, however divided."""
    if one.whole == other.whole or sorted(one.words) == sorted(other.words):
        return True
    return _spells(one, other) or _spells(other, one)


def _spells(printed: Name, zone: Name) -> bool:
    """Whether another spelling than the preferred one leads from ``printed`` to ``zone``; plain letters have only one."""
    if printed.text.isascii() or len(printed.text) > LONGEST:
        return False
    return matches("".join(filter(_is_letter, tidy(printed.text))), zone.whole)


def _close(one: Name, other: Name) -> bool:
    """Whether one may be a misreading of the other, is part of it, is cut off, or is in letters that nobody can spell."""
    if not one.words or not other.words:
        return False
    first, second = Counter(one.words), Counter(other.words)
    return (
        misread(one.whole, other.whole)
        or first <= second
        or second <= first
        or _cut_off(one, other)
        or _cut_off(other, one)
        or _in_another_script(one, other)
        or _in_another_script(other, one)
    )


def _cut_off(printed: Name, zone: Name) -> bool:
    spelled = " ".join(zone.words)
    return len(printed.text) <= LONGEST and len(spelled) >= ZONE_FULL and extends(printed.text, spelled)


def _in_another_script(one: Name, other: Name) -> bool:
    """Whether ``one`` is in Latin letters and ``other`` in a script that no table spells, such as Thai."""
    return all(map(str.isascii, one.words)) and not any(map(str.isascii, other.words))


def _divided_otherwise(name: str, result: Result, one: Parts, other: Parts) -> bool:
    """Whether a field may differ only because whole names, which are close, are divided otherwise: where it is missing,
    the side that lacks it has to have some of it elsewhere.
    """
    if result in {Result.NEAR, Result.CONFLICT}:
        return True
    there, instead = (one, other) if name in one else (other, one)
    return not set(there[name].words).isdisjoint(word for part in instead.values() for word in part.words)


def _read(text: str) -> Name:
    words = tuple(word for piece in tidy(text).split() for word in _spelled(piece)) if len(text) <= LONGEST else (text,)
    return Name(text, words, "".join(words))


def _spelled(piece: str) -> list[str]:
    letters = [letter for letter in piece if letter.isalnum()]
    if all(spellings(letter if letter in "ßı" else letter.upper()) for letter in letters):
        return transliterate(piece).split()
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", piece).upper() if _is_letter(sign))
    return [shown] if shown else []


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def _marked_otherwise(one: Name, other: Name) -> bool:
    """Whether both are written with more than plain letters, and not with the same: Hùng is not Hưng, but may be Hung."""
    first, second = _marks(one.text), _marks(other.text)
    return bool(first and second) and first != second


def _marks(text: str) -> Counter[str]:
    return Counter(sign for sign in unicodedata.normalize("NFD", tidy(text).casefold()) if not sign.isascii())
