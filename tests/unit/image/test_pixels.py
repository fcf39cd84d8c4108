import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gateway.errors import GatewayError, UnreadableDocument
from gateway.image.load import from_content
from gateway.image.pixels import MAX_SCANS, decode
from tests import photos
from tests.photos import BLUE, HEIGHT, RED, WIDTH, photo

WHOLE = (WIDTH, HEIGHT)


def decoded(content: bytes, at_least: tuple[int, int] = WHOLE) -> Image.Image:
    return decode(from_content(content), at_least)


def near(picture: Image.Image, place: tuple[int, int], colour: tuple[int, ...]) -> bool:
    return all(abs(have - want) < 16 for have, want in zip(picture.convert("RGB").getpixel(place), colour, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_comes_out_upright(kind: str, orientation: int):
    picture = decoded(photos.turned(kind, orientation))
    assert picture.size == (WHOLE if orientation < 5 else WHOLE[::-1])
    far = picture.width - 5, picture.height - 5
    top, bottom = (picture.width // 2, 5), (picture.width // 2, far[1])
    left, right = (5, picture.height // 2), (far[0], picture.height // 2)
    red = {1: top, 2: top, 3: bottom, 4: bottom, 5: left, 6: right, 7: right, 8: left}[orientation]
    assert [place for place in (top, bottom, left, right) if near(picture, place, RED)] == [red]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(photo("JPEG", photos.banner().convert("CMYK")), id="jpeg in CMYK"),
        pytest.param(photo("JPEG", progressive=True), id="progressive jpeg"),
        pytest.param(
            photo("PNG", photos.banner().convert("P", palette=Image.Palette.ADAPTIVE)), id="png with a palette"
        ),
        pytest.param(photo("PNG", photos.banner().convert("RGBA")), id="png with alpha"),
        pytest.param(photo("BMP"), id="bmp"),
        pytest.param(photo("TIFF", compression="tiff_lzw"), id="tiff LZW"),
        pytest.param(photo("TIFF", compression="jpeg"), id="tiff of a jpeg"),
        pytest.param(photo("TIFF", photos.banner().convert("CMYK")), id="tiff in CMYK"),
        pytest.param(photo("TIFF", photos.banner().convert("YCbCr")), id="tiff in YCbCr"),
        pytest.param(photo("TIFF", photos.banner().convert("LAB")), id="tiff in LAB"),
        pytest.param(photo("TIFF", pages=[photos.plain(), photos.plain()]), id="first of three pages"),
        pytest.param(photo("MPO", pages=[photos.plain()]), id="first of two in a jpeg"),
    ],
)
def test_colours_survive(content: bytes):
    picture = decoded(content)
    assert (picture.mode, picture.size) == ("RGB", WHOLE)
    assert near(picture, (WIDTH // 2, 5), RED)
    assert near(picture, (WIDTH // 2, HEIGHT - 5), BLUE)


@pytest.mark.parametrize(
    "content", [photos.png_16_bit(alpha=False), photos.png_16_bit(alpha=True), photos.tiff_16_bit()]
)
def test_sixteen_bits_a_channel(content: bytes):
    assert near(decoded(content), (9, 9), BLUE)


@pytest.mark.parametrize(
    ("kind", "numbers", "top"),
    [
        ("PNG", np.uint16, 65535),
        ("TIFF", np.uint16, 65535),
        ("TIFF", np.int32, 65535),
        ("TIFF", np.int32, 2_000_000_000),
        ("TIFF", np.float32, 1.0),
        ("TIFF", np.float32, 65535.0),
    ],
)
def test_grey_of_any_depth_keeps_its_shades(kind: str, numbers: type[np.generic], top: float):
    picture = decoded(photos.ramp(kind, numbers, top))
    assert picture.mode == "L"
    shades = [picture.getpixel((WIDTH // 2, row)) for row in (0, HEIGHT // 4, HEIGHT // 2, HEIGHT * 3 // 4, HEIGHT - 1)]
    assert shades == pytest.approx([0, 64, 128, 191, 255], abs=2)


def test_fractions_that_are_no_numbers_are_no_failure():
    values = np.full((HEIGHT, WIDTH), 0.5, dtype=np.float32)
    values[0, 0], values[1, 1] = np.inf, np.nan
    assert decoded(photo("TIFF", Image.fromarray(values))).size == WHOLE


def test_black_and_white():
    page = Image.new("1", WHOLE, 1)
    page.paste(0, (0, 0, WIDTH, HEIGHT // 2))
    for content in (photo("TIFF", page, compression="group4"), photo("PNG", page), photo("BMP", page)):
        picture = decoded(content)
        assert picture.mode == "L"
        assert [picture.getpixel((9, row)) for row in (9, HEIGHT - 9)] == [0, 255]


def palette_with_a_hole(transparency: int | bytes) -> bytes:
    picture = Image.new("P", WHOLE, 1)
    picture.putpalette([255, 0, 0, *BLUE])
    picture.paste(0, (0, 0, WIDTH, HEIGHT // 2))
    return photo("PNG", picture, transparency=transparency)


def half_clear(mode: str) -> bytes:
    picture = photos.plain("RGBA", (*BLUE, 255))
    picture.paste((0, 0, 0, 0), (0, 0, WIDTH, HEIGHT // 2))
    return photo("PNG", picture.convert(mode))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(half_clear("RGBA"), id="alpha"),
        pytest.param(half_clear("LA"), id="grey and alpha"),
        pytest.param(palette_with_a_hole(0), id="one clear colour"),
        pytest.param(palette_with_a_hole(b"\0\xff"), id="an alpha for each colour"),
        pytest.param(
            photo("PNG", photos.plain("RGB", (1, 2, 3)), transparency=(1, 2, 3)), id="one clear colour, no palette"
        ),
        pytest.param(photo("PNG", photos.plain("L", 7), transparency=7), id="one clear grey"),
    ],
)
def test_what_is_clear_lies_on_white(content: bytes):
    assert near(decoded(content), (WIDTH // 2, 9), (255, 255, 255))


def test_what_is_opaque_keeps_its_colour():
    assert near(decoded(half_clear("RGBA")), (WIDTH // 2, HEIGHT - 9), BLUE)


def test_nothing_is_left_but_pixels():
    picture = decoded(photo("JPEG", comment=b"Somebody", icc_profile=b"profile" * 30, dpi=(300, 300)))
    assert picture.info == {}


@pytest.mark.parametrize(
    ("needed", "expected"), [((640, 480), (640, 480)), ((320, 240), (320, 240)), ((100, 75), (160, 120))]
)
def test_a_jpeg_is_decoded_at_the_size_that_is_needed(needed: tuple[int, int], expected: tuple[int, int]):
    assert decoded(photo("JPEG"), needed).size == expected


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(photos.cut(photo("JPEG", photos.noise()), 0.6), id="jpeg cut off"),
        pytest.param(photos.cut(photo("PNG", photos.noise()), 0.6), id="png cut off"),
        pytest.param(photos.cut(photo("BMP"), 0.6), id="bmp cut off"),
        pytest.param(photos.before_pixels(photo("JPEG")) + b"\xff\xd9", id="jpeg without pixels"),
        pytest.param(photos.png_of_chunks(WIDTH, HEIGHT, 8, 2, b"\0" * 30), id="png with too few pixels"),
        pytest.param(photo("PNG").replace(b"IDAT", b"IDAX", 1), id="png with a broken chunk"),
        pytest.param(photos.jpeg_of_two_frames(), id="two sizes in one jpeg"),
        pytest.param(photos.png_with_text_bomb(), id="text bomb"),
    ],
)
def test_what_cannot_be_decoded_is_the_callers(content: bytes):
    with pytest.raises(UnreadableDocument):
        decoded(content)


def test_a_small_file_of_many_scans_is_not_decoded():
    content = photo("JPEG", progressive=True)
    first = content.index(b"\xff\xda")
    scan = content[first : content.index(b"\xff\xda", first + 2)]
    with pytest.raises(UnreadableDocument):
        decoded(content[:first] + scan * MAX_SCANS + content[first:])


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_broken_exif_block_costs_the_turn_alone():
    exif = b"Exif\0\0II*\0\xff\xff\xff\x7f broken"
    assert near(decoded(photo("JPEG", exif=exif)), (WIDTH // 2, 5), RED)


FILES = [photo(kind, photos.plain(size=(120, 110))) for kind in ("JPEG", "PNG", "BMP", "TIFF")] + [
    photo("TIFF", photos.plain(size=(120, 110)), compression=compression) for compression in ("tiff_lzw", "jpeg")
]


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(deadline=None)
@given(st.sampled_from(FILES), st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6))
def test_any_damage_gives_a_picture_or_one_of_our_errors(content: bytes, damage: list[tuple[float, int]]):
    damaged = bytearray(content)
    for place, value in damage:
        damaged[int(place * len(damaged))] = value
    try:
        picture = decoded(bytes(damaged), (10, 10))
    except GatewayError:
        return
    picture.save(io.BytesIO(), "JPEG")
