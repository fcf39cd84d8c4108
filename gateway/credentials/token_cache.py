"""Keeps the token that a vendor gave us, and has one request at a time fetch the next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gateway.errors import UpstreamError
from gateway.secret import Secret

MARGIN = 300.0
"""Seconds before its end that a token is renewed; a tenth of its life where that is less."""

PAUSE = 30.0
"""Seconds until the renewal of a token that still holds is tried again."""


@dataclass(frozen=True, slots=True)
class Token:
    """``lifetime`` is seconds from when it was asked for."""

    value: Secret
    lifetime: float


Fetch = Callable[[], Awaitable[Token]]


class TokenCache:
    """At most one token. ``clock`` is seconds that only ever pass, and need not know the time of day.

    Whoever comes while a token is being fetched waits for it, and shares its failure. Where the one who fetches is
    cancelled, the next in line fetches.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token: Secret | None = None
        self._ends = 0.0
        self._renew_at = 0.0
        self._fetched = 0
        self._failure: UpstreamError | None = None

    async def get(self, fetch: Fetch) -> str:
        """The token. Raises what ``fetch`` raises, unless an earlier token still holds."""
        if (held := self._held()) is not None and self._clock() < self._renew_at:
            return held
        self._renew_at = self._clock() + PAUSE  # meanwhile, and should this fail, others go on with one that holds
        fetched = self._fetched
        async with self._lock:
            if fetched == self._fetched:
                return await self._renew(fetch)
        if (held := self._held()) is None and self._failure is not None:
            raise type(self._failure)(str(self._failure), retry_after=self._failure.retry_after)
        return held if held is not None else await self.get(fetch)  # forgotten again before our turn came

    def forget(self, token: str) -> None:
        """Have the next request fetch another, unless that has been done since ``token`` was given out."""
        if self._token is not None and self._token.equals(token):
            self._token = None

    def _held(self) -> str | None:
        return self._token.reveal() if self._token is not None and self._clock() < self._ends else None

    async def _renew(self, fetch: Fetch) -> str:
        asked = self._clock()
        try:
            token = await fetch()
        except UpstreamError as error:
            self._fetched += 1
            self._failure = error
            if (held := self._held()) is None:
                raise
            return held
        self._fetched += 1
        self._failure = None
        self._token = token.value
        self._ends = asked + token.lifetime
        self._renew_at = self._ends - min(MARGIN, token.lifetime / 10)
        return token.value.reveal()
