"""How long a vendor usually takes, so that no attempt is begun that cannot end in time."""

from __future__ import annotations

from collections import deque
from statistics import median

KEPT = 32
"""Attempts that are remembered: few enough that a vendor's new pace shows soon."""

ENOUGH = 8
"""Attempts before anything is said."""


class Pace:
    """Durations of the last successful attempts, in seconds."""

    def __init__(self) -> None:
        self._durations: deque[float] = deque(maxlen=KEPT)

    def add(self, seconds: float) -> None:
        self._durations.append(seconds)

    def usual(self) -> float:
        """The median; 0 while too little is known."""
        return median(self._durations) if len(self._durations) >= ENOUGH else 0.0
