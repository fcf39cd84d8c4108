"""A file as Base64 text: checked as a whole, sized and read in part without being decoded."""

from __future__ import annotations

import asyncio
import binascii

from gateway.errors import UnsupportedImageFormat
from gateway.image.inspect import Read
from gateway.model import Buffer

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_LINE_BREAKS = b"\r\n"
_CHUNK = 64 * 1024
_CHUNKS_AT_ONCE = 16
"""1 MiB of text takes about 0.5 ms to check; then the event loop gets its turn."""


async def checked(text: Buffer) -> Buffer:
    """``text`` itself where it is strict Base64 (RFC 4648 section 4, with padding).

    Line breaks are taken out, which costs a copy: encoders that follow RFC 2045 wrap their lines, among them the
    default ones of Android and of the ``base64`` program. Anything else, a ``data:`` prefix included, raises
    :class:`UnsupportedImageFormat`.
    """
    strange = bytearray()
    for number, start in enumerate(range(0, len(text), _CHUNK), 1):
        strange += bytes(text[start : start + _CHUNK]).translate(None, _ALPHABET)
        if number % _CHUNKS_AT_ONCE == 0:
            await asyncio.sleep(0)
    padding = bytes(strange.translate(None, _LINE_BREAKS))
    if len(padding) < len(strange):
        text = bytes(text).translate(None, _LINE_BREAKS)
    if padding not in (b"", b"=", b"==") or bytes(text[len(text) - len(padding) :]) != padding:
        raise UnsupportedImageFormat("the image is not Base64 text")
    if not text or len(text) % 4:
        raise UnsupportedImageFormat("the Base64 text of the image is cut off or not padded")
    return text


def decoded_size(text: Buffer) -> int:
    """Bytes of the file behind checked Base64 text."""
    return len(text) // 4 * 3 - bytes(text[-2:]).count(b"=")


def reader(text: Buffer) -> Read:
    """Access to the file behind checked Base64 text; only what is asked for is decoded."""

    def read(offset: int, length: int) -> bytes:
        first, skip = offset // 3 * 4, offset % 3
        last = -(-(offset + length) // 3) * 4
        return binascii.a2b_base64(text[first:last])[skip : skip + length]

    return read
