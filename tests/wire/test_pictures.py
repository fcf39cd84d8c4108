"""Every make of picture over a real socket, as far as its pixels: what the caller of each gets back.

The reader behind the gateway decodes as the embedded one does and answers with what it saw, so that status and code are
those of the whole path without its minutes of reading.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json

import numpy as np
import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from gateway.image.fetch import FetchPolicy
from gateway.local.decode import decode
from gateway.model import IdDocument, Query, Recognition
from tests import photos
from tests.photos import photo
from tests.pictures import jpeg, png, tiff
from tests.wire.gateway import PROJECT, running

FORMAT, SIZE, FAILED = (400, "AIS.0102"), (400, "AIS.0103"), (400, "AIS.0105")
INVALID, TOO_LONG = (400, "AIS.0101"), (400, "ModelArts.4104")


class Viewer:
    """Reads the size of the upright picture and nothing else."""

    async def recognize(self, query: Query, /) -> Recognition:
        height, width, _ = (await asyncio.to_thread(lambda: decode(query.image.decoded()))).shape
        return Recognition(IdDocument(document_number=f"{width} x {height}"), "viewer")


async def ask(body: dict[str, str], fetch: FetchPolicy | None = None) -> tuple[int, str]:
    """Status, and the size that was seen or the error code."""
    async with (
        running(Viewer(), anonymous=True, fetch=fetch) as gateway,
        ClientSession() as session,
        session.post(
            f"{gateway.url}/v2/{PROJECT}/ocr/id-document", data=io.BytesIO(json.dumps(body).encode())
        ) as response,
    ):
        answer = json.loads(await response.read())
        return response.status, answer.get("error_code") or answer["result"]["document_number"]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        pytest.param(photo("JPEG"), (200, "640 x 480"), id="jpeg"),
        pytest.param(photo("JPEG", progressive=True), (200, "640 x 480"), id="jpeg progressive"),
        pytest.param(photo("JPEG", photos.banner().convert("CMYK")), (200, "640 x 480"), id="jpeg cmyk"),
        pytest.param(photos.turned("JPEG", 6), (200, "480 x 640"), id="jpeg turned by the camera"),
        pytest.param(photos.turned("TIFF", 8), (200, "480 x 640"), id="tiff turned by the camera"),
        pytest.param(photos.cut(photo("JPEG", photos.noise()), 0.5), (200, "640 x 480"), id="jpeg cut in its pixels"),
        pytest.param(photos.cut(photo("PNG", photos.noise()), 0.5), (200, "640 x 480"), id="png cut in its pixels"),
        pytest.param(photos.cut(photo("BMP"), 0.5), (200, "640 x 480"), id="bmp cut in its pixels"),
        pytest.param(photos.cut(photo("TIFF"), 0.5), (200, "640 x 480"), id="tiff cut in its pixels"),
        pytest.param(photos.before_pixels(photo("JPEG")), FAILED, id="jpeg cut before its pixels"),
        pytest.param(photo("PNG")[:33], FAILED, id="png cut before its pixels"),
        pytest.param(photo("JPEG")[:100], FORMAT, id="jpeg cut in its header"),
        pytest.param(photo("PNG")[:20], FORMAT, id="png cut in its header"),
        pytest.param(photos.png_16_bit(alpha=True), (200, "640 x 480"), id="png 16 bit"),
        pytest.param(photos.tiff_16_bit(), (200, "640 x 480"), id="tiff 16 bit"),
        pytest.param(photos.ramp("TIFF", np.float32, 1.0), (200, "640 x 480"), id="tiff of fractions"),
        pytest.param(photo("TIFF", photos.banner().convert("CMYK")), (200, "640 x 480"), id="tiff cmyk"),
        pytest.param(photo("TIFF", photos.plain("1", 1), compression="group4"), (200, "640 x 480"), id="tiff fax"),
        pytest.param(photo("TIFF", pages=[photos.plain(size=(900, 900))]), (200, "640 x 480"), id="tiff of two pages"),
        pytest.param(photo("TIFF", pages=[photos.plain(size=(9, 9))]), (200, "640 x 480"), id="tiff, thumbnail behind"),
        pytest.param(photo("TIFF", photos.plain(size=(50, 50)), pages=[photos.banner()]), SIZE, id="tiff, thumbnail first"),
        pytest.param(photo("TIFF", big_tiff=True), FORMAT, id="bigtiff"),
        pytest.param(photo("PNG", pages=[photos.plain()]), (200, "640 x 480"), id="png animated"),
        pytest.param(photo("MPO", pages=[photos.plain()]), (200, "640 x 480"), id="jpeg of two eyes"),
        pytest.param(photo("GIF"), FORMAT, id="gif"),
        pytest.param(photo("GIF", pages=[photos.plain()]), FORMAT, id="gif animated"),
        pytest.param(photo("WEBP"), FORMAT, id="webp"),
        pytest.param(photo("PDF"), FORMAT, id="pdf"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", FORMAT, id="svg"),
        pytest.param(bytes(1000), FORMAT, id="zeros"),
        pytest.param(b"\0", FORMAT, id="one byte"),
        pytest.param(b"", INVALID, id="zero bytes"),
        pytest.param(photo("PNG", photos.plain("1", 1, (100, 8192))), (200, "39 x 3200"), id="largest and smallest side"),
        pytest.param(photo("PNG", photos.plain("1", 1, (8193, 500))), SIZE, id="too wide"),
        pytest.param(photo("PNG", photos.plain("1", 1, (99, 500))), SIZE, id="too narrow"),
        pytest.param(jpeg(65_535, 65_535), SIZE, id="bomb by its header, jpeg"),
        pytest.param(png(2**31 - 1, 2**31 - 1), SIZE, id="bomb by its header, png"),
        pytest.param(tiff(2**32 - 1, 2**32 - 1, kind=4), SIZE, id="bomb by its header, tiff"),
        pytest.param(photos.jpeg_of_two_frames(), FAILED, id="bomb behind a harmless header"),
        pytest.param(photos.png_of_chunks(640, 480, 8, 2, bytes(30_000_000)), (200, "640 x 480"), id="bomb of pixels"),
        pytest.param(photos.png_with_text_bomb(), (200, "640 x 480"), id="bomb of text"),
    ],
)  # fmt: skip
async def test_a_picture_inline(content, answer):
    assert await ask({"image": base64.b64encode(content).decode()}) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        pytest.param("data:image/png;base64,{}", FORMAT, id="a data URL"),
        pytest.param("DATA:image/png;base64,{}", FORMAT, id="the same in capitals"),
        pytest.param("base64,{}", FORMAT, id="half of one"),
        pytest.param("{}\n", (200, "640 x 480"), id="a line break at the end"),
        pytest.param("\r\n{}", (200, "640 x 480"), id="one at the start"),
        pytest.param(" {}", FORMAT, id="a blank"),
        pytest.param("{}\t", FORMAT, id="a tab"),
        pytest.param("{}====", FORMAT, id="too much padding"),
        pytest.param("{}\u00a0", FORMAT, id="a blank of another kind"),
    ],
)
async def test_the_text_around_base64(text, answer):
    assert await ask({"image": text.format(base64.b64encode(photo("PNG")).decode())}) == answer


async def test_the_alphabet_of_urls_is_none():
    text = base64.urlsafe_b64encode(photo("PNG", photos.noise())).decode()
    assert {"-", "_"} < set(text)
    assert await ask({"image": text}) == FORMAT


async def test_text_of_more_than_10_mib():
    padded = photo("PNG") + bytes(10 * 2**20 * 3 // 4)
    assert await ask({"image": base64.b64encode(padded).decode()}) == TOO_LONG


@pytest.mark.parametrize(
    ("content", "kind", "answer"),
    [
        pytest.param(photo("PNG"), "text/html", (200, "640 x 480"), id="a picture that is called a page"),
        pytest.param(b"<html></html>", "image/png", FORMAT, id="a page that is called a picture"),
        pytest.param(b"", "image/png", FORMAT, id="zero bytes"),
        pytest.param(photos.turned("JPEG", 6), "image/jpeg", (200, "480 x 640"), id="turned"),
        pytest.param(photos.before_pixels(photo("JPEG")), "image/jpeg", FAILED, id="cut"),
        pytest.param(photo("PNG", photos.plain("1", 1, (8193, 500))), "image/png", SIZE, id="too wide"),
    ],
)
async def test_a_picture_by_url_is_judged_the_same_way(content, kind, answer):
    async def file(_: web.Request) -> web.Response:
        return web.Response(body=content, content_type=kind)

    app = web.Application()
    app.router.add_get("/passport.gif", file)
    fetch = FetchPolicy(allow_hosts=("127.0.0.1",), allow_networks=("127.0.0.0/8",))
    async with TestServer(app) as server:
        assert await ask({"url": str(server.make_url("/passport.gif"))}, fetch) == answer
