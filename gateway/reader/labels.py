"""Which labels a line of print holds, forgiving the misread characters that small print brings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gateway.normalize.months import fold
from gateway.reader.label_table import PHRASES, WORDS, Label

_NUMBERING = re.compile(r"^\W*\(?\d{1,2}[a-z]?[).:\s]+|\(\d{1,2}[a-z]?\)", re.IGNORECASE)
_LETTERS_PER_ERROR = 6


def _key(text: str) -> str:
    return re.sub(r"[^A-Z]", "", fold(text).replace("Đ", "D").replace("Ø", "O").replace("Ł", "L"))


_PHRASE_KEYS = sorted(
    ((_key(phrase), label) for label, phrases in PHRASES.items() for phrase in phrases),
    key=lambda entry: (-len(entry[0]), entry[0]),
)
_WORD_KEYS: Mapping[str, Label] = {_key(word): label for label, words in WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Labelling:
    """``kinds`` are the labels found in a line; ``residue`` is the share of its letters that belongs to none."""

    kinds: frozenset[Label]
    residue: float

    @property
    def pure(self) -> bool:
        """Whether the line is nothing but labels."""
        return bool(self.kinds) and self.residue <= 0.25


def labelling(text: str) -> Labelling:
    """The labels in one line. Phrases are looked for anywhere, with one wrong letter allowed per six; words must fill a
    slash-separated part of the line.
    """
    kinds: set[Label] = set()
    known = total = 0
    for part in re.split(r"[/|•·:]", _NUMBERING.sub(" ", text)):
        letters = _key(part)
        total += len(letters)
        if letters in _WORD_KEYS:
            kinds.add(_WORD_KEYS[letters])
            known += len(letters)
            continue
        while (found := _clearest(letters)) is not None:
            label, start, end = found
            kinds.add(label)
            known += end - start
            letters = f"{letters[:start]}\n{letters[end:]}"
    return Labelling(frozenset(kinds), 1 - known / total if total else 1.0)


def _clearest(letters: str) -> tuple[Label, int, int] | None:
    """The phrase with the fewest wrong letters, the longest of those, and its place."""
    best: tuple[Label, Match] | None = None
    for key, label in _PHRASE_KEYS:
        match = find(key, letters)
        if match is not None and (best is None or match.errors < best[1].errors):
            best = label, match
            if match.errors == 0:
                break
    return (best[0], best[1].start, best[1].end) if best else None


class Match(NamedTuple):
    """Where a label stands, and how many of its letters are wrong, missing or too many."""

    start: int
    end: int
    errors: int


def find(key: str, text: str) -> Match | None:
    """The best place of ``key`` in ``text`` with at most one error per six of its letters."""
    start = text.find(key)
    if start >= 0:
        return Match(start, start + len(key), 0)
    errors = len(key) // _LETTERS_PER_ERROR
    if errors == 0 or len(text) + errors < len(key):
        return None
    # Of errors + 1 pieces at least one must be intact: cheap to test, and seldom true by accident.
    step = -(-len(key) // (errors + 1))
    if not any(key[place : place + step] in text for place in range(0, len(key), step)):
        return None
    return _find_approximately(key, text, errors)


def _find_approximately(key: str, text: str, errors: int) -> Match | None:
    """Sellers' algorithm: edit distance of ``key`` to the best substring of ``text``, column by column."""
    costs: Sequence[int] = range(len(key) + 1)
    starts = [0] * (len(key) + 1)
    best: Match | None = None
    for end, character in enumerate(text, start=1):
        next_costs, next_starts = [0], [end]
        for row, wanted in enumerate(key, start=1):
            steps = (
                (costs[row - 1] + (wanted != character), starts[row - 1]),
                (costs[row] + 1, starts[row]),
                (next_costs[row - 1] + 1, next_starts[row - 1]),
            )
            cost, start = min(steps, key=lambda step: step[0])
            next_costs.append(cost)
            next_starts.append(start)
        costs, starts = next_costs, next_starts
        if costs[-1] <= errors and (best is None or costs[-1] < best.errors):
            best = Match(starts[-1], end, costs[-1])
    return best
