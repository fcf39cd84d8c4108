"""Files that are nothing but a header: enough for whoever looks at format and size alone."""

from __future__ import annotations

import struct


def jpeg(width: int, height: int, *, before: bytes = b"", frame: int = 0xC0) -> bytes:
    """SOI, ``before``, a frame header, start of scan. ``frame`` 0xC2 is progressive."""
    sof = struct.pack(">BBHBHHB", 0xFF, frame, 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + before + sof + b"\xff\xda"


def segment(marker: int, content: bytes) -> bytes:
    """One JPEG segment: 0xE1 with ``Exif`` is the block that cameras put first."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


def bmp(width: int, height: int, *, header: int = 40) -> bytes:
    sides = struct.pack("<HH" if header == 12 else "<ii", width, height)
    return b"BM" + b"\0" * 12 + struct.pack("<I", header) + sides


def tiff(width: int, height: int, *, order: str = "<", gap: int = 0, kind: int = 3) -> bytes:
    """The directory comes ``gap`` bytes after the header; ``kind`` 3 writes the sides as SHORT, 4 as LONG."""

    def entry(tag: int, value: int) -> bytes:
        content = struct.pack(order + ("HH" if kind == 3 else "I"), *((value, 0) if kind == 3 else (value,)))
        return struct.pack(order + "HHI", tag, kind, 1) + content

    start = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(order + "I", 8 + gap)
    return start + b"\0" * gap + struct.pack(order + "H", 3) + entry(254, 0) + entry(256, width) + entry(257, height)


def gif(width: int, height: int) -> bytes:
    """A format that nobody takes."""
    return b"GIF89a" + struct.pack("<HH", width, height) + bytes(3)
