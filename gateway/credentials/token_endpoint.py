"""The token endpoint of OAuth 2.0 (RFC 6749): the request for a token, and what its answer means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode, urlsplit

import msgspec

from gateway.credentials.refusal import error_in
from gateway.credentials.token_cache import Token
from gateway.errors import (
    UpstreamError,
    UpstreamMisconfigured,
    UpstreamProtocolError,
    UpstreamThrottled,
    UpstreamUnavailable,
)
from gateway.exchange import VendorRequest, VendorResponse
from gateway.secret import Secret

ERRORS: Mapping[str, type[UpstreamError]] = {
    "access_denied": UpstreamMisconfigured,
    "invalid_client": UpstreamMisconfigured,
    "invalid_grant": UpstreamMisconfigured,
    "invalid_request": UpstreamMisconfigured,
    "invalid_resource": UpstreamMisconfigured,
    "invalid_scope": UpstreamMisconfigured,
    "server_error": UpstreamUnavailable,
    "temporarily_unavailable": UpstreamUnavailable,
    "unauthorized_client": UpstreamMisconfigured,
    "unsupported_grant_type": UpstreamMisconfigured,
}
"""The codes of RFC 6749 sections 4.1.2.1 and 5.2, and Entra's ``invalid_resource``."""

STATUSES: Mapping[int, type[UpstreamError]] = {
    400: UpstreamMisconfigured,
    401: UpstreamMisconfigured,
    403: UpstreamMisconfigured,
    404: UpstreamMisconfigured,
    408: UpstreamUnavailable,
    429: UpstreamThrottled,
}
"""For answers without one of these codes; 5xx is unavailable, anything else a protocol error."""


class _Grant(msgspec.Struct):
    access_token: Annotated[str, msgspec.Meta(pattern=r"^[!-~]+\Z")]
    expires_in: Annotated[float, msgspec.Meta(gt=0)]


class _Refusal(msgspec.Struct):
    error: str


def check_url(url: str) -> None:
    """Raise ValueError unless ``url`` is scheme, host, and at most a port and a path."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0 or "@" in parts.netloc:
        raise ValueError("expected http:// or https://, a host name and at most a port and a path")
    if parts.query or parts.fragment or not re.fullmatch("[!-~]+", url):
        raise ValueError("expected a URL in plain ASCII without query and fragment")


def form_request(url: str, fields: Mapping[str, str]) -> VendorRequest:
    """``fields`` as a form, the way RFC 6749 has them sent."""
    headers = {"accept": "application/json", "content-type": "application/x-www-form-urlencoded"}
    return VendorRequest("POST", url, headers, (urlencode(fields).encode(),))


def granted(response: VendorResponse) -> Token:
    """The token in ``response``.

    Raises :class:`UpstreamMisconfigured` where our credentials are refused, and whatever else ``ERRORS`` and
    ``STATUSES`` say, never quoting the answer.
    """
    refusal = error_in(response, _Refusal)
    if 200 <= response.status < 300 and refusal is None:
        grant = error_in(response, _Grant)
        if grant is None:
            raise UpstreamProtocolError("the token endpoint did not give a token")
        return Token(Secret(grant.access_token), grant.expires_in)
    raise _failure(response, refusal.error if refusal is not None else "")


def _failure(response: VendorResponse, code: str) -> UpstreamError:
    words = f"the token endpoint answered {response.status}"
    if code in ERRORS:
        return ERRORS[code](f"{words} {code}")
    if response.status >= 500:
        return UpstreamUnavailable(words)
    return STATUSES.get(response.status, UpstreamProtocolError)(words, retry_after=_wait(response))


def _wait(response: VendorResponse) -> float | None:
    """Seconds that ``Retry-After`` asks for, where it gives a number."""
    wait = response.headers.get("retry-after", "").strip()
    return float(wait) if re.fullmatch(r"[0-9]{1,9}", wait) else None
