"""The ``endpoint`` option that every adapter has, checked when the configuration is read."""

from __future__ import annotations

from urllib.parse import urlsplit


def check_endpoint(endpoint: str) -> None:
    """Raise ValueError unless ``endpoint`` is scheme, host, and at most a port and a path prefix."""
    parts = urlsplit(endpoint)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("endpoint starts with http:// or https:// and a host name")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("endpoint has no query, no fragment and no user name")
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise ValueError("endpoint is plain ASCII: write other characters in their encoded form")
    if parts.port == 0:  # asking for the port also refuses one that is no number up to 65535
        raise ValueError("endpoint has no port 0")
