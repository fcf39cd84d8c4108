"""A server of shared state in this process, which can be told to fail."""

from __future__ import annotations

from collections.abc import Collection

from gateway.state.memory import MemoryStore
from gateway.state.store import StateUnavailable


class Server:
    """What all its clients share. While it is not ``up``, every call fails at once; ``calls`` are those that it got."""

    def __init__(self) -> None:
        self.up = True
        self.calls: list[str] = []
        self.held: dict[str, set[str]] = {}
        self.sums: dict[str, dict[int, float]] = {}
        self.buckets = MemoryStore(clock=lambda: 0.0)

    def called(self, name: str) -> None:
        self.calls.append(name)
        if not self.up:
            raise StateUnavailable("Down")


class Client:
    """One process's connection to a :class:`Server`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.closed = False

    async def ping(self) -> None:
        self._server.called("ping")

    async def take(self, key: str, rate: float, burst: float, cost: float, patience: float, /) -> float:
        self._server.called("take")
        return await self._server.buckets.take(key, rate, burst, cost, patience)

    async def acquire(self, key: str, holder: str, most: int, _seconds: float, /) -> bool:
        self._server.called("acquire")
        held = self._server.held.setdefault(key, set())
        if len(held) >= most:
            return False
        held.add(holder)
        return True

    async def renew(self, key: str, holders: Collection[str], _seconds: float, /) -> None:
        self._server.called("renew")
        self._server.held.setdefault(key, set()).update(holders)

    async def release(self, key: str, holders: Collection[str], /) -> None:
        self._server.called("release")
        self._server.held.setdefault(key, set()).difference_update(holders)

    async def tally(self, key: str, mine: float, _seconds: float, /) -> float:
        self._server.called("tally")
        sums = self._server.sums.setdefault(key, {})
        if mine:
            sums[id(self)] = mine
        return sum(amount for client, amount in sums.items() if client != id(self))

    async def close(self) -> None:
        self.closed = True
