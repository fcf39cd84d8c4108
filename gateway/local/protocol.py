"""What the gateway and a reader process say to one another: frames of a length and that many bytes."""

from __future__ import annotations

import struct
from typing import TypeAlias

import msgspec

from gateway.reader.mrz.record import MrzRecord
from gateway.reader.text import Line

LENGTH = struct.Struct(">I")
"""Goes before each frame: its bytes, big-endian."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One picture to read; the frame after this one is the picture itself."""

    base64: bool
    """Whether the picture comes as Base64 text."""
    visual: bool
    """Whether the lines around the zone are wanted."""
    portrait: bool
    budget: float
    """Seconds within which the reader should be done."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The models are loaded; said once, first of all."""


class PageText(msgspec.Struct, frozen=True, tag=True):
    """What stands on the page. ``portrait`` is a JPEG as Base64 text."""

    record: MrzRecord | None
    lines: tuple[Line, ...]
    portrait: bytes | None = None


class Failure(msgspec.Struct, frozen=True, tag=True):
    """Why there is no answer: the ``outcome`` of a document error, or ``misconfigured``, and words for operators."""

    outcome: str
    message: str


Reply: TypeAlias = Ready | PageText | Failure

_encode = msgspec.msgpack.Encoder().encode
decode_job = msgspec.msgpack.Decoder(Job).decode
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def decode_reply(body: bytes) -> Reply:
    """Raises msgspec.DecodeError for what is none."""
    return _replies.decode(body)


def frame(message: Job | Reply) -> bytes:
    """``message`` as it goes over the pipe."""
    body = _encode(message)
    return LENGTH.pack(len(body)) + body
