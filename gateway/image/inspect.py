"""Format and pixel dimensions of a picture, read from its header alone.

The file is reached through a ``Read``, so that a few bytes far inside it (a JPEG frame behind a large EXIF block, a
TIFF directory at the end) cost a few bytes and not the whole file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from gateway.errors import ImageSizeOutOfRange, UnsupportedImageFormat
from gateway.model import Buffer, ImageFormat

Read: TypeAlias = Callable[[int, int], bytes]
"""``read(offset, length)`` gives that part of the file, shorter where the file ends before."""

MIN_SIDE = 100
MAX_SIDE = 8192
"""Pixels of the shortest and longest side that the old API took (``IdDocumentRequestBody`` in Huawei's SDKs)."""

_MAX_STEPS = 4096
"""JPEG segments and TIFF directory entries looked at before a file is given up; real ones have some dozens."""

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""SOF0 to SOF15 without DHT, JPG and DAC (ITU-T T.81, table B.1)."""

_JPEG_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""TEM, RST0 to RST7 and SOI: markers without a length (ITU-T T.81, section B.1.1.3)."""

_JPEG_END = frozenset({0xD9, 0xDA})
"""EOI and SOS: no frame header comes after these."""


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """What a file says of itself: pixels as stored, before any EXIF turn."""

    format: ImageFormat
    width: int
    height: int


def inspect(read: Read) -> ImageHeader:
    """The header of a JPEG, PNG, BMP or TIFF file.

    Raises :class:`UnsupportedImageFormat` for anything else and for a header that is cut off or contradicts itself,
    :class:`ImageSizeOutOfRange` for sides outside 100 to 8192 pixels.
    """
    header = _parser(read(0, 8))(read)
    if min(header.width, header.height) < MIN_SIDE or max(header.width, header.height) > MAX_SIDE:
        raise ImageSizeOutOfRange(f"{header.width} x {header.height} pixels")
    return header


def reader(content: Buffer) -> Read:
    """Access to a file that is in memory as a whole."""
    return lambda offset, length: bytes(content[offset : offset + length])


def _parser(start: bytes) -> Callable[[Read], ImageHeader]:
    if start.startswith(b"\xff\xd8\xff"):
        return _jpeg
    if start == b"\x89PNG\r\n\x1a\n":
        return _png
    if start.startswith(b"BM"):
        return _bmp
    if start.startswith((b"II*\0", b"MM\0*")):
        return _tiff
    raise UnsupportedImageFormat("not a JPEG, PNG, BMP or TIFF file")


def _take(read: Read, offset: int, length: int) -> bytes:
    data = read(offset, length)
    if len(data) < length:
        raise UnsupportedImageFormat("the header is cut off")
    return data


def _jpeg(read: Read) -> ImageHeader:
    offset = 2
    for _ in range(_MAX_STEPS):
        lead, marker = _take(read, offset, 2)
        if lead != 0xFF or marker in _JPEG_END:
            raise UnsupportedImageFormat("a JPEG file without a frame header")
        if marker == 0xFF:  # any number of fill bytes may stand before a marker (ITU-T T.81, section B.1.1.2)
            offset += 1
        elif marker in _JPEG_STANDALONE:
            offset += 2
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", _take(read, offset + 4, 5), 1)
            return ImageHeader(ImageFormat.JPEG, width, height)
        else:
            (length,) = struct.unpack(">H", _take(read, offset + 2, 2))
            offset += 2 + length
    raise UnsupportedImageFormat("a JPEG file with its frame header behind too many segments")


def _png(read: Read) -> ImageHeader:
    length, kind, width, height = struct.unpack(">I4sII", _take(read, 8, 16))
    if kind != b"IHDR" or length != 13:
        raise UnsupportedImageFormat("a PNG file that does not begin with IHDR")
    return ImageHeader(ImageFormat.PNG, width, height)


def _bmp(read: Read) -> ImageHeader:
    (size,) = struct.unpack("<I", _take(read, 14, 4))
    if size == 12:  # BITMAPCOREHEADER
        width, height = struct.unpack("<HH", _take(read, 18, 4))
    elif 16 <= size <= 124:  # BITMAPINFOHEADER and its kin from OS/2 2 to V5
        width, height = struct.unpack("<ii", _take(read, 18, 8))
    else:
        raise UnsupportedImageFormat("a BMP file with an unknown header")
    return ImageHeader(ImageFormat.BMP, width, abs(height))  # a negative height means rows from the top


def _tiff(read: Read) -> ImageHeader:
    order = "<" if read(0, 1) == b"I" else ">"
    (directory,) = struct.unpack(order + "I", _take(read, 4, 4))
    (count,) = struct.unpack(order + "H", _take(read, directory, 2))
    if count > _MAX_STEPS:
        raise UnsupportedImageFormat("a TIFF directory with too many entries")
    sides: dict[int, int] = {}
    for entry in struct.iter_unpack(order + "HHI4s", _take(read, directory + 2, 12 * count)):
        tag, kind, values, content = entry
        if tag in {256, 257} and values == 1 and kind in {3, 4}:  # ImageWidth, ImageLength as SHORT or LONG
            (sides[tag],) = struct.unpack_from(order + ("H" if kind == 3 else "I"), content)
    if len(sides) < 2:
        raise UnsupportedImageFormat("a TIFF directory without dimensions")
    return ImageHeader(ImageFormat.TIFF, sides[256], sides[257])
