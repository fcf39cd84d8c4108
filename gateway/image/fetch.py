"""Guarded download of a picture that a caller named by URL. The only file that fetches from addresses of a stranger's choice."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from typing import Annotated, TypeAlias

import aiohttp
import msgspec
from aiohttp.abc import AbstractResolver
from yarl import URL

from gateway.credentials.huawei_obs import HuaweiObs
from gateway.errors import DeadlineExceeded, DownloadFailed, DownloadTooLarge, UrlRefused
from gateway.image import address

_SENDABLE = re.compile(r"[!-~]{1,8192}")
"""Visible ASCII: the old API demanded percent-encoding for the rest, and no line break can reach a request line."""

_PORTS = frozenset({80, 443})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONNECT_TIMEOUT = 3.0
_HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "id-document-gateway"}

Authorize: TypeAlias = Callable[[URL], Mapping[str, str]]
"""Headers that open the file at a URL; empty where there are none for it."""

SocketInfo: TypeAlias = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]


class FetchPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a URL in a request may make the gateway do."""

    timeout: Annotated[float, msgspec.Meta(gt=0, le=300)] = 10.0
    """Seconds for one download with all its redirects; the request's own deadline may end it sooner."""

    max_bytes: Annotated[int, msgspec.Meta(gt=0)] = 7_864_320
    """Largest file in bytes. The default is the file whose Base64 text has the 10 MiB that inline pictures may have."""

    redirects: Annotated[int, msgspec.Meta(ge=0, le=10)] = 3
    """How many redirects are followed; each hop is checked like the first URL."""

    allow_hosts: tuple[str, ...] = ()
    """Host names or addresses that may also be reached on ports other than 80 and 443. This lifts nothing else: a host
    in a private network needs its network in ``allow_networks``."""

    allow_networks: tuple[str, ...] = ()
    """Networks in CIDR notation that may be reached although they are not on the public internet, such as
    ``10.20.0.0/16`` for a storage service of one's own."""

    obs: HuaweiObs | None = None
    """Keys to private objects of Huawei's object storage; absent means that only public and temporary links work."""

    def __post_init__(self) -> None:
        for network in self.allow_networks:
            ip_network(network)


class Fetcher:
    """Downloads files of at most ``policy.max_bytes`` over http and https, from public addresses alone.

    The address is checked where the socket is opened, so it is the one that is connected to: no notation of an address,
    name that resolves to a private one, or answer that changes between two look-ups gets around it. Cookies,
    credentials, ``.netrc`` and proxies of the environment play no part.
    """

    def __init__(self, policy: FetchPolicy, *, resolver: AbstractResolver | None = None) -> None:
        self._policy = policy
        self._hosts = frozenset(host.lower() for host in policy.allow_hosts)
        self._networks = tuple(ip_network(network) for network in policy.allow_networks)
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    @property
    def max_bytes(self) -> int:
        return self._policy.max_bytes

    async def fetch(self, url: str, deadline: float, authorize: Authorize | None = None) -> bytes:
        """The file at ``url``. ``deadline`` is a moment on the event loop's clock.

        ``authorize`` is asked for every hop, until it has nothing for one: what a stranger redirects to is not opened
        with our keys. Raises :class:`UrlRefused` where the guard says no, :class:`DownloadFailed` where no file came,
        :class:`DeadlineExceeded` where the request's time ran out meanwhile. No message holds a part of the URL.
        """
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(min(deadline, loop.time() + self._policy.timeout)):
                return await self._follow(parse(url), authorize)
        except TimeoutError:
            if loop.time() >= deadline:
                raise DeadlineExceeded("while downloading the picture") from None
            raise DownloadFailed("no file in time") from None
        except ValueError:  # what yarl, aiohttp and the look-up of a name say to text that is no URL
            raise UrlRefused("not a URL that can be requested") from None
        except (aiohttp.ClientError, OSError) as error:
            raise DownloadFailed(type(error).__name__) from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _follow(self, url: URL, authorize: Authorize | None) -> bytes:
        for _ in range(self._policy.redirects + 1):
            self._check(url)
            headers = authorize(url) if authorize else {}
            authorize = authorize if headers else None
            async with self._open_session().get(url, headers=headers, allow_redirects=False) as response:
                if response.status == 200:
                    return await self._read(response)
                if response.status not in _REDIRECTS or "Location" not in response.headers:
                    raise DownloadFailed(f"status {response.status}", status=response.status)
                url = url.join(parse(response.headers["Location"]))
        raise DownloadFailed(f"more than {self._policy.redirects} redirects")

    def _check(self, url: URL) -> None:
        if url.scheme not in {"http", "https"} or not url.raw_host:
            raise UrlRefused("not an http or https URL")
        if url.raw_user is not None or url.raw_password is not None:
            raise UrlRefused("user name or password in the URL")
        if url.port not in _PORTS and url.raw_host.lower() not in self._hosts:
            raise UrlRefused("a port other than 80 and 443")

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise DownloadFailed("a Content-Encoding that was not asked for")
        file = bytearray()
        if (response.content_length or 0) <= self._policy.max_bytes:
            async for chunk in response.content.iter_any():
                file += chunk
                if len(file) > self._policy.max_bytes:
                    break
            else:
                return bytes(file)
        raise DownloadTooLarge(f"a file over {self._policy.max_bytes} bytes")

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=self._resolver,
                use_dns_cache=False,
                force_close=True,  # a kept connection would skip the check of the address
                happy_eyeballs_delay=None,  # one address after the other, so that a refusal is not lost in a race
                socket_factory=self._open_socket,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=_HEADERS,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_TIMEOUT),
                trust_env=False,
            )
        return self._session

    def _open_socket(self, info: SocketInfo) -> socket.socket:
        family, kind, protocol, _, (host, *_) = info
        target = address.parse(str(host))
        if target is None or not (address.is_public(target) or address.is_within(target, self._networks)):
            raise UrlRefused("an address outside the public internet")
        return socket.socket(family, kind, protocol)


def parse(url: str) -> URL:
    """``url`` exactly as written: re-quoting would break the signature of a temporary link.

    Raises :class:`UrlRefused` for what cannot be sent, and ValueError for what is no URL.
    """
    if not _SENDABLE.fullmatch(url):
        raise UrlRefused("not visible ASCII, or too long")
    return URL(url, encoded=True)
