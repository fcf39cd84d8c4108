"""The canonical form of a request, which the signature covers: the parts that all signing schemes share."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from gateway.exchange import VendorRequest
from gateway.secret import Secret


def signable_headers(request: VendorRequest) -> dict[str, str]:
    """The headers with lower case names and trimmed values, and ``host`` as it will be sent."""
    headers = {name.lower(): value.strip() for name, value in request.headers.items()}
    headers["host"] = urlsplit(request.url).netloc
    return headers


def canonical_request(method: str, path: str, query: str, headers: Mapping[str, str], payload: str) -> str:
    """The lines that are signed. ``headers`` are lower case and trimmed, and all of them are signed; ``payload`` is
    the body's hash.
    """
    names = sorted(headers)
    lines = "".join(f"{name}:{headers[name]}\n" for name in names)
    return "\n".join((method.upper(), path, query, lines, ";".join(names), payload))


def canonical_path(url: str) -> str:
    """The path of ``url`` with every segment percent-encoded once (RFC 3986)."""
    return "/".join(quote(segment, safe="~") for segment in unquote(urlsplit(url).path).split("/")) or "/"


def canonical_query(url: str) -> str:
    """The query of ``url``: its pairs sorted, then percent-encoded (RFC 3986)."""
    return joined(encoded(sorted(query_pairs(url))))


def query_pairs(url: str) -> list[tuple[str, str]]:
    """Names and values in the query of ``url``, decoded, in their order."""
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def encoded(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(quote(name, safe="~"), quote(value, safe="~")) for name, value in pairs]


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{name}={value}" for name, value in pairs)


def sha256_hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def hmac_hex(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def derived_key(prefix: str, secret: Secret, *scope: str) -> bytes:
    """The secret, narrowed step by step to one day, place and service: each is the HMAC of the next under the last."""
    key = (prefix + secret.reveal()).encode()
    for step in scope:
        key = hmac.digest(key, step.encode(), hashlib.sha256)
    return key
