"""Who fails in which way and when: drawn from a seed, with one vendor well at any time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

WELL = "well"
FAILURES = ("unavailable", "reset", "silent", "cut", "hidden")
"""Ways to fail that open a circuit."""
OTHERS = ("throttled", "misread")
MODES = (*FAILURES, *OTHERS)

VENDORS = 3
SLOT = 2.0
"""Seconds for which a vendor keeps to one mode."""

SETTLED = 2
"""Slots that a vendor has been well before it is the only one: rests that it was given while throttled are over."""


@dataclass(frozen=True)
class Schedule:
    """``slots[number][vendor]`` is a mode; after the last slot everybody is well."""

    slots: tuple[tuple[str, ...], ...]

    def mode(self, vendor: int, seconds: float) -> str:
        """That of ``vendor`` so many seconds after the beginning."""
        number = max(0, int(seconds / SLOT))
        return self.slots[number][vendor] if number < len(self.slots) else WELL

    def well(self, vendor: int, start: float, end: float) -> bool:
        """Whether ``vendor`` is well from ``start`` to ``end`` and has settled before."""
        first = max(0, floor(start / SLOT) - SETTLED + 1)
        numbers = range(first, min(int(end / SLOT), len(self.slots) - 1) + 1)
        return all(self.slots[number][vendor] == WELL for number in numbers)

    def failing(self, vendor: int) -> Iterator[tuple[float, float]]:
        """The times from when to when ``vendor`` does nothing but fail."""
        begun = None
        for number, modes in enumerate((*self.slots, (WELL,) * VENDORS)):
            fails = modes[vendor] in FAILURES
            if fails and begun is None:
                begun = number
            elif not fails and begun is not None:
                yield begun * SLOT, number * SLOT
                begun = None


class Deck:
    """All modes in random order, and again, so that a short run has each of them too."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._cards: list[str] = []

    def deal(self, *, but: str) -> str:
        """The next card that is not ``but``."""
        if not set(self._cards) - {but}:
            fresh = list(MODES)
            self._dice.shuffle(fresh)
            self._cards = fresh + self._cards
        card = next(card for card in reversed(self._cards) if card != but)
        self._cards.remove(card)
        return card


def draw(seed: int, seconds: float) -> Schedule:
    """A schedule for so many seconds; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    slots = ceil(seconds / SLOT)
    well = _well(dice, slots)
    deck = Deck(dice)
    drawn: list[tuple[str, ...]] = []
    for number in range(slots):
        modes = []
        for vendor in range(VENDORS):
            before = drawn[-1][vendor] if drawn else WELL
            idle = vendor in well[number] or dice.random() < 0.1
            # a vendor that goes on throttling is given ever longer rests
            modes.append(WELL if idle else deck.deal(but="throttled" if before == "throttled" else ""))
        drawn.append(tuple(modes))
    return Schedule(tuple(drawn))


def _well(dice: random.Random, slots: int) -> list[set[int]]:
    """Who must be well in which slot: one, and the next one for a while before it takes over."""
    well: list[set[int]] = [set() for _ in range(slots + SETTLED)]
    number, vendor = 0, dice.randrange(VENDORS)
    while number < slots:
        ends = number + dice.randint(3, 5)
        following = dice.choice([other for other in range(VENDORS) if other != vendor])
        for slot in range(number, min(ends, slots)):
            well[slot].add(vendor)
            if slot >= ends - SETTLED:
                well[slot].add(following)
        number, vendor = ends, following
    return well[:slots]
