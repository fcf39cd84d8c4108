import io

import pytest
from PIL import Image

from gateway.errors import UpstreamIncapable
from gateway.exchange import ImageLimits
from gateway.image.compress import LEGIBLE, QUALITIES, compress
from gateway.model import ImageFormat
from tests import photos

JPEG, PNG = ImageFormat.JPEG, ImageFormat.PNG


def limits(max_bytes: int, min_side: int = 1) -> ImageLimits:
    return ImageLimits(frozenset({JPEG, PNG}), max_bytes, min_side)


def grain(size: tuple[int, int] = (1280, 960)) -> Image.Image:
    """Noise that is enlarged, as a photograph's is: its bytes go about with its area."""
    return photos.noise().resize(size, Image.Resampling.BICUBIC)


def written(quality: int) -> bytes:
    return photos.photo("JPEG", grain(), quality=quality)


def test_the_best_quality_that_has_so_few_bytes_is_taken():
    for quality in QUALITIES:
        exactly = written(quality)
        assert compress(grain(), JPEG, limits(len(exactly))) == (exactly, (1280, 960))


def test_then_the_picture_gets_smaller():
    room = len(written(QUALITIES[-1])) // 2
    content, size = compress(grain(), JPEG, limits(room))
    assert room * 0.6 < len(content) <= room
    assert LEGIBLE <= size[0] < 1280
    assert size[0] / size[1] == pytest.approx(1280 / 960, abs=0.01)
    assert Image.open(io.BytesIO(content)).size == size
    assert compress(grain(), JPEG, limits(room)) == (content, size)


def test_a_png_only_gets_smaller():
    picture = grain((700, 660))
    whole = photos.photo("PNG", picture)
    assert compress(picture, PNG, limits(len(whole))) == (whole, (700, 660))
    content, size = compress(picture, PNG, limits(len(whole) - 1))
    assert len(content) < len(whole)
    assert 600 <= size[0] < 700


@pytest.mark.parametrize("size", [(1280, 960), (960, 1280)])
def test_it_is_tried_at_the_least_legible_size_before_it_is_given_up(size: tuple[int, int]):
    least = compress(grain(size), JPEG, limits(1 + fewest(grain(size))))[1]
    assert max(least) == LEGIBLE
    with pytest.raises(UpstreamIncapable):
        compress(grain(size), JPEG, limits(fewest(grain(size)) - 1))


def fewest(picture: Image.Image) -> int:
    """Bytes at the least legible size."""
    factor = LEGIBLE / max(picture.size)
    size = (round(picture.width * factor), round(picture.height * factor))
    small = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return len(photos.photo("JPEG", small, quality=QUALITIES[-1]))


def test_no_side_gets_shorter_than_the_vendor_takes():
    room = len(written(QUALITIES[-1])) // 2
    with pytest.raises(UpstreamIncapable):
        compress(grain(), JPEG, limits(room, min_side=900))
    assert compress(grain(), JPEG, limits(room, min_side=500))[1][1] >= 500


def test_a_picture_that_is_small_already_is_not_shrunk():
    with pytest.raises(UpstreamIncapable):
        compress(photos.noise().resize((599, 599)), JPEG, limits(1000))
