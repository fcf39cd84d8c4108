"""A wall clock that goes only when told, and a store that may be out of reach."""

from datetime import UTC, datetime, timedelta

from gateway.migrate.store import MemoryRampStore
from gateway.state.store import StateUnavailable

START = datetime(2026, 12, 1, tzinfo=UTC)


class WallClock:
    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FlakyStore(MemoryRampStore):
    """``away`` answers nobody; ``deaf`` takes what it is told and does not say so."""

    away = False
    deaf = False

    async def load(self, key, /):
        if self.away:
            raise StateUnavailable("ConnectionError")
        return await super().load(key)

    async def swap(self, key, old, new, /):
        if self.away:
            raise StateUnavailable("ConnectionError")
        done = await super().swap(key, old, new)
        if self.deaf:
            raise StateUnavailable("ConnectionResetError")
        return done
