"""Who is calling: by signature, by token, or without a name where those are let in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from gateway.clock import wall_clock
from gateway.errors import Unauthenticated
from gateway.secret import Secret
from gateway.wire import contract
from gateway.wire.account import Account, Identity
from gateway.wire.head import Head
from gateway.wire.iam.passwords import Passwords
from gateway.wire.refusals import IamUnavailable, NotAuthorized
from gateway.wire.signature import is_signed, read_claim
from gateway.wire.signed import ReadBody, SignedCallers
from gateway.wire.token import TokenIssuer
from gateway.wire.tokens import TokenCallers
from gateway.wire.vouch import Iam

REPLAY_GRACE = 5.0


def seconds_since_1970() -> float:
    return wall_clock().timestamp()


class Callers:
    """Everybody who may call. With ``anonymous`` nobody is turned away for want of a name.

    ``token_key`` signs the tokens that are issued here, and has to be the same on every replica; without one, tokens hold
    as long as the process. ``clock`` is the wall clock in seconds since 1970.
    """

    def __init__(
        self,
        anonymous: bool,
        accounts: Sequence[Account] = (),
        *,
        token_key: Secret | None = None,
        iam: Iam | None = None,
        replay_grace: float = REPLAY_GRACE,
        clock: Callable[[], float] = seconds_since_1970,
    ) -> None:
        self.anonymous = anonymous
        self.issuer = TokenIssuer(token_key or Secret(secrets.token_hex(32)), clock)
        self.passwords = Passwords(accounts, clock)
        self._signed = SignedCallers(accounts, clock, replay_grace)
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
