from __future__ import annotations

import asyncio

import pytest

from gateway.errors import Overloaded
from gateway.wire.body import BodyMemory
from gateway.wire.serving import SERVING
from tests.wire.gateway import PROJECT, running
from tests.wire.http import exchange, read_answer

HEAD = f"POST /v2/{PROJECT}/ocr/id-document HTTP/1.1\r\nHost: x\r\nX-Auth-Token: token-of-billing\r\n".encode()


def test_a_lease_holds_what_it_was_last_told():
    memory = BodyMemory(100)
    with memory.lease() as one, memory.lease() as two:
        one.hold(60)
        two.hold(40)
        assert memory.held == 100
        with pytest.raises(Overloaded) as caught:
            two.hold(41)
        assert caught.value.retry_after == 1
        assert memory.held == 100
        one.hold(10)
        two.hold(90)
    assert memory.held == 0


def test_an_error_gives_the_memory_back():
    memory = BodyMemory(100)

    def fail() -> None:
        with memory.lease() as lease:
            lease.hold(60)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert memory.held == 0


def test_giving_back_works_where_the_limit_is_exceeded_already():
    memory = BodyMemory(100)
    with memory.lease() as lease:
        lease.hold(100)
        memory.limit = 10
        lease.hold(50)
        assert memory.held == 50


async def test_memory_is_taken_before_the_first_byte_of_the_body_and_others_are_refused_meanwhile():
    async with running() as gateway:
        memory = gateway.app[SERVING].memory
        memory.limit = 1000
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(HEAD + b"Content-Length: 900\r\nExpect: 100-continue\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert memory.held == 900

        status, headers, _ = await exchange(gateway.port, HEAD + b"Content-Length: 101\r\nExpect: 100-continue\r\n\r\n")
        assert (status, headers["Retry-After"]) == (503, "1")  # and no "100 Continue" before

        writer.write(b"x" * 900)
        status, *_ = await read_answer(reader)
        assert status == 400
        assert memory.held == 0
        writer.transport.abort()


async def test_a_body_that_is_announced_too_long_is_not_asked_for():
    async with running() as gateway:
        raw = HEAD + f"Content-Length: {12 * 1024 * 1024 + 1}\r\nExpect: 100-continue\r\n\r\n".encode()
        assert (await exchange(gateway.port, raw))[0] == 413  # and not 100


async def test_a_compressed_body_is_never_unpacked():
    async with running() as gateway:
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        for _ in range(2):  # the bytes are no gzip: whoever unpacked them would end the connection
            writer.write(HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\n")
            assert (await read_answer(reader))[0] == 400
            writer.write(b"{'a': 1}\n")
        writer.transport.abort()


async def test_a_body_without_a_length_counts_in_full_until_it_is_read():
    async with running() as gateway:
        memory = gateway.app[SERVING].memory
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(HEAD + b"Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n2\r\n[]\r\n")
        await reader.readuntil(b"\r\n\r\n")
        assert memory.held == 12 * 1024 * 1024
        writer.write(b"0\r\n\r\n")
        assert (await read_answer(reader))[0] == 400
        writer.transport.abort()


async def test_a_caller_that_goes_away_while_sending_gives_its_memory_back():
    async with running() as gateway:
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(HEAD + b"Content-Length: 900\r\nExpect: 100-continue\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.abort()
        await gateway.events.first
        assert [(event.outcome, event.status) for event in gateway.events] == [("caller_gone", 499)]
        assert gateway.app[SERVING].memory.held == 0
