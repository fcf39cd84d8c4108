import base64
import io
from typing import Any

import pytest
from PIL import Image

from gateway.errors import UnreadableDocument, UpstreamIncapable
from gateway.exchange import ImageLimits
from gateway.image.fit import can_fit, fit, needs_fit
from gateway.image.load import from_content
from gateway.model import DocumentImage, ImageFormat
from tests import photos
from tests.fakes import make_image
from tests.photos import HEIGHT, RED, WIDTH, photo

JPEG, PNG, BMP, TIFF = ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.BMP, ImageFormat.TIFF


def limits(*formats: ImageFormat, **changes: Any) -> ImageLimits:
    return ImageLimits(frozenset(formats or {JPEG, PNG}), **({"max_bytes": 5_000_000} | changes))


def opened(image: DocumentImage) -> Image.Image:
    """The file, which is what ``image`` says."""
    content = bytes(image.decoded())
    assert image.size == len(content)
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == (image.format.name, (image.width, image.height))
    return picture


@pytest.mark.parametrize(
    ("image", "needed"),
    [
        ({}, False),
        ({"format": PNG, "size": 5_000_000, "width": 100, "height": 4000}, False),
        ({"format": TIFF}, True),
        ({"format": BMP}, True),
        ({"size": 5_000_001}, True),
        ({"width": 4001}, True),
        ({"height": 4001}, True),
    ],
)
def test_what_is_over_a_limit_needs_to_be_fitted(image: dict[str, Any], needed: bool):
    picture = make_image(**image)
    assert needs_fit(picture, limits(min_side=100, max_side=4000)) is needed
    assert can_fit(picture, limits(min_side=100, max_side=4000))


@pytest.mark.parametrize(
    ("width", "height", "able"),
    [
        (100, 4000, True),
        (4000, 100, True),
        (99, 300, False),
        (4000, 99, False),
        (200, 8000, True),
        (199, 8000, True),  # 99.5 pixels are 100
        (198, 8000, False),
        (8000, 198, False),
        (100, 8192, False),
    ],
)
def test_a_side_that_is_too_short_or_would_become_so_cannot_be_helped(width: int, height: int, able: bool):
    assert can_fit(make_image(width=width, height=height), limits(min_side=100, max_side=4000)) is able


def test_a_vendor_that_takes_nothing_that_is_written_here_gets_what_fits_alone():
    assert can_fit(make_image(format=TIFF), limits(TIFF))
    assert not can_fit(make_image(format=TIFF, size=5_000_001), limits(TIFF))
    assert not can_fit(make_image(format=JPEG), limits(TIFF, BMP))


def test_a_picture_that_fits_is_not_touched():
    image = from_content(photos.turned("JPEG", 6))
    assert fit(image, limits()) == (image, "")


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PNG"])
def test_another_format_becomes_jpeg(kind: str):
    fitted, done = fit(from_content(photo(kind)), limits(JPEG))
    assert done == f"{kind.lower()}-to-jpeg"
    assert opened(fitted).size == (WIDTH, HEIGHT)


def test_png_where_jpeg_is_not_taken():
    fitted, done = fit(from_content(photo("TIFF")), limits(PNG))
    assert done == "tiff-to-png"
    assert opened(fitted).getpixel((9, 9)) == RED


def test_a_picture_that_came_inline():
    content = photo("BMP")
    image = DocumentImage(BMP, WIDTH, HEIGHT, len(content), base64=memoryview(base64.b64encode(content)))
    fitted, _ = fit(image, limits())
    assert fitted.base64 is None
    assert opened(fitted).size == (WIDTH, HEIGHT)


@pytest.mark.parametrize(("orientation", "expected"), [(1, (320, 240)), (6, (240, 320))])
@pytest.mark.parametrize(("kind", "done"), [("JPEG", ""), ("TIFF", "tiff-to-jpeg ")])
def test_a_picture_of_too_many_pixels_is_shrunk_upright(
    kind: str, done: str, orientation: int, expected: tuple[int, int]
):
    fitted, what = fit(from_content(photos.turned(kind, orientation)), limits(max_side=320))
    assert what == f"{done}shrunk {expected[0]}x{expected[1]}"
    assert opened(fitted).size == expected
    assert not opened(fitted).getexif()


@pytest.mark.parametrize("side", [639, 500, 321, 320, 100, 99])
def test_the_longer_side_is_what_is_taken_exactly(side: int):
    fitted, _ = fit(from_content(photo("JPEG")), limits(max_side=side))
    assert opened(fitted).size == (side, round(HEIGHT * side / WIDTH))


def test_a_strip_of_paper_keeps_a_pixel():
    image = from_content(photo("PNG", photos.plain(size=(8192, 100))))
    assert opened(fit(image, limits(max_side=40))[0]).size == (40, 1)


def test_fewer_bytes_in_the_same_format():
    content = photo("JPEG", photos.noise(), quality=98)
    fitted, done = fit(from_content(content), limits(max_bytes=len(content) - 1))
    assert done == "recompressed"
    assert opened(fitted).size == (WIDTH, HEIGHT)


def test_fewer_bytes_by_fewer_pixels():
    content = photo("PNG", photos.noise().resize((900, 1200)))
    fitted, done = fit(from_content(content), limits(max_bytes=150_000))
    assert done == f"png-to-jpeg shrunk {fitted.width}x{fitted.height}"
    assert fitted.size <= 150_000
    assert max(opened(fitted).size) < 1200


def test_too_few_bytes_for_any_legible_picture():
    with pytest.raises(UpstreamIncapable):
        fit(from_content(photo("PNG", photos.noise())), limits(max_bytes=2000))


def test_nothing_of_the_file_but_the_picture_goes_out():
    exif = Image.Exif()
    exif[0x010E] = "Somebody"
    exif.get_ifd(0x8825)[1] = "N"
    content = photo("JPEG", exif=exif, comment=b"Somebody", icc_profile=b"Somebody" * 9, xmp=b"<x>Somebody</x>")
    fitted, _ = fit(from_content(content), limits(max_side=600))
    sent = bytes(fitted.decoded())
    assert b"Somebody" in content
    assert b"Somebody" not in sent
    assert opened(fitted).info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_cut_picture_is_the_callers():
    with pytest.raises(UnreadableDocument):
        fit(from_content(photos.cut(photo("BMP"), 0.5)), limits())


def test_the_same_picture_always_becomes_the_same_file():
    image = from_content(photo("TIFF", photos.noise().resize((900, 1200))))
    first, second = (fit(image, limits(max_bytes=150_000))[0] for _ in range(2))
    assert first.content == second.content
