"""Who is calling: by signature, by token, or without a name where those are let in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from gateway.clock import wall_clock
from gateway.errors import Unauthenticated
from gateway.secret import Secret
from gateway.wire import contract
from gateway.wire.account import Account, Identity
from gateway.wire.expiring import Expiring
from gateway.wire.head import Head
from gateway.wire.iam.passwords import Passwords
from gateway.wire.lockout import Lockout
from gateway.wire.refusals import IamUnavailable, NotAuthorized
from gateway.wire.signature import is_signed, read_claim
from gateway.wire.signed import MAX_SEEN, ReadBody, SignedCallers
from gateway.wire.token import TokenIssuer
from gateway.wire.tokens import TokenCallers
from gateway.wire.vouch import Iam

REPLAY_GRACE = 5.0


def seconds_since_1970() -> float:
    return wall_clock().timestamp()


@dataclass(frozen=True, slots=True, eq=False)
class CallersMemory:
    """What is remembered of callers beyond one configuration: failures by access key and by user name, signatures that
    were used, and the key of tokens issued where none is configured.
    """

    token_key: Secret
    keys: Lockout
    users: Lockout
    signatures: Expiring[bytes, float]

    @classmethod
    def begin(cls, clock: Callable[[], float]) -> Self:
        return cls(Secret(secrets.token_hex(32)), Lockout((), clock), Lockout((), clock), Expiring(MAX_SEEN, clock))


class Callers:
    """Everybody who may call. With ``anonymous`` nobody is turned away for want of a name.

    ``token_key`` signs the tokens that are issued here, and has to be the same on every replica; without one, tokens hold
    as long as the process. ``clock`` is the wall clock in seconds since 1970. Those that come after others go on with
    their ``memory``.
    """

    def __init__(
        self,
        anonymous: bool,
        accounts: Sequence[Account] = (),
        *,
        token_key: Secret | None = None,
        iam: Iam | None = None,
        replay_grace: float = REPLAY_GRACE,
        memory: CallersMemory | None = None,
        clock: Callable[[], float] = seconds_since_1970,
    ) -> None:
        self.anonymous = anonymous
        self.iam = iam
        self.memory = memory or CallersMemory.begin(clock)
        self.issuer = TokenIssuer(token_key or self.memory.token_key, clock)
        self.passwords = Passwords(accounts, clock, lockout=self.memory.users)
        self._signed = SignedCallers(
            accounts, clock, replay_grace, lockout=self.memory.keys, seen=self.memory.signatures
        )
        self._tokens = TokenCallers(accounts, self.issuer, iam)

    async def authenticate(self, head: Head, read: ReadBody) -> Identity:
        """Who sent the request with this ``head``; its body is read where it is signed, and not otherwise.

        Raises :class:`Unauthenticated` with the detail that the old API's gateway gave, :class:`NotAuthorized`,
        :class:`IamUnavailable`, and whatever ``read`` raises. What the caller may do with which project is
        :meth:`Identity.enter`.
        """
        try:
            return await self._named(head, read)
        except (Unauthenticated, NotAuthorized, IamUnavailable):
            if self.anonymous:
                return Identity()
            raise

    async def _named(self, head: Head, read: ReadBody) -> Identity:
        """A signature of a known key counts before a token: the SDKs sign even where a token was added by hand."""
        token = head.text(contract.AUTH_HEADER)
        if not is_signed(head):
            if not token:
                raise Unauthenticated("x-auth-token not found")
            return await self._tokens.judge(token)
        try:
            claim = read_claim(head)
        except Unauthenticated:
            if token:
                return await self._tokens.judge(token)
            raise
        if self._signed.knows(claim) or not (token or self.anonymous):
            return await self._signed.judge(head, claim, read)
        return await self._tokens.judge(token) if token else Identity()
