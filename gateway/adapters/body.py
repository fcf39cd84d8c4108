"""The request bodies that vendors take, as parts that are sent in order and never joined."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec

from gateway.model import Buffer, DocumentImage

Parts = tuple[Buffer, ...]

IMAGE = "the picture goes here"
"""Stands for the picture in the fields of :func:`json_body`."""


def json_body(fields: Mapping[str, object], image: DocumentImage, *, prefix: str = "") -> Parts:
    """``fields`` as JSON, in which exactly one value, at any depth, is :data:`IMAGE` and becomes the picture's Base64.

    ``prefix`` stands before the Base64 in the same string, for data URLs. The caller's own Base64 text is spliced in.
    """
    before, after = msgspec.json.encode(fields).split(msgspec.json.encode(IMAGE))
    return (before + b'"' + prefix.encode(), image.encoded(), b'"' + after)


def form_body(fields: Mapping[str, str], name: str, image: DocumentImage) -> Parts:
    """``application/x-www-form-urlencoded``: ``fields``, then the picture's Base64 under ``name``, percent-encoded."""
    text = bytes(image.encoded()).replace(b"+", b"%2B").replace(b"/", b"%2F").replace(b"=", b"%3D")
    before = urlencode(fields)
    return ((f"{before}&{name}=" if before else f"{name}=").encode(), text)


def multipart_body(fields: Mapping[str, str], name: str, image: DocumentImage) -> tuple[str, Parts]:
    """``multipart/form-data`` (RFC 7578) and its ``content-type``: ``fields``, then the picture's file under ``name``."""
    boundary = secrets.token_hex(16)
    before = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="image.{image.format.value}"\r\n'
        f"Content-Type: image/{image.format.value}\r\n\r\n"
    )
    tail = f"\r\n--{boundary}--\r\n"
    content_type = f"multipart/form-data; boundary={boundary}"
    return content_type, ((before + head).encode(), image.decoded(), tail.encode())
