"""The answers to one request, and how each compares with each: worked out once, when it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self, TypeAlias

from gateway.model import IdDocument, Recognition
from gateway.shadow.compare import AGREED, FIELDS, Result, compare

Unit: TypeAlias = tuple[str, ...]

NAME: Final[Unit] = ("last_name", "first_name")
"""Judged together: readers divide names differently, so that a last name fits only the first name it came with."""

UNITS: Final[tuple[Unit, ...]] = (NAME, *((name,) for name in FIELDS if name not in NAME))
"""What is judged as one: every field by itself, but for the names."""

_MISSING = (Result.MISSING_CONTROL, Result.MISSING_CANDIDATE)


class Answers:
    """Recognitions by place, which is their rank: the smaller the more trusted. No place is taken twice."""

    def __init__(self) -> None:
        self._answers: dict[int, Recognition] = {}
        self._results: dict[tuple[int, int], Mapping[str, Result]] = {}

    @classmethod
    def of(cls, recognitions: Iterable[Recognition]) -> Self:
        """Those of ``recognitions``, the most trusted first."""
        answers = cls()
        for place, recognition in enumerate(recognitions):
            answers.add(place, recognition)
        return answers

    def add(self, place: int, recognition: Recognition) -> None:
        for other, answer in self._answers.items():
            self._results[min(place, other), max(place, other)] = compare(recognition.document, answer.document)
        self._answers[place] = recognition

    def __len__(self) -> int:
        return len(self._answers)

    def __iter__(self) -> Iterator[int]:
        """The places, the most trusted first."""
        return iter(sorted(self._answers))

    def upstream(self, place: int) -> str:
        return self._answers[place].upstream

    def document(self, place: int) -> IdDocument:
        return self._answers[place].document

    def given(self, place: int, unit: Unit) -> list[str]:
        """The fields of ``unit`` that the answer has; blank is absent."""
        values = {name: getattr(self.document(place), name) for name in unit}
        return [name for name, value in values.items() if value is not None and str(value).strip()]

    def conflict(self, one: int, other: int, unit: Unit) -> bool:
        """Whether some field of ``unit`` has another value in either, beyond what a misreading would explain."""
        return any(self._between(one, other).get(name) is Result.CONFLICT for name in unit)

    def comparable(self, one: int, other: int, unit: Unit) -> bool:
        """Whether there is a field of ``unit`` that both have."""
        return any(self._between(one, other).get(name) not in (None, *_MISSING) for name in unit)

    def agree(self, one: int, other: int, unit: Unit) -> bool:
        """Whether they have the same for all fields of ``unit`` that both have, and there is one that both have."""
        results = self._between(one, other)
        both = [results[name] for name in unit if results.get(name) not in (None, *_MISSING)]
        return bool(both) and all(result in AGREED for result in both)

    def _between(self, one: int, other: int) -> Mapping[str, Result]:
        """How they compare, in either direction: what is missing in one of them is all the same here."""
        return self._results[min(one, other), max(one, other)]
