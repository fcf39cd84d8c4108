"""One document made of several of the same person: for each field the value that most of them gave. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from gateway.consensus.answers import UNITS, Answers, Unit
from gateway.model import IdDocument
from gateway.shadow.proof import proven_fields
from gateway.truth.zone import zone_of

Score: TypeAlias = Callable[[str, str, float], float | None]
"""Upstream, field and its confidence there -> how often such a value is agreed with, 0..1; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``provenance`` has for each field of ``document`` the upstreams that agree on it, first the one whose value it is,
    as it stands there. ``upstream`` is the one that gave most of them.
    """

    document: IdDocument
    provenance: Mapping[str, tuple[str, ...]]
    upstream: str


class Ballot:
    """Those of ``answers`` at the places ``members``, which are of one person."""

    def __init__(self, answers: Answers, members: Sequence[int]) -> None:
        self.answers = answers
        self.members = tuple(members)
        self._proven = cache(lambda place: proven_fields(answers.document(place)))

    def voters(self, unit: Unit) -> list[int]:
        """Members that have something of ``unit``, the most trusted first."""
        return [place for place in self.members if self.answers.given(place, unit)]

    def supporters(self, place: int, unit: Unit) -> list[int]:
        """The voters that agree with the one at ``place``, itself first."""
        others = (other for other in self.voters(unit) if other != place)
        return [place, *(other for other in others if self.answers.agree(place, other, unit))]

    def winner(self, unit: Unit, score: Score) -> int | None:
        """Place of the answer whose value it is: of those with most support the one with more of the unit, borne out by
        check digits, of better calibrated confidence where that is known of all, and most trusted.
        """
        places = self.voters(unit)
        places = _best(places, lambda place: len(self.supporters(place, unit)))
        places = _best(places, lambda place: len(self.answers.given(place, unit)))
        if len(places) > 1:
            places = _best(places, lambda place: not self._proven(place).isdisjoint(unit))
        scores = {place: self._score(place, unit, score) for place in places}
        if None not in scores.values():
            places = _best(places, scores.__getitem__)
        return min(places, default=None)

    def _score(self, place: int, unit: Unit, score: Score) -> float | None:
        """The best that any supporter has."""
        known = [
            calibrated
            for supporter in self.supporters(place, unit)
            for name in unit
            if (raw := self.answers.document(supporter).confidence.get(name)) is not None
            and (calibrated := score(self.answers.upstream(supporter), name, raw)) is not None
        ]
        return max(known, default=None)


def vote(ballot: Ballot, score: Score) -> Outcome:
    """Every field that at least one member has, with the confidence of the answer that it is taken from. The machine
    readable zone is the most trusted sound one, the portrait the most trusted.
    """
    answers = ballot.answers
    values: dict[str, Any] = {"mrz": _zone([answers.document(place).mrz for place in ballot.members])}
    confidence: dict[str, float] = {}
    provenance: dict[str, tuple[str, ...]] = {}
    gave = dict.fromkeys(ballot.members, 0)
    for unit in UNITS:
        place = ballot.winner(unit, score)
        if place is None:
            continue
        document, supporters = answers.document(place), ballot.supporters(place, unit)
        for name in answers.given(place, unit):
            gave[place] += 1
            values[name] = getattr(document, name)
            agreed = [other for other in supporters if name in answers.given(other, unit)]
            provenance[name] = tuple(map(answers.upstream, agreed))
            if name in document.confidence:
                confidence[name] = document.confidence[name]
    portraits = [place for place in ballot.members if answers.document(place).portrait_image is not None]
    for place in portraits[:1]:
        values["portrait_image"] = answers.document(place).portrait_image
        provenance["portrait_image"] = (answers.upstream(place),)
    most = max(gave, key=gave.__getitem__)
    return Outcome(IdDocument(**values, confidence=confidence), provenance, answers.upstream(most))


def _best(places: Sequence[int], merit: Callable[[int], Any]) -> list[int]:
    """Those of the greatest merit."""
    merits = [merit(place) for place in places]
    return [place for place, each in zip(places, merits, strict=True) if each == max(merits)]


def _zone(zones: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first sound one; else the first."""
    there = [lines for lines in zones if lines]
    sound = [lines for lines in there if (zone := zone_of(lines)) is not None and zone.valid]
    return next(iter((*sound, *there)), ())
