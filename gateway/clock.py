"""The time of day, for whoever is not given another clock."""

from __future__ import annotations

from datetime import UTC, datetime


def wall_clock() -> datetime:
    """Now, aware of its zone."""
    return datetime.now(UTC)
