"""The time that one picture may take, asked between the steps of reading it."""

from __future__ import annotations

from collections.abc import Callable


class Budget:
    """``seconds`` from now on ``clock``."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._end = clock() + seconds

    @property
    def left(self) -> float:
        return self._end - self._clock()

    @property
    def over(self) -> bool:
        return self.left <= 0
