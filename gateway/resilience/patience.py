"""How long one request may be kept waiting without spoiling what it waits for."""

from __future__ import annotations

WORTHWHILE = 0.25
"""Seconds that must be left after a wait. With less, no vendor answers in time and the attempt may still be billed."""


def patience(deadline: float, now: float, most: float) -> float:
    """Seconds that may be waited from ``now``: at most ``most``, and so that an attempt before ``deadline`` makes sense."""
    return max(0.0, min(most, deadline - now - WORTHWHILE))
