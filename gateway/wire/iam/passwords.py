"""Callers that log in with a password: the account's name is the user's name, its domain is not looked at."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable

from gateway.secret import Secret
from gateway.wire.account import Account
from gateway.wire.iam.refusals import TooManyLogins, WrongPassword
from gateway.wire.lockout import Lockout


class Passwords:
    """The accounts with a password. ``clock`` gives seconds. ``lockout`` is that of others before them, if any."""

    def __init__(
        self, accounts: Iterable[Account], clock: Callable[[], float], *, lockout: Lockout | None = None
    ) -> None:
        self._accounts = {account.name: account for account in accounts if account.password is not None}
        self._lockout = lockout or Lockout((), clock)
        self._lockout.follow(self._accounts)
        self._nobody = Secret(secrets.token_hex(20))

    def knows(self, name: str) -> bool:
        return name in self._accounts

    def log_in(self, name: str, password: str) -> Account:
        """The account called ``name``. Raises :class:`WrongPassword` and :class:`TooManyLogins`, both of which tell nothing
        about whether there is one.
        """
        if self._lockout.locked(name):
            raise TooManyLogins
        account = self._accounts.get(name)
        known = account.password if account and account.password else self._nobody
        if not known.equals(password) or account is None:
            self._lockout.failed(name)
            raise WrongPassword
        self._lockout.succeeded(name)
        return account
