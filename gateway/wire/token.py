"""Tokens of our own: opaque to callers, checked by any replica that has the key, stored nowhere.

A token is ``gw1-`` and the URL-safe Base64 of an HMAC-SHA256 and the JSON that it covers.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import msgspec

from gateway.errors import Unauthenticated
from gateway.secret import Secret
from gateway.wire.account import Account
from gateway.wire.refusals import TokenOutdated

LIFETIME: Final = 24 * 3600.0
"""Seconds for which a token is good, as those of Huawei's IAM are."""

UNREADABLE: Final = "decrypt token fail"
"""The old API's words for every token that is none."""

_PREFIX: Final = "gw1-"
_MAC: Final = 32
_FINGERPRINT: Final = 12


class Grant(msgspec.Struct, frozen=True, array_like=True):
    """What a token says: who may act in which project (empty for none), from when to when in seconds since 1970.

    ``fingerprint`` ties it to the password for which it was given: a new password ends it.
    """

    account: str
    project_id: str
    project_name: str
    issued_at: float
    expires_at: float
    fingerprint: bytes


_GRANTS = msgspec.json.Decoder(Grant)


def moment(seconds: float) -> str:
    """``2020-01-04T09:05:22.701000Z``, the form of IAM's times."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class TokenIssuer:
    """Makes and reads tokens under ``key``; ``clock`` is the wall clock in seconds since 1970."""

    def __init__(self, key: Secret, clock: Callable[[], float]) -> None:
        self._key = key.reveal().encode()
        self._clock = clock

    def issue(self, account: Account, project_id: str, project_name: str) -> tuple[str, Grant]:
        now = self._clock()
        grant = Grant(account.name, project_id, project_name, now, now + LIFETIME, self._fingerprint(account))
        text = msgspec.json.encode(grant)
        return _PREFIX + base64.urlsafe_b64encode(self._mac(text) + text).rstrip(b"=").decode(), grant

    def is_own(self, token: str) -> bool:
        """Whether ``token`` looks like one of ours, so that nobody else need be asked about it."""
        return token.startswith(_PREFIX)

    def read(self, token: str) -> Grant:
        """What ``token`` says. Raises :class:`Unauthenticated` where it is not ours, was changed, or is over."""
        content = _content(token.removeprefix(_PREFIX))
        mac, text = content[:_MAC], content[_MAC:]
        if not self.is_own(token) or not hmac.compare_digest(mac, self._mac(text)):
            raise Unauthenticated(UNREADABLE)
        grant = _GRANTS.decode(text)
        if grant.expires_at <= self._clock():
            raise Unauthenticated(f"token expires, expires_at: {moment(grant.expires_at)}")
        return grant

    def check(self, grant: Grant, account: Account | None) -> None:
        """Raises :class:`TokenOutdated` where ``grant`` is not for ``account`` as it is now."""
        if (
            account is None
            or account.name != grant.account
            or not hmac.compare_digest(grant.fingerprint, self._fingerprint(account))
        ):
            raise TokenOutdated

    def _mac(self, text: bytes) -> bytes:
        return hmac.digest(self._key, b"token\n" + text, hashlib.sha256)

    def _fingerprint(self, account: Account) -> bytes:
        password = account.password.reveal() if account.password else ""
        return hmac.digest(self._key, f"password\n{account.name}\n{password}".encode(), hashlib.sha256)[:_FINGERPRINT]


def _content(text: str) -> bytes:
    """The bytes behind ``text``; none unless it is exactly the text that would be written for them."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
    return content if base64.urlsafe_b64encode(content).rstrip(b"=").decode() == text else b""
