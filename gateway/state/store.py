"""What the rest of the gateway asks of shared state, and what a server of it has to offer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


class StateUnavailable(Exception):
    """The server did not do what it was asked. The message is the name of the failure, never what was sent."""


class Store(Protocol):
    """Keys are names such as ``account:billing``; rates, leases and amounts of one key do not mix.

    No method ever fails: where the server that replicas share does not answer, this process decides by what it knows.
    """

    @property
    def healthy(self) -> bool:
        """Whether what is agreed on is agreed on by all. Always true where there is one process only."""
        ...

    async def take(self, key: str, rate: float, burst: float, cost: float, patience: float, /) -> float:
        """Take ``cost`` tokens from a bucket of ``burst`` that gains ``rate`` a second.

        Returns seconds until they may be used. Where that is more than ``patience``, nothing was taken.
        """
        ...

    async def acquire(self, key: str, most: int, /) -> str | None:
        """Have one of ``most`` places until it is released, or until this process is gone; None where all are taken."""
        ...

    async def release(self, key: str, holder: str, /) -> None:
        """Give back the place that ``acquire`` called ``holder``."""
        ...

    async def add(self, key: str, amount: float, seconds: float, /) -> float:
        """Add ``amount`` (0 only looks) and return the sum of all replicas, kept for ``seconds`` after the last of it.

        The amount counts from the moment of the call, even where that is cancelled.
        """
        ...


class SharedState(Protocol):
    """A server that several processes share. Every method may raise :class:`StateUnavailable`, and may take its time."""

    async def ping(self) -> None: ...

    async def take(self, key: str, rate: float, burst: float, cost: float, patience: float, /) -> float:
        """As :meth:`Store.take`."""
        ...

    async def acquire(self, key: str, holder: str, most: int, seconds: float, /) -> bool:
        """Give ``holder`` one of ``most`` places for ``seconds``."""
        ...

    async def renew(self, key: str, holders: Collection[str], seconds: float, /) -> None:
        """Let ``holders`` have their places for ``seconds`` from now, also those that the server does not know."""
        ...

    async def release(self, key: str, holders: Collection[str], /) -> None: ...

    async def tally(self, key: str, mine: float, seconds: float, /) -> float:
        """Note that this process has ``mine`` in all, kept for ``seconds``, and return the sum of all other processes.

        Sums and not steps are sent, so that the same may be said twice, and is said again where the server forgot.
        """
        ...

    async def close(self) -> None: ...
