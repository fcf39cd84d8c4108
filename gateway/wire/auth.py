"""Who is calling: fixed tokens, and callers without a name where those are let in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.errors import Forbidden, Unauthenticated
from gateway.secret import Secret
from gateway.wire import contract

ANONYMOUS = "anonymous"
"""The name of every caller that has none."""


@dataclass(frozen=True, slots=True)
class Account:
    """A caller that is known by name: its token, and the projects that it may name in its paths."""

    name: str
    project_ids: frozenset[str]
    token: Secret


class Callers:
    """Everybody who may call. With ``anonymous`` nobody is turned away for want of a name."""

    def __init__(self, anonymous: bool, accounts: Sequence[Account] = ()) -> None:
        self._anonymous = anonymous
        self._accounts = tuple(accounts)

    def authenticate(self, headers: Mapping[str, str], project_id: str) -> str:
        """The name of the account behind a request's ``headers``, or :data:`ANONYMOUS`. ``headers`` ignores case.

        A token counts before a signature: Huawei's SDKs sign even where a token was added by hand, and no account has
        keys to check a signature with. Raises :class:`Unauthenticated` with the detail that the old API's gateway
        gave, and :class:`Forbidden` where ``project_id`` is not one of the account's.
        """
        token = headers.get(contract.AUTH_HEADER)
        account = self._by_token(token) if token else None
        if account is not None:
            if project_id not in account.project_ids:
                raise Forbidden(f"account {account.name}: the project in the path is not one of its own")
            return account.name
        if self._anonymous:
            return ANONYMOUS
        if token:
            raise Unauthenticated("decrypt token fail")
        if headers.get("Authorization", "").startswith(contract.SIGNATURE_SCHEMES):
            raise Unauthenticated("verify aksk signature fail")
        raise Unauthenticated("x-auth-token not found")

    def _by_token(self, token: str) -> Account | None:
        """Every token is compared, so that the time taken tells nothing about which one was near."""
        matches = [account for account in self._accounts if account.token.equals(token)]
        return matches[0] if matches else None
