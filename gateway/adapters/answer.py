"""Reads vendors' JSON strictly: a body outside the agreed form is an error of the upstream, never a crash or a guess."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from gateway.errors import UpstreamProtocolError

T = TypeVar("T")


def decode(body: bytes | str, kind: type[T]) -> T:
    """``body`` as ``kind``, a msgspec Struct with what is needed of the vendor's answer; unknown keys are ignored.

    Also for JSON inside JSON. Raises :class:`UpstreamProtocolError` for anything else, without quoting it: it may hold
    a name.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, RecursionError):
        raise UpstreamProtocolError("the answer is not the documented JSON") from None


def decode_or_none(body: bytes | str, kind: type[T]) -> T | None:
    """The same for an answer that may be anything: an error page, an empty or a cut body are None."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, RecursionError):
        return None
