"""The machine readable zone as a model writes it down, with as many fillers as belong there."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST = 4
"""Fillers too many or too few that are put right in one line."""


def zone(lines: Sequence[str]) -> tuple[str, ...]:
    """``lines`` without blanks, those of data with the width that ICAO Doc 9303 parts 4 to 6 give them.

    Models miscount fillers. Of a line that is a few characters off, the longest run of them is made longer or shorter;
    the check digits, which are none of this file's business, decide whether that was right. The line of names is left as
    it is: its last fillers say nothing, and whoever reads it knows that.
    """
    bare = tuple(line for part in lines if (line := "".join(part.split())))
    match len(bare):
        case 2:
            return bare[0], _fitted(bare[1], 44 if bare[0].startswith("P") else 36)
        case 3:
            return _fitted(bare[0], 30), _fitted(bare[1], 30), bare[2]
        case _:
            return bare


def _fitted(line: str, width: int) -> str:
    missing = width - len(line)
    run = max(re.finditer("<+", line), key=lambda found: found.end() - found.start(), default=None)
    if run is None or abs(missing) > MOST or len(run.group()) + missing < 1:
        return line
    return line[: run.start()] + "<" * (len(run.group()) + missing) + line[run.end() :]
