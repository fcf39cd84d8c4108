"""Pixels become a file of at most so many bytes: by a coarser quality first, then by fewer pixels, never illegible."""

from __future__ import annotations

import io
import math

from PIL import Image

from gateway.errors import UpstreamIncapable
from gateway.exchange import ImageLimits
from gateway.image.pixels import Size
from gateway.model import ImageFormat

QUALITIES = (92, 86, 80, 75)
"""JPEG qualities in the order they are tried; below the last, letters begin to fray."""

LEGIBLE = 600
"""Pixels of the longer side below which no picture is shrunk to save bytes: a card's smallest print is 10 of them high."""


def compress(picture: Image.Image, kind: ImageFormat, limits: ImageLimits) -> tuple[bytes, Size]:
    """The file and its pixels. ``kind`` is JPEG or PNG.

    Raises :class:`UpstreamIncapable` where no legible picture has so few bytes. The same picture always gives the same
    file.
    """
    content = b""
    for quality in QUALITIES if kind is ImageFormat.JPEG else QUALITIES[-1:]:
        if quality > QUALITIES[-1] and len(content) > 3 * limits.max_bytes:
            continue  # the last has half the bytes of the first, so those between are no help
        content = _encode(picture, kind, quality)
        if len(content) <= limits.max_bytes:
            return content, picture.size

    least = max(LEGIBLE / max(picture.size), limits.min_side / min(picture.size))
    factor = 1.0
    while len(content) > limits.max_bytes:
        # Bytes go about with the area; the margins save another round.
        better = max(least, factor * min(0.9, 0.95 * math.sqrt(limits.max_bytes / len(content))))
        if better >= factor:
            raise UpstreamIncapable("no legible picture has so few bytes")
        factor = better
        smaller = resize(picture, scaled(picture.size, factor))
        content = _encode(smaller, kind, QUALITIES[-1])
    return content, scaled(picture.size, factor)


def scaled(size: Size, factor: float) -> Size:
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def resize(picture: Image.Image, size: Size) -> Image.Image:
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _encode(picture: Image.Image, kind: ImageFormat, quality: int) -> bytes:
    file = io.BytesIO()
    if kind is ImageFormat.JPEG:
        picture.save(file, "JPEG", quality=quality)
    else:
        picture.save(file, "PNG")
    return file.getvalue()
