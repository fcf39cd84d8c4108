"""Tokens that a Huawei IAM vouches for: it is asked with the caller's own token, and its word is kept while it holds."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from weakref import WeakValueDictionary

import aiohttp
import msgspec
from yarl import URL

from gateway.wire import contract
from gateway.wire.expiring import Expiring
from gateway.wire.refusals import IamUnavailable

MAX_VERDICTS: Final = 10_000
MAX_ANSWER: Final = 1024 * 1024
"""Bytes of an answer; a catalog of services, which is not asked for, would have some hundred KB."""

MAX_FIELD: Final = 2 * contract.MAX_HEADER
"""Bytes of a header of an answer, in which the token comes back."""

MAX_LOOKUPS: Final = 32
"""Tokens looked up at the same time: nobody can have the IAM flooded through us."""

NO_FOR: Final = 30.0
"""Seconds for which a refusal is kept."""

_NO: Final = frozenset({400, 401, 403, 404})
"""Statuses that mean that the token is no good. Anything else but 200 is a failure of the IAM."""


class _Project(msgspec.Struct):
    id: str


class _Token(msgspec.Struct):
    expires_at: datetime
    project: _Project | None = None


class _Answer(msgspec.Struct):
    token: _Token


_ANSWERS = msgspec.json.Decoder(_Answer)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the IAM said: the project that the token is for, empty for one without; None for a token that is no good."""

    project_id: str | None


class Iam:
    """``GET {url}/v3/auth/tokens``, with the token as its own subject, which needs no permission.

    ``clock`` is the wall clock in seconds since 1970. Verdicts are kept under the token's SHA-256, never the token.
    """

    def __init__(self, url: str, session: aiohttp.ClientSession, clock: Callable[[], float], timeout: float) -> None:
        self._url = URL(f"{url.rstrip('/')}/v3/auth/tokens?nocatalog=true", encoded=True)
        self._session = session
        self._clock = clock
        self._timeout = timeout
        self._verdicts: Expiring[bytes, Verdict] = Expiring(MAX_VERDICTS, clock)
        self._turns: WeakValueDictionary[bytes, asyncio.Lock] = WeakValueDictionary()
        self._lookups = asyncio.Semaphore(MAX_LOOKUPS)

    async def verdict(self, token: str) -> Verdict:
        """Raises :class:`IamUnavailable`. However many ask about one token, it is looked up once at a time."""
        if not token.isascii():
            return Verdict(None)
        key = hashlib.sha256(token.encode()).digest()
        if (known := self._verdicts.get(key)) is not None:
            return known
        turn = self._turns.setdefault(key, asyncio.Lock())
        try:
            async with asyncio.timeout(self._timeout), turn:
                if (known := self._verdicts.get(key)) is not None:
                    return known
                async with self._lookups:
                    verdict, until = await self._ask(token)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            # the text of an error may quote what was sent
            raise IamUnavailable(type(error).__name__) from None
        self._verdicts.put(key, verdict, until)
        return verdict

    async def _ask(self, token: str) -> tuple[Verdict, float]:
        headers = {contract.AUTH_HEADER: token, contract.SUBJECT_HEADER: token, "Accept": "application/json"}
        async with self._session.get(
            self._url, headers=headers, allow_redirects=False, max_field_size=MAX_FIELD
        ) as response:
            if response.status in _NO:
                return Verdict(None), self._clock() + NO_FOR
            if response.status != 200:
                raise IamUnavailable(f"status {response.status}")
            answer = _ANSWERS.decode(await _read(response.content)).token
        until = answer.expires_at.timestamp()
        if until <= self._clock():
            return Verdict(None), self._clock() + NO_FOR
        return Verdict(answer.project.id if answer.project else ""), until


async def _read(content: aiohttp.StreamReader) -> bytes:
    body = bytearray()
    async for chunk in content.iter_any():
        body += chunk
        if len(body) > MAX_ANSWER:
            raise IamUnavailable("the answer is too long")
    return bytes(body)
