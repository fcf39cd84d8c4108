"""Where shared state is kept, from the configuration's ``state.url``."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from gateway.secret import Secret

PORT = 6379


@dataclass(frozen=True, slots=True)
class Address:
    """A Redis server. ``database`` is the number of the one that is used there."""

    host: str
    port: int = PORT
    database: int = 0
    tls: bool = False
    username: str | None = None
    password: Secret | None = None


def read_address(url: str, password: Secret | None = None) -> Address | None:
    """What ``url`` names; None for ``memory://``. ``password`` is the one that is not in it.

    Raises ValueError, which says what is wrong and quotes nothing: a password may be anywhere in it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("url is no address") from None
    if url == "memory://":
        if password is not None:
            raise ValueError("password: of no use with memory://")
        return None
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname or port == 0:
        raise ValueError("url is memory://, redis://host:6379/0, or rediss://host:6379/0 for TLS")
    if parts.query or parts.fragment:
        raise ValueError("url ends with the number of the database")
    number = parts.path.removeprefix("/") or "0"
    if not (number.isascii() and number.isdecimal() and len(number) <= 5):
        raise ValueError("url ends with the number of the database, such as /0")
    if parts.password and password is not None:
        raise ValueError("password: there is one in url already")
    if parts.password:
        password = Secret(unquote(parts.password))
    if parts.username and password is None:
        raise ValueError("url has a user name and there is no password")
    username = unquote(parts.username) if parts.username else None
    return Address(parts.hostname, port or PORT, int(number), parts.scheme == "rediss", username, password)
