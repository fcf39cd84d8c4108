"""Google Cloud: a bearer token for a service account, against an assertion signed with its key (RFC 7523).

Described in Google's "Using OAuth 2.0 for server to server applications". Tokens hold for about an hour. An assertion
with a wrong time is refused with 400 ``invalid_grant``; it is made once more with the time of that answer.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from importlib.util import find_spec
from typing import Literal

import msgspec

from gateway.credentials.bearer import Bearer
from gateway.credentials.clock_skew import VendorClock
from gateway.credentials.token_cache import Token
from gateway.credentials.token_endpoint import check_url, form_request, granted
from gateway.exchange import Send, VendorRequest
from gateway.secret import Secret

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"

LIFETIME = 3600
"""Seconds that an assertion holds; more is not allowed."""


class _KeyFile(msgspec.Struct):
    type: Literal["service_account"]
    client_email: str
    private_key: str
    private_key_id: str | None = None
    token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address


@dataclass(frozen=True, slots=True)
class _Account:
    """What the key file says. ``sign`` gives the RS256 signature of bytes."""

    email: str
    key_id: str | None
    token_url: str
    sign: Callable[[bytes], bytes]


class GoogleServiceAccount(Bearer, frozen=True, kw_only=True):
    """The account's key. In YAML: ``{type: google_service_account, key: {file: …}}``."""

    key: Secret
    """The text of the JSON key file."""

    scope: str = "https://www.googleapis.com/auth/cloud-vision"
    """What the token is for; several are separated by blanks."""

    token_url: str | None = None
    """Who gives the token; otherwise the key file says it."""

    def __post_init__(self) -> None:
        if find_spec("cryptography") is None:
            raise ValueError("this scheme needs the extra google: pip install 'id-document-gateway[google]'")
        check_url(self._account.token_url if self.token_url is None else self.token_url)

    @cached_property
    def clock(self) -> VendorClock:
        """The vendor's, shared by all assertions that are made of this key."""
        return VendorClock()

    @cached_property
    def _account(self) -> _Account:
        try:
            file = msgspec.json.decode(self.key.reveal(), type=_KeyFile)
        except (ValueError, RecursionError):
            raise ValueError("key: expected the text of a service account's JSON key file") from None
        return _Account(file.client_email, file.private_key_id, file.token_uri, rs256(file.private_key))

    async def fetch(self, send: Send, /) -> Token:
        made_at = self.clock.now()
        response = await send(self._grant(made_at))
        if response.status == 400 and self.clock.contradicted(made_at, response):
            self.clock.follow(response)
            response = await send(self._grant(self.clock.now()))
        return granted(response)

    def _grant(self, at: datetime) -> VendorRequest:
        """The audience is what the key file says, also where a proxy is asked for the token."""
        issued = int(at.timestamp())
        account = self._account
        header = {"alg": "RS256", "typ": "JWT"} | ({"kid": account.key_id} if account.key_id else {})
        claims = {
            "iss": account.email,
            "scope": self.scope,
            "aud": account.token_url,
            "iat": issued,
            "exp": issued + LIFETIME,
        }
        signed = b".".join(map(_base64url, (msgspec.json.encode(header), msgspec.json.encode(claims))))
        assertion = b".".join((signed, _base64url(account.sign(signed)))).decode()
        return form_request(self.token_url or account.token_url, {"grant_type": GRANT, "assertion": assertion})


def rs256(pem: str) -> Callable[[bytes], bytes]:
    """The signature RSASSA-PKCS1-v1_5 with SHA-256 under the key in ``pem``; ValueError where that is no RSA key."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import padding, rsa  # noqa: PLC0415

    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, rsa.RSAPrivateKey):
        return partial(key.sign, padding=padding.PKCS1v15(), algorithm=hashes.SHA256())
    raise ValueError("key: the private key in the file is not an RSA key")


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
