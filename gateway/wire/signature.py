"""SDK-HMAC-SHA256 as clients of the old API sign: reading the claim in a request's head, and checking it.

``Authorization: SDK-HMAC-SHA256 Access=<AK>, SignedHeaders=<a;b;c>, Signature=<64 hex digits>``. The client's own list of
headers counts: Go signs no host, Node no user agent, Python and Java sign theirs. Pure.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from gateway.errors import Unauthenticated
from gateway.wire import contract
from gateway.wire.canonical import canonical_requests
from gateway.wire.head import Head

ALGORITHM = "SDK-HMAC-SHA256"
REFUSED = "verify aksk signature fail"
"""The old API's words for every signature that does not fit."""

DATE = "x-sdk-date"
CONTENT_HASH = "x-sdk-content-sha256"
SECURITY_TOKEN = "x-security-token"  # noqa: S105 - the name of a header
UNSIGNED = "UNSIGNED-PAYLOAD"
"""In the place of a body's hash: the body is not signed. The SDKs do so for bodies that are not JSON."""

EMPTY = hashlib.sha256().hexdigest()

_CLAIM = re.compile(
    rf"{ALGORITHM} +Access=(?P<access_key>[!-+\--~]{{1,128}}), *SignedHeaders=(?P<signed_headers>[!-+\--~]{{1,4096}}),"
    r" *Signature=(?P<signature>[0-9a-f]{64})"
)
_STAMP = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_HASH = re.compile(rf"{UNSIGNED}|[0-9A-Fa-f]{{64}}|")
_ONCE = ("authorization", "host", DATE, CONTENT_HASH, SECURITY_TOKEN, "x-project-id")
"""Headers that would leave it open which of their values counts, if they came twice."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says to have signed a request, and when. ``date`` is ``X-Sdk-Date`` as received."""

    access_key: str
    signed_headers: str
    signature: str
    date: str
    signed_at: datetime

    def signs(self, name: str) -> bool:
        return name in self.signed_headers.lower().split(";")


def is_signed(head: Head) -> bool:
    """Whether there is a signature of any of the SDKs' schemes, good or not."""
    return head.text("authorization").startswith(contract.SIGNATURE_SCHEMES)


def read_claim(head: Head) -> Claim:
    """The claim in ``head``. Raises :class:`Unauthenticated` where it is of another scheme or does not make sense."""
    match = _CLAIM.fullmatch(head.text("authorization"))
    date = head.text(DATE)
    if match is None or not _STAMP.fullmatch(date) or not _HASH.fullmatch(head.text(CONTENT_HASH)):
        raise Unauthenticated(REFUSED)
    if any(len(head.values(name)) > 1 for name in _ONCE):
        raise Unauthenticated(REFUSED)
    try:
        signed_at = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise Unauthenticated(REFUSED) from None
    claim = Claim(**match.groupdict(), date=date, signed_at=signed_at)
    if not claim.signs(DATE):
        raise Unauthenticated(REFUSED)
    return claim


def payload_lines(head: Head, digest: str) -> tuple[str, ...]:
    """What may stand for the body in what was signed; ``digest`` is the hex SHA-256 of the body as received.

    A hash that the client sent counts as sent: :func:`covers` says whether it is the body's. For an empty body Python
    signs the empty hash whatever it sends.
    """
    sent = head.text(CONTENT_HASH)
    if not sent:
        return (digest,)
    return (sent, EMPTY) if digest == EMPTY else (sent,)


def covers(head: Head, digest: str) -> bool:
    """Whether the hash that the client sent, if it sent one, allows for the body that came."""
    sent = head.text(CONTENT_HASH)
    return sent in {"", UNSIGNED} or sent.lower() == digest


def is_right(head: Head, claim: Claim, secret_key: str, payloads: Iterable[str]) -> bool:
    """Whether ``secret_key`` makes the signature, for any of the forms that the client may have signed."""
    key = secret_key.encode()
    return any(
        hmac.compare_digest(_signature(key, claim.date, canonical), claim.signature)
        for canonical in canonical_requests(head, claim.signed_headers, payloads)
    )


def _signature(key: bytes, date: str, canonical: bytes) -> str:
    text = f"{ALGORITHM}\n{date}\n{hashlib.sha256(canonical).hexdigest()}"
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()
