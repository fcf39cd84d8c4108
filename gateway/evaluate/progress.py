"""How far a run is, as one line that is written over; on a terminal alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from gateway.report.figures import money

_WIDTH = 28
_SELDOM = 0.1
"""Seconds between two looks of the line."""


class Bar:
    """Progress over ``total`` pictures. Writes nothing where ``out`` is no terminal."""

    def __init__(self, total: int, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._out = out
        self._clock = clock
        self._shown = out.isatty()
        self._done = 0
        self._started = clock()
        self._drawn = -1.0

    def advance(self, spent: float, /) -> None:
        """One more picture is done; ``spent`` is what all have cost so far."""
        self._done += 1
        now = self._clock()
        if self._shown and (now - self._drawn >= _SELDOM or self._done == self._total):
            self._drawn = now
            self._out.write(f"\r{self._line(now - self._started, spent)}\x1b[K")
            self._out.flush()

    def close(self) -> None:
        """Leave the line for whatever is written next."""
        if self._shown and self._done:
            self._out.write("\n")
            self._out.flush()

    def _line(self, seconds: float, spent: float) -> str:
        full = _WIDTH * self._done // self._total
        bar = "\N{FULL BLOCK}" * full + "\N{LIGHT SHADE}" * (_WIDTH - full)
        left = seconds / self._done * (self._total - self._done)
        minutes, rest = divmod(round(left), 60)
        cost = f"  cost {money(spent)}" if spent else ""
        return f"{bar} {self._done}/{self._total}  {minutes}:{rest:02} left{cost}"
