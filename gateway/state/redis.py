"""Shared state in Redis. The only file that imports its client."""

from __future__ import annotations

import secrets
import ssl
from collections.abc import Awaitable, Collection
from typing import Any, Final

from redis.asyncio import BlockingConnectionPool, Connection, Redis, SSLConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from gateway.state import scripts
from gateway.state.address import Address
from gateway.state.store import StateUnavailable

PREFIX: Final = "idgw:"
"""Of every key."""

CONNECTIONS: Final = 16
"""At most; a call is over in less than a millisecond, so that few are open."""


class RedisStore:
    """A :class:`gateway.state.store.SharedState`: one Redis, or whatever stands for one behind one address.

    Keys and when they expire are in ``docs/state.md``. Nothing is tried twice and nothing is waited for with a limit of
    its own: that is up to who asks, who may give up at any moment.
    """

    def __init__(self, address: Address, context: ssl.SSLContext | None = None) -> None:
        self._process = secrets.token_hex(8)
        options: dict[str, Any] = {"connection_class": Connection}
        if context is not None:
            options = {"connection_class": _TlsConnection, "context": context}
        pool = BlockingConnectionPool(
            **options,
            max_connections=CONNECTIONS,
            timeout=None,
            host=address.host,
            port=address.port,
            db=address.database,
            username=address.username,
            password=address.password.reveal() if address.password else None,
            protocol=2,
            driver_info=None,
            socket_timeout=None,
            socket_connect_timeout=None,
            retry=Retry(NoBackoff(), 0),
        )
        self._redis = Redis.from_pool(pool)
        self._take = self._redis.register_script(scripts.TAKE)
        self._acquire = self._redis.register_script(scripts.ACQUIRE)
        self._renew = self._redis.register_script(scripts.RENEW)
        self._tally = self._redis.register_script(scripts.TALLY)
        self._swap = self._redis.register_script(scripts.SWAP)

    async def ping(self) -> None:
        await _answer(self._redis.ping())

    async def take(self, key: str, rate: float, burst: float, cost: float, patience: float, /) -> float:
        return float(await _answer(self._take([f"{PREFIX}rate:{key}"], [rate, burst, cost, patience])))

    async def acquire(self, key: str, holder: str, most: int, seconds: float, /) -> bool:
        return bool(await _answer(self._acquire([f"{PREFIX}held:{key}"], [holder, most, seconds])))

    async def renew(self, key: str, holders: Collection[str], seconds: float, /) -> None:
        await _answer(self._renew([f"{PREFIX}held:{key}"], [seconds, *holders]))

    async def release(self, key: str, holders: Collection[str], /) -> None:
        await _answer(self._redis.zrem(f"{PREFIX}held:{key}", *holders))

    async def tally(self, key: str, mine: float, seconds: float, /) -> float:
        return float(await _answer(self._tally([f"{PREFIX}spent:{key}"], [self._process, mine, seconds])))

    async def load(self, key: str, /) -> bytes | None:
        """The text under ``key``; None where there is none."""
        text: bytes | None = await _answer(self._redis.get(f"{PREFIX}text:{key}"))
        return text

    async def swap(self, key: str, old: bytes | None, new: bytes, /) -> bool:
        """Keep ``new`` in place of ``old``, neither of them empty; False where something else is there by now."""
        return bool(await _answer(self._swap([f"{PREFIX}text:{key}"], [old or b"", new])))

    async def close(self) -> None:
        await self._redis.aclose()


class _TlsConnection(SSLConnection):
    """With the context of all, as making one reads the certificates of every authority there is."""

    def __init__(self, *, context: ssl.SSLContext, **options: Any) -> None:
        super().__init__(**options)
        self.ssl_context.context = context


async def _answer(call: Awaitable[Any]) -> Any:
    """What comes of ``call``. Whatever goes wrong, in the client too, is the server's not answering."""
    try:
        return await call
    except Exception as error:
        raise StateUnavailable(type(error).__name__) from error
