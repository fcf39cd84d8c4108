from __future__ import annotations

import logging

import pytest

from tests.wire.gateway import PROJECT, running
from tests.wire.http import exchange

START = f"POST /v2/{PROJECT}/ocr/id-document HTTP/1.1\r\nHost: x\r\n".encode()


async def test_a_token_of_32_kb_is_taken_and_a_longer_one_is_not():
    async with running() as gateway:
        for size, expected in [(32_000, 401), (33_000, 400)]:
            status, *_ = await exchange(gateway.port, START + b"X-Auth-Token: " + b"A" * size + b"\r\n\r\n")
            assert status == expected


@pytest.mark.parametrize(
    "raw",
    [
        START + b"X-Auth-Token: can\x00ary\r\n\r\n",
        START + b"X-Auth-Token: canary" + b"y" * 40_000 + b"\r\n\r\n",
        START + b"Content-Length: canary\r\n\r\n",
        b"GET /canary HTTP/9\r\n\r\n",
    ],
)
async def test_the_log_of_an_unreadable_request_does_not_quote_it(raw, caplog):
    with caplog.at_level(logging.DEBUG):
        async with running() as gateway:
            assert (await exchange(gateway.port, raw))[0] == 400
    (record,) = [record for record in caplog.records if record.name == "gateway.http"]
    assert record.levelno == logging.INFO
    assert record.exc_info is None
    assert "ary" not in caplog.text.replace("binary", "")


async def test_one_line_per_request_and_none_by_aiohttp(caplog):
    with caplog.at_level(logging.INFO):
        async with running() as gateway:
            await exchange(gateway.port, START + b"X-Auth-Token: canary\r\nContent-Length: 0\r\n\r\n")
    lines = [record for record in caplog.records if record.name in {"gateway.access", "aiohttp.access"}]
    assert [(line.name, line.fields["status"]) for line in lines] == [("gateway.access", 401)]
    assert "canary" not in caplog.text + str(lines[0].fields)
