"""Picture files with pixels in them, of every make that callers send: red above, blue below, 640 x 480 unless told."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from PIL import Image, PngImagePlugin

WIDTH, HEIGHT = 640, 480
RED, BLUE = (200, 30, 30), (30, 30, 200)

ORIENTATION = 0x0112


def banner() -> Image.Image:
    """Red in the upper fifth, blue below."""
    image = Image.new("RGB", (WIDTH, HEIGHT), BLUE)
    image.paste(RED, (0, 0, WIDTH, HEIGHT // 5))
    return image


def plain(mode: str = "RGB", colour: Any = "green", size: tuple[int, int] = (WIDTH, HEIGHT)) -> Image.Image:
    return Image.new(mode, size, colour)


def photo(kind: str, image: Image.Image | None = None, *, pages: Iterable[Image.Image] = (), **options: Any) -> bytes:
    """``image`` (the banner unless told) as a file of ``kind``, followed by ``pages`` where there are some."""
    file = io.BytesIO()
    if pages:
        options |= {"save_all": True, "append_images": list(pages)}
    (image or banner()).save(file, kind, **options)
    return file.getvalue()


def turned(kind: str, orientation: int) -> bytes:
    """The banner with an EXIF orientation (1 to 8)."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return photo(kind, tiffinfo={ORIENTATION: orientation}) if kind == "TIFF" else photo(kind, exif=exif)


def cut(content: bytes, part: float) -> bytes:
    return content[: int(len(content) * part)]


def noise() -> Image.Image:
    """Pixels that no format can make small, so that a part of the file is a part of the picture."""
    return Image.fromarray(np.random.default_rng(7).integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8))


def ramp(kind: str, numbers: type[np.generic], top: float) -> bytes:
    """Grey from black at the top to white at the bottom, in wide numbers up to ``top``."""
    values = np.linspace(0, top, WIDTH * HEIGHT).astype(numbers).reshape(HEIGHT, WIDTH)
    return photo(kind, Image.fromarray(values))


def png_of_chunks(width: int, height: int, depth: int, colour: int, pixels: bytes) -> bytes:
    """A PNG by hand (W3C PNG, section 11.2): ``pixels`` as filtered rows, true or not to the header."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def png_16_bit(*, alpha: bool) -> bytes:
    """Blue in 16 bits a channel."""
    pixel = [part * 257 for part in BLUE] + ([65535] if alpha else [])
    row = b"\0" + struct.pack(f">{len(pixel)}H", *pixel) * WIDTH
    return png_of_chunks(WIDTH, HEIGHT, 16, 6 if alpha else 2, row * HEIGHT)


def tiff_16_bit() -> bytes:
    """Blue in 16 bits a channel, uncompressed, in one strip (TIFF 6.0, section 6)."""
    pixels = struct.pack("<3H", *(part * 257 for part in BLUE)) * (WIDTH * HEIGHT)
    after = 8 + 2 + 9 * 12 + 4
    short, long = 3, 4
    entries = [
        (256, short, 1, WIDTH), (257, short, 1, HEIGHT), (258, short, 3, after), (259, short, 1, 1), (262, short, 1, 2),
        (273, long, 1, after + 6), (277, short, 1, 3), (278, short, 1, HEIGHT), (279, long, 1, len(pixels)),
    ]  # fmt: skip
    directory = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<IH", 8, len(entries))
    return head + directory + bytes(4) + struct.pack("<3H", 16, 16, 16) + pixels


def jpeg_of_two_frames() -> bytes:
    """A second frame header claims 60 000 pixels a side: the first one says what the picture is."""
    content = photo("JPEG")
    start = content.index(b"\xff\xc0")
    (length,) = struct.unpack(">H", content[start + 2 : start + 4])
    frame = content[start : start + 2 + length]
    huge = frame[:5] + struct.pack(">HH", 60_000, 60_000) + frame[9:]
    return content[:start] + frame + huge + content[start + len(frame) :]


def png_with_text_bomb() -> bytes:
    """50 MB of text in a few KB."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "a" * 50_000_000, zip=True)
    return photo("PNG", pnginfo=text)


def before_pixels(content: bytes) -> bytes:
    """A JPEG up to its start of scan."""
    return content[: content.index(b"\xff\xda")]
