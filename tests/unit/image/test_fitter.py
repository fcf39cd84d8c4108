import asyncio
import threading
from collections.abc import Iterator

import pytest

from gateway.errors import UnreadableDocument
from gateway.exchange import ImageLimits
from gateway.image.fitter import MOST_THREADS, Fitter
from gateway.image.load import from_content
from gateway.model import Buffer, DocumentImage, ImageFormat
from tests import photos
from tests.photos import HEIGHT, WIDTH, photo

ANY_JPEG = ImageLimits(frozenset({ImageFormat.JPEG}), max_bytes=5_000_000)


class Held(DocumentImage):
    """A picture whose bytes are given when told, to whichever thread asks for them."""

    def __init__(self) -> None:
        content = photo("BMP")
        super().__init__(ImageFormat.BMP, WIDTH, HEIGHT, len(content), content=content)
        object.__setattr__(self, "asked", threading.Event())
        object.__setattr__(self, "go_on", threading.Event())
        object.__setattr__(self, "thread", None)

    def decoded(self) -> Buffer:
        object.__setattr__(self, "thread", threading.current_thread().name)
        self.asked.set()
        self.go_on.wait(5)
        assert self.content is not None
        return self.content


@pytest.fixture
def fitter() -> Iterator[Fitter]:
    with Fitter(threads=1) as made:
        yield made


async def test_the_work_is_done_in_a_thread_of_its_own(fitter):
    image = Held()
    async with asyncio.TaskGroup() as group:
        fitting = group.create_task(fitter.fit(image, ANY_JPEG))
        await asyncio.to_thread(image.asked.wait, 5)
        image.go_on.set()
    fitted, done = fitting.result()
    assert image.thread == "fit_0"
    assert (fitted.format, done) == (ImageFormat.JPEG, "bmp-to-jpeg")


async def test_a_picture_that_fits_does_not_wait(fitter):
    held, image = Held(), from_content(photo("JPEG"))
    async with asyncio.TaskGroup() as group:
        group.create_task(fitter.fit(held, ANY_JPEG))
        assert await fitter.fit(image, ANY_JPEG) == (image, "")
        held.go_on.set()


async def test_no_more_at_a_time_than_there_are_threads_and_who_gives_up_frees_his_place(fitter):
    first, second, third = Held(), Held(), Held()
    async with asyncio.TaskGroup() as group:
        group.create_task(fitter.fit(first, ANY_JPEG))
        given_up = group.create_task(fitter.fit(second, ANY_JPEG))
        group.create_task(fitter.fit(third, ANY_JPEG))
        await asyncio.to_thread(first.asked.wait, 5)
        assert not second.asked.is_set()
        given_up.cancel()
        await asyncio.wait([given_up])
        third.go_on.set()
        first.go_on.set()
    assert third.asked.is_set()
    assert not second.asked.is_set()


async def test_leaving_gives_up_what_waits_and_not_what_is_in_hand():
    first, second = Held(), Held()
    async with asyncio.TaskGroup() as group:
        with Fitter(threads=1) as fitter:
            in_hand = group.create_task(fitter.fit(first, ANY_JPEG))
            waiting = group.create_task(fitter.fit(second, ANY_JPEG))
            await asyncio.to_thread(first.asked.wait, 5)
        first.go_on.set()
    assert in_hand.result()[1] == "bmp-to-jpeg"
    assert waiting.cancelled()
    assert not second.asked.is_set()


async def test_errors_come_through(fitter):
    with pytest.raises(UnreadableDocument):
        await fitter.fit(from_content(photos.cut(photo("BMP"), 0.5)), ANY_JPEG)


async def test_what_pillow_thinks_of_a_file_is_no_warning_of_ours(fitter):
    content = photo("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f broken")
    fitted, _ = await fitter.fit(from_content(content), ImageLimits(frozenset({ImageFormat.PNG}), 5_000_000))
    assert (fitted.width, fitted.height) == (WIDTH, HEIGHT)


def test_few_threads_by_default():
    assert 1 <= Fitter()._threads._max_workers <= MOST_THREADS
