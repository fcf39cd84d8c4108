"""Callers that send a token: a fixed one, one of our own, or one that a Huawei IAM vouches for."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.errors import Unauthenticated
from gateway.wire.account import Account, Identity
from gateway.wire.refusals import NotAuthorized, TokenWithoutProject
from gateway.wire.token import UNREADABLE, TokenIssuer
from gateway.wire.vouch import Iam


class TokenCallers:
    """All accounts, by any kind of token. Without ``iam`` nobody else is asked."""

    def __init__(self, accounts: Iterable[Account], issuer: TokenIssuer, iam: Iam | None) -> None:
        self._accounts = {account.name: account for account in accounts}
        self._owners = {project: account for account in self._accounts.values() for project in account.project_ids}
        self._issuer = issuer
        self._iam = iam

    async def judge(self, token: str) -> Identity:
        """Whose ``token`` it is. Raises :class:`Unauthenticated`, :class:`NotAuthorized` for somebody whom the IAM knows
        and we do not, and :class:`IamUnavailable`.
        """
        if (account := self._by_fixed_token(token)) is not None:
            return Identity(account)
        if self._issuer.is_own(token):
            return self._by_own_token(token)
        if self._iam is not None:
            return await self._vouched(self._iam, token)
        raise Unauthenticated(UNREADABLE)

    def _by_fixed_token(self, token: str) -> Account | None:
        """Every token is compared, so that the time taken tells nothing about which one was near."""
        matches = [account for account in self._accounts.values() if account.token and account.token.equals(token)]
        return matches[0] if matches else None

    def _by_own_token(self, token: str) -> Identity:
        grant = self._issuer.read(token)
        account = self._accounts.get(grant.account)
        self._issuer.check(grant, account)
        return Identity(account, grant.project_id)

    async def _vouched(self, iam: Iam, token: str) -> Identity:
        """The account of somebody whom the IAM knows is the one that lists the project of the token."""
        project_id = (await iam.verdict(token)).project_id
        if project_id is None:
            raise Unauthenticated(UNREADABLE)
        if not project_id:
            raise TokenWithoutProject
        if project_id not in self._owners:
            raise NotAuthorized("the IAM vouches for a project that no account lists")
        return Identity(self._owners[project_id], project_id)
