from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gateway.errors import ImageSizeOutOfRange, UnsupportedImageFormat
from gateway.image.inspect import ImageHeader, inspect, reader
from gateway.model import ImageFormat
from tests.pictures import bmp, jpeg, png, segment, tiff

EXIF = segment(0xE1, b"Exif\0\0" + b"\xff\xc0" * 30_000)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(jpeg(640, 480), ImageFormat.JPEG, id="jpeg"),
        pytest.param(jpeg(640, 480, frame=0xC2), ImageFormat.JPEG, id="jpeg progressive"),
        pytest.param(jpeg(640, 480, frame=0xC9), ImageFormat.JPEG, id="jpeg arithmetic"),
        pytest.param(jpeg(640, 480, before=EXIF), ImageFormat.JPEG, id="jpeg behind EXIF that looks like a frame"),
        pytest.param(jpeg(640, 480, before=segment(0xC4, b"x" * 30)), ImageFormat.JPEG, id="jpeg behind DHT"),
        pytest.param(jpeg(640, 480, before=b"\xff" * 9), ImageFormat.JPEG, id="jpeg with fill bytes"),
        pytest.param(jpeg(640, 480, before=b"\xff\x01\xff\xd0"), ImageFormat.JPEG, id="jpeg with standalone markers"),
        pytest.param(png(640, 480), ImageFormat.PNG, id="png"),
        pytest.param(bmp(640, 480), ImageFormat.BMP, id="bmp"),
        pytest.param(bmp(640, -480), ImageFormat.BMP, id="bmp from the top"),
        pytest.param(bmp(640, 480, header=12), ImageFormat.BMP, id="bmp core header"),
        pytest.param(bmp(640, 480, header=124), ImageFormat.BMP, id="bmp version 5"),
        pytest.param(tiff(640, 480), ImageFormat.TIFF, id="tiff little endian"),
        pytest.param(tiff(640, 480, order=">"), ImageFormat.TIFF, id="tiff big endian"),
        pytest.param(tiff(640, 480, order=">", kind=4), ImageFormat.TIFF, id="tiff with long sides"),
        pytest.param(tiff(640, 480, gap=1_000_000), ImageFormat.TIFF, id="tiff with its directory at the end"),
    ],
)
def test_reads_format_and_pixels(content, kind):
    assert inspect(reader(content)) == ImageHeader(kind, 640, 480)


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("JPEG", "RGB", {}),
        ("JPEG", "CMYK", {"progressive": True, "exif": b"Exif\0\0" + bytes(60_000)}),
        ("JPEG", "L", {"icc_profile": bytes(200_000)}),
        ("PNG", "RGBA", {}),
        ("PNG", "P", {}),
        ("BMP", "RGB", {}),
        ("BMP", "1", {}),
        ("TIFF", "RGB", {}),
        ("TIFF", "1", {"compression": "group4"}),
        ("TIFF", "RGB", {"compression": "tiff_lzw", "big_tiff": False}),
    ],
)
def test_agrees_with_files_written_by_pillow(kind, mode, options):
    file = io.BytesIO()
    Image.new(mode, (1234, 567)).save(file, kind, **options)
    assert inspect(reader(file.getvalue())) == ImageHeader(ImageFormat(kind.lower()), 1234, 567)


def test_refuses_a_bigtiff_written_by_pillow():
    file = io.BytesIO()
    Image.new("RGB", (1234, 567)).save(file, "TIFF", big_tiff=True)
    with pytest.raises(UnsupportedImageFormat):
        inspect(reader(file.getvalue()))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GIF89a\x80\x02\xe0\x01", id="gif"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 ", id="webp"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(b"\xff\xd8\xff\xda\0\x0c", id="jpeg without a frame"),
        pytest.param(b"\xff\xd8\xff\xd9", id="jpeg that ends at once"),
        pytest.param(b"\xff\xd8\xff\xe0\0\x04abXX", id="jpeg with rubbish between segments"),
        pytest.param(b"\xff\xd8" + b"\xff" * 100_000, id="jpeg of fill bytes"),
        pytest.param(b"\xff\xd8" + segment(0xE0, b"") * 100_000, id="jpeg of empty segments"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\x04CgBI" + b"\0" * 20, id="png for phones"),
        pytest.param(bmp(640, 480, header=13), id="bmp with an unknown header"),
        pytest.param(b"II+\0\x08\0\0\0" + b"\0" * 64, id="bigtiff"),
        pytest.param(b"II*\0\x08\0\0\0\0\0", id="tiff without entries"),
        pytest.param(b"II*\0\x08\0\0\0\xff\xff" + b"\0" * 800_000, id="tiff with too many entries"),
    ],
)
def test_refuses_everything_else(content):
    with pytest.raises(UnsupportedImageFormat):
        inspect(reader(content))


@pytest.mark.parametrize(
    ("content", "needed"),
    [
        pytest.param(jpeg(640, 480), 11, id="jpeg"),
        pytest.param(jpeg(640, 480, before=EXIF), len(EXIF) + 11, id="jpeg behind EXIF"),
        pytest.param(png(640, 480), 24, id="png"),
        pytest.param(bmp(640, 480), 26, id="bmp"),
        pytest.param(tiff(640, 480), 46, id="tiff"),
    ],
)
def test_refuses_a_header_that_is_cut_off_anywhere(content, needed):
    inspect(reader(content[:needed]))
    for end in {*range(min(needed, 100)), needed - 1}:
        with pytest.raises(UnsupportedImageFormat):
            inspect(reader(content[:end]))


@pytest.mark.parametrize("make", [jpeg, png, bmp, tiff])
def test_sides_from_100_to_8192_pixels(make):
    inspect(reader(make(100, 8192)))
    inspect(reader(make(8192, 100)))
    for width, height in [(99, 500), (500, 99), (8193, 500), (500, 8193), (0, 500), (500, 0)]:
        with pytest.raises(ImageSizeOutOfRange):
            inspect(reader(make(width, height)))


def test_a_negative_width_is_out_of_range():
    with pytest.raises(ImageSizeOutOfRange):
        inspect(reader(bmp(-640, 480)))


def test_a_frame_far_inside_costs_a_few_bytes():
    content = jpeg(640, 480, before=EXIF * 20)
    taken = []

    def read(offset: int, length: int) -> bytes:
        taken.append(length)
        return content[offset : offset + length]

    inspect(read)
    assert sum(taken) < 200


@pytest.mark.parametrize("before", [b"\xff" * 100_000, segment(0xE0, b"") * 100_000])
def test_a_file_made_to_keep_us_busy_is_given_up(before):
    content = jpeg(640, 480, before=before)
    reads = 0

    def read(offset: int, length: int) -> bytes:
        nonlocal reads
        reads += 1
        return content[offset : offset + length]

    with pytest.raises(UnsupportedImageFormat):
        inspect(read)
    assert reads < 10_000


PREFIXES = st.sampled_from(
    [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"II*\0", b"MM\0*", jpeg(1, 1)[:4], struct.pack("<H", 7)]
)


@settings(deadline=None)
@given(PREFIXES, st.binary(max_size=400))
def test_any_bytes_give_a_header_or_one_of_our_errors(prefix, rest):
    try:
        header = inspect(reader(prefix + rest))
    except (UnsupportedImageFormat, ImageSizeOutOfRange):
        return
    assert 100 <= min(header.width, header.height) <= max(header.width, header.height) <= 8192
