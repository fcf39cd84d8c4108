"""A picture file becomes upright pixels: any mode and depth of the four formats, EXIF turn applied, size bounded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile, ImageOps

from gateway.errors import RecognitionFailed
from gateway.model import Buffer

Pixels: TypeAlias = npt.NDArray[np.uint8]
"""Height x width x 3, blue first."""

FORMATS = ("JPEG", "PNG", "BMP", "TIFF")
LONGEST = 3200
"""Pixels of the longer side that are kept: a passport page a third as wide still has 20 a character."""
MAX_SIDE = 8192


def decode(content: Buffer) -> Pixels:
    """The first frame, upright, on white, at most :data:`LONGEST` a side. Raises :class:`RecognitionFailed`."""
    try:
        with _cut_off_too(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if max(image.size) > MAX_SIDE:
                raise RecognitionFailed(f"picture larger than {MAX_SIDE} pixels a side")
            _draft(image)
            small = _shrink(_eight_bit(image))
            upright = ImageOps.exif_transpose(small)
            return np.ascontiguousarray(np.asarray(_on_white(upright))[:, :, ::-1])
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise RecognitionFailed(f"undecodable picture: {type(error).__name__}") from error


@contextmanager
def _cut_off_too() -> Iterator[None]:
    """Callers' pictures are cut off now and then; what is there is read. The setting is the whole process's, so that it is
    given back: elsewhere a picture that is cut off is one that cannot be decoded.
    """
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _draft(image: Image.Image) -> None:
    """Let a big JPEG decode at half, a quarter or an eighth of its size, as long as enough pixels remain."""
    for denominator in (8, 4, 2):
        size = image.width // denominator, image.height // denominator
        if max(size) >= LONGEST * 0.6:
            image.draft(None, size)
            return


def _eight_bit(image: Image.Image) -> Image.Image:
    """16- and 32-bit grey scaled to 8 bits; Pillow itself would clip them."""
    if not image.mode.startswith(("I", "F")):
        return image
    values: npt.NDArray[Any] = np.asarray(image).astype(np.float32)
    top = 65535.0 if image.mode.startswith("I") else float(values.max(initial=1.0))
    return Image.fromarray(np.clip(values * (255.0 / top), 0, 255).astype(np.uint8))


def _shrink(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= LONGEST:
        return image
    if image.mode in ("1", "P", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    # An orientation tag is dropped by resizing; it is still needed after it.
    exif = image.getexif()
    size = max(1, image.width * LONGEST // longest), max(1, image.height * LONGEST // longest)
    smaller = image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    smaller.info["exif"] = exif.tobytes()
    return smaller


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return image.convert("RGB")
