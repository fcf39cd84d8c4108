"""What is wrong with a configuration: problems that name file, line and key, collected and raised together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. ``line`` counts from 1 and is None where the file as a whole is at fault; ``path`` may be empty.

    The message says what was expected and what was found. It never holds the value of a secret.
    """

    file: str
    line: int | None
    path: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class ConfigError(Exception):
    """The configuration cannot be used. ``problems`` holds every mistake, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        unique = dict.fromkeys(problems)
        self.problems = tuple(sorted(unique, key=lambda problem: problem.line or 0))
        super().__init__("\n".join(map(str, self.problems)))


def likely(found: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the likely spelling, or else what there is to choose from."""
    names = sorted(set(known))
    shown = ", ".join(names[:20]) + (", …" if len(names) > 20 else "")
    return did_you_mean(found, names) or f" (known: {shown or 'none'})"


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """A question that offers the likely spelling of ``found``; empty where nothing known is near."""
    folded = {_fold(name): name for name in known}
    guess = difflib.get_close_matches(_fold(found), folded, n=1, cutoff=0.6)
    return f"; did you mean {folded[guess[0]]}?" if guess else ""


def _fold(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
