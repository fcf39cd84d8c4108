"""What must fit together in the accounts of callers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from gateway.config.schema import AccountConfig, GatewayConfig

MIN_TOKEN_KEY = 16
"""Characters; what signs everybody's tokens must not be guessed."""

WAYS_IN = frozenset({"access_key", "secret_key", "security_token", "token", "password"})
"""The keys of an account that let it in, alone or together."""

_ACCESS_KEY = re.compile(r"[!-+\--~]{1,128}")
"""What can stand in an ``Authorization`` header, in which a comma or a blank ends the access key."""


def check_accounts(settings: GatewayConfig) -> None:
    """Report every contradiction in ``callers`` to its source."""
    callers = settings.callers
    asks_iam = "iam" in settings.at.child("callers")
    for account in callers.accounts:
        _check_ways_in(account, asks_iam=asks_iam)
        _check_projects(account)
    _check_unique(callers.accounts, "token")
    _check_unique(callers.accounts, "access_key")
    _check_token_key(settings)
    if callers.iam is not None:
        _check_owners(callers.accounts)


def _check_ways_in(account: AccountConfig, *, asks_iam: bool) -> None:
    """Judged by the keys as written, so that a secret that could not be read is not also reported as missing."""
    written = account.at.keys()
    if not asks_iam and not WAYS_IN & set(written):
        account.at.report("no way in: add access_key and secret_key, token, or password")
    if "access_key" in written and "secret_key" not in written:
        account.at.report("an access key is of no use without its secret_key", "access_key")
    for key in ("secret_key", "security_token"):
        if key in written and "access_key" not in written:
            account.at.report("is of no use without an access_key", key)
    if account.access_key is not None and not _ACCESS_KEY.fullmatch(account.access_key.reveal()):
        account.at.report("an access key has up to 128 printable ASCII characters, no blank and no comma", "access_key")


def _check_projects(account: AccountConfig) -> None:
    for name, project_id in account.projects.items():
        if project_id not in account.project_ids:
            account.at.report(f"{project_id} is not one of the project_ids", "projects", name)


def _check_unique(accounts: Iterable[AccountConfig], key: Literal["token", "access_key"]) -> None:
    first: dict[str, str] = {}
    for account in accounts:
        secret = getattr(account, key)
        if secret is None:
            continue
        value = secret.reveal()
        if value in first:
            account.at.report(f"the same {key} as that of the account {first[value]}", key)
        first.setdefault(value, account.name)


def _check_token_key(settings: GatewayConfig) -> None:
    at = settings.at.child("callers")
    key = settings.callers.token_key
    if key is not None and len(key.reveal()) < MIN_TOKEN_KEY:
        at.report(f"shorter than {MIN_TOKEN_KEY} characters", "token_key")
    for account in settings.callers.accounts:
        if "password" in account.at and "token_key" not in at:
            account.at.report("tokens for a password need callers.token_key", "password")


def _check_owners(accounts: Iterable[AccountConfig]) -> None:
    """With an IAM the project tells who is calling, so it must be one account's alone."""
    owners: dict[str, str] = {}
    for account in accounts:
        for index, project_id in enumerate(account.project_ids):
            owner = owners.setdefault(project_id, account.name)
            if owner != account.name:
                account.at.report(
                    f"also a project of the account {owner}; with callers.iam it tells who is calling",
                    "project_ids",
                    index,
                )
