from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from gateway.secret import Secret
from gateway.state.address import Address
from gateway.state.memory import MemoryStore
from gateway.state.opening import Place, has_client, open_store, tls_context
from tests.fakes import Events
from tests.redis_server import RedisServer, redis_server


async def test_without_an_address_it_is_this_process_s_memory():
    async with open_store(Place(), observer=Events()) as store:
        assert isinstance(store, MemoryStore)


async def test_a_server_is_used(server: RedisServer):
    async with open_store(Place(Address("127.0.0.1", server.port, database=3)), observer=Events()) as store:
        assert store.healthy
        assert await store.add("opened", 1.0, 60.0) == 1


async def test_a_server_that_is_not_there_does_not_keep_anybody_from_starting():
    events = Events()
    async with open_store(Place(Address("127.0.0.1", 1)), observer=events) as store:
        assert not store.healthy
        assert await store.add("opened", 1.0, 60.0) == 1
    assert len(events) == 1


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def guarded_server(tmp_path_factory: pytest.TempPathFactory, authority: trustme.CA):
    """One that speaks TLS alone and wants a password."""
    folder = tmp_path_factory.mktemp("tls")
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    options = ["--tls-cert-file", "cert.pem", "--tls-key-file", "key.pem", "--tls-auth-clients", "no"]
    with redis_server(folder, *options, "--requirepass", "hunter2", tls=True) as running:
        yield running, folder / "ca.pem"


async def test_tls_and_a_password(guarded_server):
    running, ca = guarded_server
    place = Place(Address("127.0.0.1", running.port, tls=True, password=Secret("hunter2")), tls_context(ca))
    async with open_store(place, observer=Events()) as store:
        assert store.healthy
        assert await store.add("opened", 1.0, 60.0) == 1


@pytest.mark.parametrize("wrong", ["password", "authority", "no tls"])
async def test_who_is_not_let_in_and_whom_we_do_not_trust(guarded_server, wrong: str, caplog: pytest.LogCaptureFixture):
    running, ca = guarded_server
    tls = {"password": tls_context(ca), "authority": tls_context(None), "no tls": None}[wrong]
    password = Secret("hunter3" if wrong == "password" else "hunter2")
    place = Place(Address("127.0.0.1", running.port, tls=tls is not None, password=password), tls)
    async with open_store(place, observer=Events()) as store:
        assert not store.healthy
        assert await store.add("opened", 1.0, 60.0) == 1
    assert "hunter" not in caplog.text


def test_a_file_without_certificates_is_an_error(tmp_path: Path):
    with pytest.raises(OSError, match="No such file"):
        tls_context(tmp_path / "missing.pem")
    (tmp_path / "empty.pem").write_text("nothing")
    with pytest.raises(ssl.SSLError):
        tls_context(tmp_path / "empty.pem")


def test_the_client_is_installed_for_the_tests():
    assert has_client()
