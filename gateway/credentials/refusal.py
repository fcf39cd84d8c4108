"""Reads the error that a vendor put into an answer, to see whether it speaks of the authorization."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from gateway.exchange import VendorResponse

T = TypeVar("T")

LARGEST_ERROR = 64 * 1024
"""Bytes; what is longer holds a document, and is not parsed a second time for it."""


def error_in(response: VendorResponse, kind: type[T]) -> T | None:
    """The body as ``kind``, a msgspec Struct of what is looked for; None for any other body."""
    if len(response.body) > LARGEST_ERROR:
        return None
    try:
        return msgspec.json.decode(response.body, type=kind)
    except (ValueError, RecursionError):
        return None
