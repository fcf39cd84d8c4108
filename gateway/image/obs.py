"""Pictures in Huawei's object storage: opened with keys where there are some, and with faults of their own.

The old API read objects that were public, that a temporary link opened, or that its own service had been given access
to. The first two are downloads like any other; keys take the place of the third.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from yarl import URL

from gateway.clock import wall_clock
from gateway.credentials.huawei_obs import HuaweiObs
from gateway.errors import (
    DownloadFailed,
    DownloadTooLarge,
    ObjectDownloadFailed,
    ObjectMissing,
    ObjectNotAuthorized,
    ObjectTooLarge,
    ObjectUrlInvalid,
)
from gateway.image.fetch import Fetcher, parse

_PUBLIC_HOST = re.compile(r"(?:(.+)\.)?obs\.(?:[a-z0-9-]+\.)?myhuaweicloud\.(?:com|cn|eu)")
"""``<bucket>.obs.<region>.myhuaweicloud.com``, the bucket in the path in the older form, the region in the newer one."""

_TEMPORARY = frozenset({"signature", "x-amz-signature"})
"""Query parameters, in lower case, of links that carry their own authorisation."""

_DOT_SEGMENT = re.compile(r"(?:^|/)(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)
"""A server may resolve these to another bucket than the one that was looked at."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """The place of an object, its ``key`` percent-encoded as in the URL; both may be empty in a URL that names none.

    ``endpoint`` says which of the configured ones serves it; empty where it is none of them.
    """

    bucket: str
    key: str
    endpoint: str


class ObjectStorage:
    """A Download that knows objects in OBS by their URL and leaves everything else to ``fetcher`` as it is.

    Keys are sent only to the configured endpoints, for the configured buckets, and never with a link that carries its
    own signature.
    """

    def __init__(
        self, fetcher: Fetcher, keys: HuaweiObs | None = None, *, now: Callable[[], datetime] = wall_clock
    ) -> None:
        self._fetcher = fetcher
        self._keys = keys
        self._now = now

    @property
    def max_bytes(self) -> int:
        return self._fetcher.max_bytes

    async def fetch(self, url: str, deadline: float) -> bytes:
        """As :meth:`Fetcher.fetch`; failures with an object raise their own classes."""
        try:
            target = parse(url)
        except ValueError:
            return await self._fetcher.fetch(url, deadline)
        found = self._locate(target)
        if found is None:
            return await self._fetcher.fetch(url, deadline)
        if not found.key:
            raise ObjectUrlInvalid("object storage, but no object")
        try:
            return await self._fetcher.fetch(url, deadline, self._authorize)
        except DownloadTooLarge as error:
            raise ObjectTooLarge(str(error)) from None
        except DownloadFailed as error:
            raise self._failure(error, target) from None

    def _failure(self, error: DownloadFailed, target: URL) -> ObjectDownloadFailed:
        kind = ObjectDownloadFailed
        if error.status == 404:
            kind = ObjectMissing
        elif error.status in {401, 403} and not _is_temporary(target) and self._opened(target) is None:
            kind = ObjectNotAuthorized
        return kind(str(error), status=error.status)

    def _authorize(self, url: URL) -> Mapping[str, str]:
        found = self._opened(url)
        if self._keys is None or found is None:
            return {}
        return self._keys.sign(found.bucket, found.key, url.raw_query_string, self._now())

    def _opened(self, url: URL) -> StoredObject | None:
        """The object that our keys are for; None where they are not to be used."""
        found = self._locate(url)
        if self._keys is None or found is None or not found.endpoint or found.bucket not in self._keys.buckets:
            return None
        return None if not found.key or _is_temporary(url) or _DOT_SEGMENT.search(found.key) else found

    def _locate(self, url: URL) -> StoredObject | None:
        host, path = (url.raw_host or "").lower(), url.raw_path.removeprefix("/")
        for endpoint in self._keys.endpoints if self._keys else ():
            service = URL(endpoint)
            same = (url.scheme, url.port) == (service.scheme, service.port)
            if same and host == service.raw_host:
                bucket, _, key = path.partition("/")
                return StoredObject(bucket, key, endpoint)
            if same and host.endswith(f".{service.raw_host}"):
                return StoredObject(host.removesuffix(f".{service.raw_host}"), path, endpoint)
        if match := _PUBLIC_HOST.fullmatch(host):
            bucket, _, key = (match[1], "", path) if match[1] else path.partition("/")
            return StoredObject(bucket, key, "")
        return None


def _is_temporary(url: URL) -> bool:
    return not _TEMPORARY.isdisjoint(name.lower() for name in url.query)
