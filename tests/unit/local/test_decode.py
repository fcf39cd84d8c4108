from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from gateway.errors import RecognitionFailed
from gateway.local.decode import LONGEST, decode


def file(image: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def half_and_half(width: int = 40, height: int = 20) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


@pytest.mark.parametrize("form", ["JPEG", "PNG", "BMP", "TIFF"])
def test_the_four_formats(form: str) -> None:
    pixels = decode(file(half_and_half(), form))
    assert pixels.shape == (20, 40, 3)
    assert pixels.dtype == np.uint8
    assert pixels[10, 5].argmax() == 2
    assert pixels[10, 35].argmax() == 0


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "RGBA", "LA", "YCbCr"])
def test_every_mode_becomes_colour(mode: str) -> None:
    form = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    pixels = decode(file(half_and_half().convert(mode), form))
    assert pixels.shape == (20, 40, 3)
    assert abs(pixels[10, 5].astype(int) - pixels[10, 35]).max() > 10


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    grey = Image.fromarray(np.full((10, 10), 0x8000, np.uint16))
    assert abs(int(decode(file(grey, "PNG"))[5, 5, 0]) - 128) <= 1
    assert abs(int(decode(file(grey, "TIFF"))[5, 5, 0]) - 128) <= 1


def test_transparency_is_white() -> None:
    clear = Image.new("RGBA", (10, 10), (0, 0, 0, 0))
    assert decode(file(clear, "PNG"))[5, 5].tolist() == [255, 255, 255]


@pytest.mark.parametrize("size", [(40, 20), (LONGEST * 2, LONGEST)])
def test_the_exif_turn_is_applied(size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    pixels = decode(file(half_and_half(*size), "JPEG", exif=exif))
    assert pixels.shape[0] == 2 * pixels.shape[1]
    assert pixels[2, pixels.shape[1] // 2].argmax() == 2
    assert pixels[-2, pixels.shape[1] // 2].argmax() == 0


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA")])
def test_a_large_picture_is_made_smaller(form: str, mode: str) -> None:
    pixels = decode(file(half_and_half(5000, 500).convert(mode), form))
    assert LONGEST * 0.6 <= pixels.shape[1] <= LONGEST
    assert pixels[5, 5].argmax() == 2


def test_the_first_frame_counts() -> None:
    second = Image.new("RGB", (40, 20), "green")
    pixels = decode(file(half_and_half(), "TIFF", save_all=True, append_images=[second]))
    assert pixels[10, 5].argmax() == 2


def test_a_file_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = file(half_and_half(400, 400), "JPEG")
    assert decode(whole[: len(whole) // 2]).shape == (400, 400, 3)


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", file(half_and_half(), "GIF"), file(half_and_half(), "PNG")[:20]]
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(RecognitionFailed):
        decode(content)


def test_a_bomb_is_refused_by_its_header() -> None:
    with pytest.raises(RecognitionFailed, match="larger"):
        decode(file(Image.new("1", (9000, 10)), "PNG"))
