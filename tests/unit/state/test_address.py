from __future__ import annotations

import pytest

from gateway.secret import Secret
from gateway.state.address import Address, read_address


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("memory://", None),
        ("redis://cache", Address("cache", 6379)),
        ("redis://cache/", Address("cache", 6379)),
        ("redis://cache:7000/3", Address("cache", 7000, 3)),
        ("rediss://cache.internal/0", Address("cache.internal", 6379, 0, tls=True)),
        ("redis://[::1]:6379/0", Address("::1", 6379)),
    ],
)
def test_addresses(url: str, address: Address | None):
    assert read_address(url) == address


@pytest.mark.parametrize(
    ("url", "username", "password"),
    [
        ("redis://:p%40ss@cache", None, "p@ss"),
        ("redis://gateway:secret@cache", "gateway", "secret"),
    ],
)
def test_passwords_in_the_address(url: str, username: str | None, password: str):
    address = read_address(url)
    assert address is not None
    assert address.password is not None
    assert (address.username, address.password.reveal()) == (username, password)
    assert password not in repr(address)


def test_a_password_beside_the_address():
    given = Secret("secret")
    address = read_address("redis://gateway@cache", given)
    assert address is not None
    assert (address.username, address.password) == ("gateway", given)


@pytest.mark.parametrize(
    ("url", "password", "message"),
    [
        ("memory", None, "url is memory://, redis://"),
        ("memory://host", None, "url is memory://, redis://"),
        ("http://cache:6379", None, "url is memory://, redis://"),
        ("redis://", None, "url is memory://, redis://"),
        ("redis://cache:0", None, "url is memory://, redis://"),
        ("redis://cache:99999", None, "url is no address"),
        ("redis://[cache", None, "url is no address"),
        ("redis://cache/0?ssl_cert_reqs=none", None, "url ends with the number of the database"),
        ("redis://cache/prod", None, "url ends with the number of the database, such as /0"),
        ("redis://cache/123456", None, "url ends with the number of the database, such as /0"),
        ("redis://user@cache", None, "url has a user name and there is no password"),
        ("redis://:hunter2@cache", Secret("x"), "password: there is one in url already"),
        ("memory://", Secret("x"), "password: of no use with memory://"),
    ],
)
def test_what_is_no_address_is_said_without_quoting_it(url: str, password: Secret | None, message: str):
    with pytest.raises(ValueError, match=f"^{message}") as raised:
        read_address(url, password)
    assert "hunter2" not in str(raised.value)
