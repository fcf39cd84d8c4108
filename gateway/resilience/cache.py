"""Keeps answers for a while, in memory alone, for a caller that sends the same picture again."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from cachetools import TTLCache

from gateway.model import Query, Recognition, Recognizer
from gateway.resilience.same import outline, received

HASH_INLINE = 256 * 1024
"""Bytes that are hashed on the event loop, in about 0.2 ms; more goes to a thread."""


class CachePolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Answers are personal data, so that keeping them is a decision: there is no cache unless this section is given."""

    seconds: Annotated[float, msgspec.Meta(gt=0, le=3600, description="seconds above 0, at most 3600")] = 300.0
    """How long an answer is kept."""

    answers: Annotated[int, msgspec.Meta(ge=1, le=100_000, description="a number from 1 to 100000")] = 1000
    """How many answers are kept at most; the oldest goes first. One is about 1 KiB, with a portrait about 50."""


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Routes and answers by a hash under ``key``."""

    key: bytes = field(repr=False)
    answers: TTLCache[bytes, tuple[str, Recognition]] = field(repr=False)


class Cache:
    """Answers by a keyed hash of picture and wishes, whose key is made at start and never leaves the process.

    Each caller has its own; errors and answers that fell short are never kept, nor what a caller marked ``no-store``.
    Pictures are not kept at all. A hit makes no attempt and costs nothing. Given what another has ``kept``, it goes on
    with that; the other had the same policy, and a recognizer that answered the same.
    """

    def __init__(
        self,
        recognizer: Recognizer,
        policy: CachePolicy,
        *,
        kept: Kept | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._recognizer = recognizer
        self.kept = kept or Kept(secrets.token_bytes(32), TTLCache(policy.answers, policy.seconds, timer=clock))

    def __len__(self) -> int:
        return len(self.kept.answers)

    async def recognize(self, query: Query, /) -> Recognition:
        if query.no_store:
            return await self._recognizer.recognize(query)
        if query.image.size > HASH_INLINE:
            key = await asyncio.to_thread(self._key_of, query)
        else:
            key = self._key_of(query)
        kept = self.kept.answers.get(key)
        if kept is not None:
            query.trail.route, recognition = kept
            query.trail.cache = "hit"
            return recognition
        query.trail.cache = "miss"
        recognition = await self._recognizer.recognize(query)
        if not recognition.shortfall:
            self.kept.answers[key] = (query.trail.route, recognition)
        return recognition

    def _key_of(self, query: Query) -> bytes:
        digest = hmac.new(self.kept.key, _canonical(query), hashlib.sha256)
        digest.update(received(query.image))
        return digest.digest()


def _canonical(query: Query) -> bytes:
    """All that is asked, each part with its place, so that no two wishes look alike."""
    caller, project, tag, countries, types, *rest = outline(query)
    return msgspec.json.encode([caller, project, tag, sorted(countries), sorted(types), *rest])
