from __future__ import annotations

import base64

import pytest

from gateway.errors import BodyTooLarge, DownloadFailed, ImageSizeOutOfRange, UnsupportedImageFormat
from gateway.image.load import MAX_ENCODED, ImageLoader, from_content
from gateway.model import ImageFormat
from tests.pictures import jpeg, png, segment

PICTURE = png(300, 200)


class FakeDownload:
    max_bytes = 1000

    def __init__(self, outcome: bytes | Exception) -> None:
        self.outcome = outcome
        self.asked: list[tuple[str, float]] = []

    async def fetch(self, url: str, deadline: float, /) -> bytes:
        self.asked.append((url, deadline))
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


NOTHING = FakeDownload(AssertionError("nothing is to be downloaded"))


async def test_an_inline_picture_stays_a_view():
    view = memoryview(base64.b64encode(PICTURE))
    image = await ImageLoader(NOTHING).from_base64(view)
    assert image.base64 is view
    assert image.content is None
    assert (image.format, image.width, image.height, image.size) == (ImageFormat.PNG, 300, 200, len(PICTURE))
    assert image.decoded() == PICTURE


async def test_a_frame_behind_a_megabyte_of_exif_is_found():
    content = jpeg(300, 200, before=segment(0xE1, bytes(65_000)) * 16)
    image = await ImageLoader(NOTHING).from_base64(base64.b64encode(content))
    assert (image.width, image.height, image.size) == (300, 200, len(content))


async def test_wrapped_text_is_passed_on_unwrapped():
    wrapped = base64.encodebytes(PICTURE * 10)
    image = await ImageLoader(NOTHING).from_base64(wrapped)
    assert image.base64 == base64.b64encode(PICTURE * 10)


async def test_text_of_10_mib_is_taken_and_4_bytes_more_are_not():
    text = base64.b64encode(PICTURE + bytes(MAX_ENCODED * 3 // 4 - len(PICTURE)))
    assert len(text) == MAX_ENCODED
    await ImageLoader(NOTHING).from_base64(text)
    with pytest.raises(BodyTooLarge):
        await ImageLoader(NOTHING).from_base64(text + b"AAAA")


async def test_a_data_url_is_an_unsupported_format():
    with pytest.raises(UnsupportedImageFormat):
        await ImageLoader(NOTHING).from_base64(b"data:image/png;base64," + base64.b64encode(PICTURE))


async def test_a_downloaded_picture_is_judged_by_its_bytes():
    download = FakeDownload(PICTURE)
    loader = ImageLoader(download)
    image = await loader.from_url("https://example.com/passport.gif", 12.5)
    assert download.asked == [("https://example.com/passport.gif", 12.5)]
    assert (image.format, image.base64, image.content) == (ImageFormat.PNG, None, PICTURE)
    assert loader.max_download == 1000


async def test_what_the_download_raises_comes_through():
    with pytest.raises(DownloadFailed):
        await ImageLoader(FakeDownload(DownloadFailed("status 404"))).from_url("https://example.com/", 1)


def test_a_file_in_memory_has_the_same_rules():
    assert from_content(PICTURE).size == len(PICTURE)
    with pytest.raises(UnsupportedImageFormat):
        from_content(b"<html>")
    with pytest.raises(ImageSizeOutOfRange):
        from_content(png(99, 99))
