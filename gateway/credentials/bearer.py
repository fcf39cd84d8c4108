"""What the schemes with a bearer token (RFC 6750) have in common: fetched once, sent in a header, renewed on a 401."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import msgspec

from gateway.credentials.token_cache import Token, TokenCache
from gateway.exchange import Send, VendorRequest, VendorResponse

PREFIX = "Bearer "


class Bearer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Base of a scheme; its fields are the YAML options. A scheme gives :meth:`fetch`."""

    @cached_property
    def tokens(self) -> TokenCache:
        """Shared by all requests that these credentials authorize."""
        return TokenCache()

    async def authorize(self, request: VendorRequest, send: Send, /) -> VendorRequest:
        token = await self.tokens.get(lambda: self.fetch(send))
        return replace(request, headers={**request.headers, "authorization": PREFIX + token})

    def refused(self, request: VendorRequest, response: VendorResponse, /) -> bool:
        """True for a 401, and the token of the authorized ``request`` is not used again."""
        if response.status != 401:
            return False
        self.tokens.forget(request.headers["authorization"].removeprefix(PREFIX))
        return True

    async def fetch(self, send: Send, /) -> Token:
        """Another token; raises :class:`UpstreamError`."""
        raise NotImplementedError
