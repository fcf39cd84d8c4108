"""Baidu AI Cloud: a token for an application's key pair, sent as the query parameter ``access_token``.

Described in Baidu AI Cloud's "Access Token" page. Tokens hold for 30 days; the vendor reports one that does not hold as
``error_code`` 110 or 111 inside HTTP 200.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import msgspec

from gateway.credentials.refusal import error_in
from gateway.credentials.token_cache import Token, TokenCache
from gateway.credentials.token_endpoint import check_url, granted
from gateway.exchange import Send, VendorRequest, VendorResponse
from gateway.secret import Secret

INVALID, EXPIRED = 110, 111


class _Error(msgspec.Struct):
    error_code: int


class BaiduToken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """The application's keys. In YAML: ``{type: baidu_token, api_key: …, secret_key: …}``."""

    api_key: Secret
    """API Key of the application."""

    secret_key: Secret
    """Secret Key that belongs to it."""

    endpoint: str = "https://aip.baidubce.com"
    """Who gives the token."""

    def __post_init__(self) -> None:
        check_url(self.endpoint)

    @cached_property
    def tokens(self) -> TokenCache:
        """Shared by all requests that these credentials authorize."""
        return TokenCache()

    async def authorize(self, request: VendorRequest, send: Send, /) -> VendorRequest:
        token = await self.tokens.get(lambda: self._fetch(send))
        joint = "&" if urlsplit(request.url).query else "?"
        return replace(request, url=f"{request.url}{joint}access_token={quote(token, safe='')}")

    def refused(self, request: VendorRequest, response: VendorResponse, /) -> bool:
        """True for a token that does not hold; that of the authorized ``request`` is not used again."""
        error = error_in(response, _Error)
        if error is None or error.error_code not in {INVALID, EXPIRED}:
            return False
        self.tokens.forget(parse_qs(urlsplit(request.url).query)["access_token"][-1])
        return True

    async def _fetch(self, send: Send) -> Token:
        """The parameters stand in the query, where the documentation and the official clients have them."""
        fields = {
            "grant_type": "client_credentials",
            "client_id": self.api_key.reveal(),
            "client_secret": self.secret_key.reveal(),
        }
        url = f"{self.endpoint.rstrip('/')}/oauth/2.0/token?{urlencode(fields)}"
        return granted(await send(VendorRequest("POST", url, {"accept": "application/json"})))
