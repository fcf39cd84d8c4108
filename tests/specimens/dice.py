"""Drawing lots from a seeded generator."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def seeded(*parts: object) -> np.random.Generator:
    """A generator that depends on every part, the same in every process."""
    return np.random.default_rng(zlib.crc32("|".join(map(str, parts)).encode()))


def pick(rng: np.random.Generator, items: Sequence[T]) -> T:
    return items[int(rng.integers(len(items)))]


def digits(rng: np.random.Generator, pattern: str) -> str:
    """A number by pattern: ``#`` any digit, ``@`` any letter, ``[XY]`` one of these, anything else itself."""
    out: list[str] = []
    index = 0
    while index < len(pattern):
        character = pattern[index]
        if character == "[":
            end = pattern.index("]", index)
            out.append(pick(rng, pattern[index + 1 : end]))
            index = end
        elif character == "#":
            out.append(str(int(rng.integers(10))))
        elif character == "@":
            out.append(pick(rng, "ABCDEFGHJKLMNPQRSTUVWXYZ"))
        else:
            out.append(character)
        index += 1
    return "".join(out)
