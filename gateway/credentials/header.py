"""A fixed key in a request header, the commonest scheme of all."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from gateway.exchange import Send, VendorRequest, VendorResponse
from gateway.secret import Secret

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What a header may be called (RFC 9110 section 5.6.2)."""

VALUE = re.compile(r"[!-~](?:[ -~]*[!-~])?")
"""Printable ASCII without outer blanks: nothing that could end the header or be trimmed on the way."""


class Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Adds one header to every request. In YAML: ``{type: header, name: …, value: {env: …}}``."""

    name: str
    """The header's name, such as ``X-Auth-Token`` or ``Authorization``."""

    value: Secret
    """The whole value, including a scheme word such as ``Bearer`` where the vendor wants one."""

    def __post_init__(self) -> None:
        if not TOKEN.fullmatch(self.name):
            raise ValueError("not a header name")
        if not VALUE.fullmatch(self.value.reveal()):
            raise ValueError("a header value is printable ASCII on one line, without outer blanks")

    async def authorize(self, request: VendorRequest, _send: Send, /) -> VendorRequest:
        return replace(request, headers={**request.headers, self.name: self.value.reveal()})

    def refused(self, _request: VendorRequest, _response: VendorResponse, /) -> bool:
        return False
