"""Which of several languages and sources of a field is taken, and how sure the container was of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gateway.adapters.regula.answer import TextField, Value
from gateway.normalize.text import clean

ISSUING_STATE_CODE, ISSUING_STATE_NAME = 1, 38
NATIONALITY_CODE, NATIONALITY = 26, 11
"""Of the enum ``TextFieldType``; the codes may be derived from the names."""

_PARENTS: Mapping[int, int] = {ISSUING_STATE_CODE: ISSUING_STATE_NAME, NATIONALITY_CODE: NATIONALITY}

LATIN, VIETNAMESE = 0, 1066

_NATIONAL_LATIN = frozenset({1052, 1046, 13322, 1057, 1086, 13321, VIETNAMESE, 1033, 2057})
"""Languages that are written in Latin letters: Albanian, Portuguese and Spanish of Brazil and Chile, Indonesian, Malay,
English of the Philippines, Vietnamese, English (enum ``LCID``)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, and the container's probability for it as 0..1 where it has one."""

    text: str = field(repr=False)
    score: float | None

    @property
    def lines(self) -> list[str]:
        """The printed lines, which the container divides by carets."""
        return self.text.split("^")


class Readings:
    """The text fields of one answer by type. ``native`` is the language to prefer to Latin in what is printed."""

    def __init__(self, fields: Iterable[TextField], native: int = LATIN) -> None:
        self._fields = tuple(fields)
        self._native = native

    def chosen(self, *kinds: int) -> Reading | None:
        """The value that the container prefers, of the first of ``kinds`` that has one: for numbers, dates and codes."""
        for kind in kinds:
            for entry in self._by_language(kind, LATIN):
                if (text := clean(entry.value)) is not None:
                    return Reading(text, _probability(entry, text) or self._of_parent(kind))
        return None

    def printed(self, kind: int, *, any_script: bool = False) -> Reading | None:
        """The value as it is printed where the print was read, else the preferred one: for names and other free text.

        A zone has neither diacritics nor room for long names. ``any_script`` takes what is printed in no Latin letters
        where there is nothing else.
        """
        for entry in self._by_language(kind, self._native, any_script=any_script):
            visual = next((value.value for value in _values(entry) if value.source == "VISUAL"), None)
            text = clean(visual) or clean(entry.value)
            if text is not None:
                return Reading(text, _probability(entry, text))
        return None

    def _by_language(self, kind: int, first: int, *, any_script: bool = False) -> Iterator[TextField]:
        def rank(entry: TextField) -> int:
            lcid = entry.lcid or LATIN
            return 0 if lcid == first else 1 if lcid == LATIN else 2 if lcid in _NATIONAL_LATIN else 3

        found = sorted((entry for entry in self._fields if entry.field_type == kind), key=rank)
        return (entry for entry in found if any_script or rank(entry) < 3)

    def _of_parent(self, kind: int) -> float | None:
        parent = _PARENTS.get(kind)
        reading = None if parent is None else self.chosen(parent)
        return None if reading is None else reading.score


def _values(entry: TextField) -> tuple[Value, ...]:
    return entry.value_list or ()


def _probability(entry: TextField, text: str) -> float | None:
    """The best among the sources that read ``text``; ``None`` where all of them derived it."""
    found = [value.probability or 0 for value in _values(entry) if clean(value.value) == text]
    best = max(found, default=0)
    return best / 100 if 0 < best <= 100 else None
