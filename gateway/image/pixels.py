"""A picture file becomes upright 8-bit pixels on white, grey or RGB, of the first frame and with nothing else attached."""

from __future__ import annotations

import io
import math
import struct

from PIL import Image, ImageOps

from gateway.errors import UndecodableImage
from gateway.model import DocumentImage, ImageFormat

Size = tuple[int, int]

UNDECODABLE = (
    OSError,
    SyntaxError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow raises for files that are cut off or broken, depending on where."""

MAX_SCANS = 100
"""Scans of a progressive JPEG; cameras and web services write about ten. Each costs a pass over all pixels, so that a
small file of thousands would keep a processor for hours. In a TIFF file libtiff has the same limit."""

_GREY = frozenset({"1", "L"})
_WITH_ALPHA = frozenset({"RGBA", "RGBa", "LA", "La", "PA"})

_TO_8_BIT = [round(value / 257) for value in range(65536)]


def decode(image: DocumentImage, at_least: Size) -> Image.Image:
    """The picture in mode ``L`` or ``RGB``.

    ``at_least`` are the pixels as stored that are needed: a big JPEG is then decoded at half, a quarter or an eighth of
    its size. Raises :class:`UndecodableImage` for what is cut off, broken, or not what its header says. A picture of
    8192 pixels a side takes 600 MB on the way.
    """
    content = image.decoded()
    if image.format is ImageFormat.JPEG and bytes(content).count(b"\xff\xda") > MAX_SCANS:
        raise UndecodableImage("a JPEG file of too many scans")
    try:
        with Image.open(io.BytesIO(content), formats=(image.format.value,)) as picture:
            if sorted(picture.size) != sorted((image.width, image.height)):
                raise UndecodableImage("a picture that is not of the size its header says")
            picture.draft(None, at_least)
            picture.load()
            _turn(picture)
            plain = _on_white(_eight_bit(picture))
    except UNDECODABLE as error:
        raise UndecodableImage(f"undecodable picture: {type(error).__name__}") from None
    # What is left here, such as a comment, an ICC profile or where the picture was taken, would be saved with it.
    plain.info = {}
    return plain


def _turn(picture: Image.Image) -> None:
    """Apply the EXIF orientation. A broken EXIF block costs the turn and not the picture."""
    try:
        ImageOps.exif_transpose(picture, in_place=True)
    except UNDECODABLE:
        return


def _eight_bit(picture: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits, or of fractions, scaled to 8 bits; Pillow itself would cut off what is above 255."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(_TO_8_BIT, "L")
    if picture.mode in {"I", "F"}:
        top = _top(picture)
        return picture.point(lambda value: value * (255 / top)).convert("L")
    return picture


def _top(picture: Image.Image) -> float:
    """What is white in a picture that does not say so: the usual full scale, or the brightest pixel above it."""
    usual = 65535.0 if picture.mode == "I" else 1.0
    extrema = picture.getextrema()
    brightest = extrema[1] if isinstance(extrema[1], int | float) else usual
    return max(usual, brightest) if math.isfinite(brightest) else usual


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in _WITH_ALPHA or "transparency" in picture.info:
        layer = picture if picture.mode in {"RGBA", "LA"} else picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer)
        return ground
    mode = "L" if picture.mode in _GREY else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)
