"""Callers that sign: is the signature right, fresh, and not sent before?"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeAlias

from gateway.credentials.payload import HASH_INLINE, payload_hash
from gateway.errors import Unauthenticated
from gateway.wire.account import Account, Identity
from gateway.wire.expiring import Expiring
from gateway.wire.head import Head
from gateway.wire.lockout import Lockout
from gateway.wire.signature import (
    CONTENT_HASH,
    REFUSED,
    SECURITY_TOKEN,
    UNSIGNED,
    Claim,
    covers,
    is_right,
    payload_lines,
)

ReadBody: TypeAlias = Callable[[], Awaitable[bytes | bytearray]]
"""Gives the body as received. It may be called more than once, and reads once."""

WINDOW: Final = 900.0
"""Seconds by which ``X-Sdk-Date`` may be off, either way (devg-apisign, api-sign-provide01)."""

MAX_SEEN: Final = 100_000
"""Signatures remembered, about 22 MB: 55 a second for as long as the oldest of them could be sent again."""

LOCKED: Final = "AK access failed to reach the limit,forbidden"
EXPIRED: Final = f"{REFUSED}, signature expired"


class SignedCallers:
    """The accounts with a key pair.

    ``clock`` is the wall clock in seconds since 1970. ``replay_grace``: seconds for which the same signature is taken
    again. ``X-Sdk-Date`` has whole seconds, so a client that asks twice for the same within a second, as SDKs do when they
    try again, sends the same signature without replaying anything. ``lockout`` and ``seen`` are those
    of others before them, where there were any.
    """

    def __init__(
        self,
        accounts: Iterable[Account],
        clock: Callable[[], float],
        replay_grace: float,
        *,
        lockout: Lockout | None = None,
        seen: Expiring[bytes, float] | None = None,
    ) -> None:
        self._accounts = {account.access_key: account for account in accounts if account.access_key}
        self._clock = clock
        self._grace = replay_grace
        self._lockout = lockout or Lockout((), clock)
        self._lockout.follow(self._accounts)
        self._seen: Expiring[bytes, float] = Expiring(MAX_SEEN, clock) if seen is None else seen
        self._nobody = secrets.token_hex(20)

    def knows(self, claim: Claim) -> bool:
        return claim.access_key in self._accounts

    async def judge(self, head: Head, claim: Claim, read: ReadBody) -> Identity:
        """The account that signed, as its signature shows. An unknown key costs the same work as a known one.

        Raises :class:`Unauthenticated`, and whatever ``read`` raises.
        """
        arrived = self._clock()
        if abs(arrived - claim.signed_at.timestamp()) > WINDOW:
            raise Unauthenticated(EXPIRED)
        if self._lockout.locked(claim.access_key):
            raise Unauthenticated(LOCKED)
        account = self._accounts.get(claim.access_key)
        digest = await _digest(head, await read())
        secret = account.secret_key.reveal() if account and account.secret_key else self._nobody
        right = is_right(head, claim, secret, payload_lines(head, digest))
        if account is None or not right:
            self._lockout.failed(claim.access_key)
            raise Unauthenticated(REFUSED)
        self._lockout.succeeded(claim.access_key)
        if not covers(head, digest) or not _has_security_token(account, head, claim):
            raise Unauthenticated(REFUSED)
        self._refuse_replay(claim, arrived)
        return Identity(account)

    def _refuse_replay(self, claim: Claim, arrived: float) -> None:
        signature = bytes.fromhex(claim.signature)
        first = self._seen.get(signature)
        if first is None:
            self._seen.put(signature, arrived, claim.signed_at.timestamp() + WINDOW + 1)
        elif arrived - first >= self._grace:
            raise Unauthenticated(f"{REFUSED}, signature used before")


async def _digest(head: Head, body: bytes | bytearray) -> str:
    """Hex SHA-256 of the body; for one that is not signed, what the client wrote in its place."""
    if body and head.text(CONTENT_HASH) == UNSIGNED:
        return UNSIGNED
    if len(body) > HASH_INLINE:
        return await asyncio.to_thread(payload_hash, (memoryview(body),))
    return payload_hash((memoryview(body),))


def _has_security_token(account: Account, head: Head, claim: Claim) -> bool:
    """Temporary key pairs are worth nothing without their token, which is signed with everything else."""
    if account.security_token is None:
        return True
    return claim.signs(SECURITY_TOKEN) and account.security_token.equals(head.text(SECURITY_TOKEN))
