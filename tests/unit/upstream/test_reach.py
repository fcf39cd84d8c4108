import asyncio
import contextlib
import socket
import ssl

import pytest
import trustme
import uvloop

from gateway.upstream.reach import Reach


async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Wait until the other side is gone."""
    with contextlib.suppress(ConnectionError):
        await reader.read()
    writer.close()


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
async def secure(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = await asyncio.start_server(hold, "127.0.0.1", 0, ssl=context)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


async def test_somebody_listens(serve):
    assert await Reach(await serve(hold))()


async def test_nothing_is_said(serve):
    heard = asyncio.get_running_loop().create_future()

    async def listen(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        try:
            heard.set_result(await reader.read())
        except ConnectionError:
            heard.set_result(b"")

    assert await Reach(f"{await serve(listen)}/some/path")()
    assert await heard == b""


async def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert not await Reach(f"http://127.0.0.1:{free.getsockname()[1]}")()


async def test_a_name_that_is_none():
    assert not await Reach(f"http://{'a' * 64}.localhost:9")()


async def test_secure_and_known(secure, authority):
    assert await Reach(f"https://localhost:{secure}", context=trusting(authority))()


async def test_a_stranger_is_not_the_vendor(secure):
    assert not await Reach(f"https://localhost:{secure}")()


async def test_another_name_is_not_the_vendor(secure, authority):
    assert not await Reach(f"https://127.0.0.1:{secure}", context=trusting(authority))()


async def test_plain_where_tls_is_expected(serve, authority):
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    url = (await serve(talk)).replace("http://", "https://")
    assert not await Reach(url, context=trusting(authority))()


async def test_a_silent_host_is_given_up(serve, authority):
    url = (await serve(hold)).replace("http://", "https://")
    assert not await Reach(url, timeout=0.05, context=trusting(authority))()


def test_on_the_loop_that_serves(authority):
    """The gateway runs on uvloop where that is installed, and its loop takes other arguments than asyncio's."""

    async def both() -> list[bool]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        servers = [await asyncio.start_server(hold, "127.0.0.1", 0, ssl=each) for each in (None, context)]
        plain, secure = (server.sockets[0].getsockname()[1] for server in servers)
        reached = [
            await Reach(f"http://127.0.0.1:{plain}")(),
            await Reach(f"https://localhost:{secure}", context=trusting(authority))(),
            await Reach(f"https://localhost:{secure}")(),
        ]
        for server in servers:
            server.close()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return [*reached, await Reach(f"http://localhost:{free.getsockname()[1]}")()]

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(both()) == [True, True, False, False]


@pytest.mark.parametrize(
    ("endpoint", "host", "port"),
    [
        ("https://ocr.example.com", "ocr.example.com", 443),
        ("https://ocr.example.com:8443/v1", "ocr.example.com", 8443),
        ("http://ocr.example.com/v1", "ocr.example.com", 80),
        ("http://[::1]:9000", "::1", 9000),
    ],
)
def test_host_and_port_are_those_of_the_endpoint(endpoint, host, port):
    reach = Reach(endpoint)
    assert (reach._host, reach._port) == (host, port)
