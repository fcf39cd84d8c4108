"""What a client may have signed: the canonical forms of a request as it was received (SDK-HMAC-SHA256).

The rule is in Huawei's guide "Signing API requests" (devg-apisign). There is more than one form, as the SDKs differ in what
they sign and what they send; all forms of a request mean the same request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from urllib.parse import quote_from_bytes, unquote_to_bytes

from gateway.wire.head import Head

_ORIGIN = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")
_PORT = re.compile(rb":[0-9]+\Z")


def canonical_requests(head: Head, signed_headers: str, payloads: Iterable[str]) -> Iterator[bytes]:
    """Every form that the client may have signed, the likeliest first; none where a header in the list is missing.

    ``signed_headers`` is the client's own list, with semicolons. ``payloads`` are the values that the last line may have.
    """
    blocks = _header_blocks(head, signed_headers.lower().split(";"))
    path, _, query = head.target.partition(b"?")
    query_line = _query(query)
    for uri, block, payload in product(_paths(path), blocks, payloads):
        lines = (head.method.upper(), uri, query_line)
        yield "\n".join(lines).encode() + b"\n" + block + f"\n{signed_headers}\n{payload}".encode("latin-1")


def _paths(path: bytes) -> tuple[str, ...]:
    """The path in its encoded forms, always with a slash at the end, which is signed though not sent.

    Node's core signs the path without decoding it first, so that ``%7B`` becomes ``%257B``; given an endpoint that ends in
    a slash it signs ``//v2/…`` and sends ``/v2/…``.
    """
    path = path if path.startswith(b"/") else _ORIGIN.sub(b"", path, count=1) or b"/"
    forms = [_encoded(unquote_to_bytes(path)), _encoded(path)]
    single = ["/" + form.lstrip("/") for form in forms]
    return tuple(dict.fromkeys([*forms, *single, *("/" + form for form in single)]))


def _encoded(path: bytes) -> str:
    uri = "/".join(quote_from_bytes(segment, safe="~") for segment in path.split(b"/"))
    return uri if uri.endswith("/") else uri + "/"


def _query(query: bytes) -> str:
    """Sorted by decoded name and value. A plus is a plus: no SDK writes a blank that way."""
    pairs = (part.partition(b"=") for part in query.split(b"&") if part)
    decoded = sorted((unquote_to_bytes(name), unquote_to_bytes(value)) for name, _, value in pairs)
    return "&".join(
        f"{quote_from_bytes(name, safe='~')}={quote_from_bytes(value, safe='~')}" for name, value in decoded
    )


def _header_blocks(head: Head, names: list[str]) -> tuple[bytes, ...]:
    """The lines of the listed headers, in all combinations of the forms that a value may have had when it was signed."""
    if not all(head.values(name) for name in names):
        return ()
    sent = head.values("host")
    # .NET signs the host without its port
    hosts = [sent, tuple(_PORT.sub(b"", value) for value in sent)] if "host" in names else [sent]
    blocks = [_lines(head, names, host) for host in hosts]
    # a client that sends one byte per character has signed the same characters in UTF-8
    blocks += [block.decode("latin-1").encode() for block in blocks if not block.isascii()]
    return tuple(dict.fromkeys(blocks))


def _lines(head: Head, names: list[str], host: tuple[bytes, ...]) -> bytes:
    """``name:value`` lines; a header that was sent more than once has a line for each of its values, in order of value."""
    return b"".join(
        b"%b:%b\n" % (name.encode("latin-1"), value)
        for name in names
        for value in sorted(host if name == "host" else head.values(name))
    )
