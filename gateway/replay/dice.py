"""Draws that depend on what they are made for alone: the same run draws the same, in whatever order requests come."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_BITS = 53
"""What a float holds, so that no draw is rounded up to 1."""


class Dice:
    """A row of draws for ``parts``; other parts, another row."""

    def __init__(self, *parts: str | int) -> None:
        self._key = "\x1f".join(map(str, parts))
        self._drawn = 0

    def share(self) -> float:
        """The next draw, from 0 up to but not 1."""
        self._drawn += 1
        digest = hashlib.blake2b(f"{self._key}\x1f{self._drawn}".encode(), digest_size=8).digest()
        return math.ldexp(int.from_bytes(digest) >> (64 - _BITS), -_BITS)

    def below(self, bound: int) -> int:
        """A whole number from 0 up to but not ``bound``."""
        return int(self.share() * bound)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]
