"""Every make of picture that callers send, as upright pixels or as a failure of its own."""

from __future__ import annotations

import numpy as np
import pytest

from gateway.errors import RecognitionFailed
from gateway.local.decode import LONGEST, decode
from tests import photos
from tests.photos import BLUE, HEIGHT, RED, WIDTH, photo

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def looks_like(pixels, row: float, column: float, colour, tolerance: int = 20) -> bool:
    """Whether the pixel at these parts of height and width has ``colour``; lossy files shift it a little."""
    found = pixels[int(row * (pixels.shape[0] - 1)), int(column * (pixels.shape[1] - 1))][::-1]
    return bool(np.abs(found.astype(int) - colour).max() <= tolerance)


def is_banner(pixels) -> bool:
    return (
        pixels.shape == (HEIGHT, WIDTH, 3)
        and pixels.dtype == np.uint8
        and looks_like(pixels, 0.05, 0.5, RED)
        and looks_like(pixels, 0.5, 0.5, BLUE)
        and looks_like(pixels, 0.95, 0.5, BLUE)
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(photo("JPEG"), id="jpeg"),
        pytest.param(photo("JPEG", progressive=True), id="jpeg progressive"),
        pytest.param(photo("JPEG") + b"\0" * 1000, id="jpeg with a trailer"),
        pytest.param(photo("JPEG", photos.banner().convert("CMYK")), id="jpeg cmyk"),
        pytest.param(photo("MPO", pages=[photos.plain()]), id="jpeg of two eyes"),
        pytest.param(photo("PNG"), id="png"),
        pytest.param(photo("PNG", photos.banner().quantize(4)), id="png with a palette"),
        pytest.param(photo("PNG", pages=[photos.plain()]), id="png animated"),
        pytest.param(photos.png_with_text_bomb(), id="png with a bomb of text"),
        pytest.param(photo("PNG", icc_profile=b"a" * 10_000_000), id="png with a bomb of a profile"),
        pytest.param(photo("BMP"), id="bmp"),
        pytest.param(photo("TIFF"), id="tiff"),
        pytest.param(photo("TIFF", pages=[photos.plain(size=(900, 900))]), id="tiff of two pages"),
        pytest.param(photo("TIFF", photos.banner().convert("CMYK")), id="tiff cmyk"),
        pytest.param(photo("TIFF", photos.banner().convert("YCbCr"), compression="jpeg"), id="tiff jpeg"),
        pytest.param(photo("TIFF", photos.banner().convert("LAB")), id="tiff lab"),
        *(
            pytest.param(photo("TIFF", compression=name), id=f"tiff {name}")
            for name in ("tiff_lzw", "tiff_deflate", "packbits")
        ),
    ],
)
def test_the_first_picture_in_its_colours(content):
    assert is_banner(decode(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize(
    ("orientation", "red_edge"),
    [
        (1, (0.05, 0.5)), (2, (0.05, 0.5)), (3, (0.95, 0.5)), (4, (0.95, 0.5)),
        (5, (0.5, 0.05)), (6, (0.5, 0.95)), (7, (0.5, 0.95)), (8, (0.5, 0.05)),
    ],
)  # fmt: skip
def test_the_turn_of_the_camera_is_taken_back(kind, orientation, red_edge):
    pixels = decode(photos.turned(kind, orientation))
    assert pixels.shape[:2] == ((HEIGHT, WIDTH) if orientation < 5 else (WIDTH, HEIGHT))
    edges = [(0.05, 0.5), (0.95, 0.5), (0.5, 0.05), (0.5, 0.95)]
    assert [edge for edge in edges if looks_like(pixels, *edge, RED)] == [red_edge]


def test_a_turn_that_does_not_exist_is_none():
    assert is_banner(decode(photos.turned("JPEG", 99)))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF:UserWarning", "ignore:Tag data larger:UserWarning")
@pytest.mark.parametrize("exif", [b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\xff\xff\xff\xff"])
def test_a_broken_exif_block_is_no_turn(exif):
    assert is_banner(decode(photo("JPEG", exif=b"Exif\0\0" + exif)))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(photos.ramp("PNG", np.uint16, 65535), id="png 16 bit"),
        pytest.param(photos.ramp("TIFF", np.uint16, 65535), id="tiff 16 bit"),
        pytest.param(photos.ramp("TIFF", np.int32, 65535), id="tiff 32 bit"),
        pytest.param(photos.ramp("TIFF", np.float32, 1.0), id="tiff of fractions"),
    ],
)
def test_wide_grey_keeps_its_shades(content):
    pixels = decode(content)
    for row in (0.0, 0.25, 0.5, 0.75, 1.0):
        assert looks_like(pixels, row, 0.5, (row * 255,) * 3, tolerance=2)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(photos.png_16_bit(alpha=False), id="png"),
        pytest.param(photos.png_16_bit(alpha=True), id="png with alpha"),
        pytest.param(photos.tiff_16_bit(), id="tiff"),
    ],
)
def test_wide_colour_keeps_its_colour(content):
    pixels = decode(content)
    assert pixels.shape == (HEIGHT, WIDTH, 3)
    assert looks_like(pixels, 0.5, 0.5, BLUE, tolerance=1)


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(photos.plain("RGBA", (0, 0, 0, 0)), id="rgba"),
        pytest.param(photos.plain("LA", (0, 0)), id="la"),
        pytest.param(photos.plain("1", 1), id="black and white"),
    ],
)
def test_what_is_transparent_is_white_paper(image):
    assert looks_like(decode(photo("PNG", image)), 0.5, 0.5, WHITE)


def test_a_transparent_palette_entry_is_white_paper():
    assert looks_like(decode(photo("PNG", photos.plain("P", 0), transparency=0)), 0.5, 0.5, WHITE)


@pytest.mark.parametrize("compression", ["group3", "group4"])
def test_a_fax_is_black_on_white(compression):
    page = photos.plain("1", 1)
    page.paste(0, (0, HEIGHT // 2, WIDTH, HEIGHT))
    pixels = decode(photo("TIFF", page, compression=compression))
    assert looks_like(pixels, 0.2, 0.5, WHITE)
    assert looks_like(pixels, 0.8, 0.5, BLACK)


@pytest.mark.parametrize(
    ("kind", "part", "row"),
    [("JPEG", 0.5, 0.05), ("PNG", 0.5, 0.05), ("TIFF", 0.5, 0.05), ("BMP", 0.5, 0.95)],
)
def test_of_a_file_that_is_cut_off_what_is_there_is_read(kind, part, row):
    """BMP stores its rows from below."""
    whole = photo(kind, photos.noise())
    pixels, cut = decode(whole), decode(photos.cut(whole, part))
    assert cut.shape == pixels.shape
    there, missing = int(row * HEIGHT), int((1 - row) * HEIGHT)
    assert np.array_equal(cut[there], pixels[there])
    assert np.ptp(cut[missing], axis=0).max() == 0, "one flat colour"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(photos.before_pixels(photo("JPEG")), id="jpeg without pixels"),
        pytest.param(photos.before_pixels(photo("JPEG")) + bytes(1000), id="jpeg with zeros for pixels"),
        pytest.param(photo("PNG")[:33], id="png without pixels"),
        pytest.param(photos.jpeg_of_two_frames(), id="jpeg of two sizes"),
        pytest.param(
            photos.png_of_chunks(9000, 500, 8, 0, bytes(9001 * 500)), id="more pixels a side than any caller's"
        ),
        pytest.param(b"", id="nothing"),
    ],
)
def test_a_file_without_a_picture_is_a_failure_of_ours(content):
    with pytest.raises(RecognitionFailed):
        decode(content)


def test_pixels_beyond_what_the_header_says_are_not_unpacked():
    assert decode(photos.png_of_chunks(WIDTH, HEIGHT, 8, 2, bytes(30_000_000))).shape == (HEIGHT, WIDTH, 3)


def test_the_largest_picture_there_may_be_is_made_smaller():
    content = photos.png_of_chunks(8192, 8192, 1, 0, bytes(1025 * 8192))
    assert len(content) < 10_000, "67 megapixels in 8 KB"
    assert decode(content).shape == (LONGEST, LONGEST, 3)
