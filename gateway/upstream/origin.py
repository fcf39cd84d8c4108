"""Whether two URLs lead to the same server: what a vendor points to is followed nowhere else."""

from __future__ import annotations

import re

from yarl import URL

_SENDABLE = re.compile(r"[!-~]+")


def same_origin(url: str, other: str) -> bool:
    """Whether both have the same scheme, host and port, in any case of letters and with default ports written or not.

    False for what is no absolute URL of visible ASCII, and for one with a user name: whoever reads it otherwise than the
    client does could be led astray. It is read here as the client reads it.
    """
    origin = _origin(url)
    return origin is not None and origin == _origin(other)


def _origin(text: str) -> tuple[str, str, int] | None:
    if not _SENDABLE.fullmatch(text):
        return None
    try:
        url = URL(text, encoded=True)
        host, port = url.raw_host, url.port
    except ValueError:
        return None
    if not url.scheme or not host or port is None or url.raw_user is not None or url.raw_password is not None:
        return None
    return url.scheme.lower(), host.lower(), port
