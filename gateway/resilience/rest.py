"""How long an upstream that said "slow down" is left alone. Pure: it decides nothing and asks nobody."""

from __future__ import annotations

from collections.abc import Callable

SHORTEST, LONGEST = 1.0, 300.0
"""Seconds; what a vendor tells is taken within these bounds."""

DOUBLED = 30.0
"""Seconds up to which a rest doubles while the vendor goes on saying so, whatever it tells."""


class Rest:
    """Grows with every throttled call that was begun after the rest before it, and is short again after an answer.

    Calls that were under way together are throttled together: they are one event, known by the mark they began with.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = clock()
        self._in_a_row = 0
        self.mark = 0
        """To be kept by a call that begins."""

    @property
    def left(self) -> float:
        """Seconds to go; 0 when awake."""
        return max(0.0, self._until - self._clock())

    def impose(self, mark: int, told: float | None) -> float:
        """The call that began at ``mark`` was throttled and told to wait. Returns the seconds of rest from now."""
        if mark == self.mark:
            self.mark += 1
            self._in_a_row += 1
        doubled = min(SHORTEST * 2 ** min(self._in_a_row - 1, 9), DOUBLED)
        seconds = min(max(doubled, told or 0.0), LONGEST)
        self._until = max(self._until, self._clock() + seconds)
        return self.left

    def answered(self, mark: int) -> None:
        """The call that began at ``mark`` was not throttled."""
        if mark == self.mark:
            self._in_a_row = 0

    def end(self) -> None:
        """Wake up now."""
        self._until = self._clock()
        self._in_a_row = 0
