"""A bounded store whose entries end by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Expiring(Generic[K, V]):
    """At most ``size`` entries, each until a moment of its own; when it is full, the oldest makes room.

    ``clock`` gives seconds; moments are on the same clock.
    """

    def __init__(self, size: int, clock: Callable[[], float]) -> None:
        self._size = size
        self._clock = clock
        self._entries: dict[K, tuple[V, float]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: K) -> V | None:
        value, until = self._entries.get(key, (None, 0.0))
        return value if until > self._clock() else None

    def put(self, key: K, value: V, until: float) -> None:
        self._entries.pop(key, None)
        self._make_room()
        self._entries[key] = (value, until)

    def drop(self, key: K) -> None:
        self._entries.pop(key, None)

    def resize(self, size: int) -> None:
        """Keep at most ``size`` entries; where there are more, the oldest go when the next one comes."""
        self._size = size

    def _make_room(self) -> None:
        """Entries that are over go from the front, which is enough where all last about equally long."""
        now = self._clock()
        while self._entries:
            first = next(iter(self._entries))
            if len(self._entries) < self._size and self._entries[first][1] > now:
                return
            del self._entries[first]
