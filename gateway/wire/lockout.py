"""Whoever fails too often in a row is refused for a while, right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gateway.wire.expiring import Expiring

FAILURES = 5
"""Failures in a row that are forgiven; the next one locks (Huawei's OCR FAQ ocr_01_0063)."""

SECONDS = 300.0
"""How long a lock holds, and after how long without a failure the count begins anew (the same page)."""

STRANGERS = 10_000
"""Names counted of which none is known, so that trying names tells nothing about which ones exist."""

MAX_NAME = 128
"""Characters by which they are told apart."""


class Lockout:
    """Counts by name. ``known`` names have a place of their own, from which no flood of other names can push them."""

    def __init__(self, known: Iterable[str], clock: Callable[[], float]) -> None:
        self._known: frozenset[str] = frozenset()
        self._clock = clock
        self._counts: Expiring[str, int] = Expiring(1, clock)
        self._strangers: Expiring[str, int] = Expiring(STRANGERS, clock)
        self.follow(known)

    def follow(self, known: Iterable[str]) -> None:
        """From now on these names are ``known``. The counts of those that are known already go on."""
        before, self._known = self._known, frozenset(known)
        for name in before - self._known:
            self._counts.drop(name)
        self._counts.resize(max(1, len(self._known)))

    def locked(self, name: str) -> bool:
        counts, key = self._place(name)
        return (counts.get(key) or 0) > FAILURES

    def failed(self, name: str) -> None:
        counts, key = self._place(name)
        counts.put(key, (counts.get(key) or 0) + 1, self._clock() + SECONDS)

    def succeeded(self, name: str) -> None:
        """Begin anew. A lock that closed meanwhile stays."""
        if not self.locked(name):
            counts, key = self._place(name)
            counts.drop(key)

    def _place(self, name: str) -> tuple[Expiring[str, int], str]:
        """Where ``name`` is counted, and as what: strangers may call themselves anything, at any length."""
        return (self._counts, name) if name in self._known else (self._strangers, name[:MAX_NAME])
