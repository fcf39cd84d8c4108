"""OBS: the signature of Huawei Cloud's object storage, for reading objects that are not public.

Described in Huawei's OBS API reference, "Using an Authorization Header" (obs_04_0010): HMAC-SHA1 over the method, the
date, the ``x-obs-`` headers and the object's place.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

import msgspec

from gateway.secret import Secret

_SIGNED_PARAMETERS = frozenset({"versionid"})
"""What a query may choose of an object. A query for anything else, such as its access list, is not covered by the
signature, so that OBS refuses it."""

Bucket = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z",
        description="a bucket's name of 3 to 63 lower case letters, digits, hyphens and dots",
    ),
]


class HuaweiObs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A permanent or temporary key pair, and the objects that it may be used for."""

    access_key: Secret
    """AK of an account that may read the buckets, and should be allowed nothing else."""

    secret_key: Secret
    """SK that belongs to it."""

    security_token: Secret | None = None
    """Only for temporary keys: sent, signed, as ``x-obs-security-token``."""

    endpoints: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    """Where the buckets are, such as ``https://obs.ap-southeast-1.myhuaweicloud.com``: keys are sent there alone, and
    only by that scheme and port."""

    buckets: Annotated[tuple[Bucket, ...], msgspec.Meta(min_length=1)]
    """The buckets whose objects any caller may name; others are read without keys."""

    def __post_init__(self) -> None:
        for endpoint in self.endpoints:
            parts = urlsplit(endpoint)
            bare = endpoint == f"{parts.scheme}://{parts.netloc}" and "@" not in endpoint
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0 or not bare:
                raise ValueError("an endpoint is http:// or https://, a host name and at most a port")

    def sign(self, bucket: str, key: str, query: str, at: datetime) -> Mapping[str, str]:
        """The headers for a GET of the object ``key`` in ``bucket``.

        ``key`` and ``query`` are percent-encoded, as they stand in the request line; ``at`` is an aware time, which OBS
        takes for 15 minutes.
        """
        headers = {"Date": format_datetime(at.astimezone(UTC), usegmt=True)}
        extra = ""
        if self.security_token is not None:
            headers["x-obs-security-token"] = self.security_token.reveal()
            extra = f"x-obs-security-token:{self.security_token.reveal()}\n"
        text = f"GET\n\n\n{headers['Date']}\n{extra}/{bucket}/{key}{_parameters(query)}"
        digest = hmac.digest(self.secret_key.reveal().encode(), text.encode(), hashlib.sha1)
        signature = base64.b64encode(digest).decode()
        return {**headers, "Authorization": f"OBS {self.access_key.reveal()}:{signature}"}


def _parameters(query: str) -> str:
    parameters = sorted(
        (name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name.lower() in _SIGNED_PARAMETERS
    )
    return "?" + "&".join(f"{name}={value}" for name, value in parameters) if parameters else ""
