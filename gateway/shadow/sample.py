"""Which pictures are compared: decided by the picture itself, so that every replica decides alike and always so."""

from __future__ import annotations

import hashlib

from gateway.image.encoded import reader
from gateway.model import DocumentImage

PART = 4096
"""Bytes looked at in the beginning, the middle and the end of the file: enough to tell pictures apart, in 20 microseconds."""


def lot(image: DocumentImage, purpose: str) -> float:
    """A number from 0 up to 1 that belongs to this picture and ``purpose``, evenly spread.

    A share takes those below it, so that a larger share takes all that a smaller one does. It is the file that counts, not
    whether it came as Base64 text or was downloaded.
    """
    digest = hashlib.sha256(f"{purpose}\0{image.size}\0".encode())
    for offset in (0, image.size // 2, max(0, image.size - PART)):
        digest.update(_part(image, offset))
    return int.from_bytes(digest.digest()[:8]) / 2**64


def _part(image: DocumentImage, offset: int) -> bytes:
    if image.content is not None:
        return bytes(image.content[offset : offset + PART])
    assert image.base64 is not None
    return reader(image.base64)(offset, PART)
