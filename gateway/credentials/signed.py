"""What the schemes that sign every request have in common: the body is hashed, the time is the vendor's."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, TypeAlias

import msgspec

from gateway.credentials.clock_skew import VendorClock
from gateway.credentials.payload import body_hash
from gateway.exchange import Send, VendorRequest, VendorResponse

REFUSED = frozenset({401, 403})
"""Statuses that refuse a signature, whatever the code in the body."""

Label: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,63}\Z", description="lower case letters, digits and hyphens")
]
"""A region or a service, as it stands in host names."""


class Signed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Base of a scheme; its fields are the YAML options. A scheme gives the three methods at the end."""

    @cached_property
    def clock(self) -> VendorClock:
        """The vendor's, shared by all requests that these credentials sign."""
        return VendorClock()

    async def authorize(self, request: VendorRequest, _send: Send, /) -> VendorRequest:
        """The request with its signature. The time is taken after the body is hashed, so that it is fresh."""
        payload = await body_hash(request.body)
        return self.sign(request, payload, self.clock.now())

    def refused(self, request: VendorRequest, response: VendorResponse, /) -> bool:
        """True where a wrong clock explains the refusal of the signed ``request``; it is right from then on."""
        if not self.clock.contradicted(self.signed_at(request), response) or not self.refuses(response):
            return False
        self.clock.follow(response)
        return True

    def sign(self, request: VendorRequest, payload: str, at: datetime, /) -> VendorRequest:
        """Add the headers of the scheme; ``payload`` is the body's hash, ``at`` the time in UTC."""
        raise NotImplementedError

    def signed_at(self, request: VendorRequest, /) -> datetime:
        """The time in a request that :meth:`sign` returned."""
        raise NotImplementedError

    def refuses(self, response: VendorResponse, /) -> bool:
        """Whether ``response`` refuses a signature, and its time may be why."""
        raise NotImplementedError


def parsed_stamp(stamp: str, form: str) -> datetime:
    """``stamp`` in UTC, written as ``form`` says."""
    return datetime.strptime(stamp, form).replace(tzinfo=UTC)
