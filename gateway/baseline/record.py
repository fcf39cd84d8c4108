"""One record in the clear: a picture, what an upstream read of it, and what was asked. Only ever in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import get_type_hints

import msgspec

from gateway.model import Buffer, DocumentType, IdDocument

_FIELDS = {name: hint for name, hint in get_type_hints(IdDocument).items() if name != "portrait_image"}
"""What is kept of a document, with its types. A portrait is in the picture anyway, and nobody compares it."""

_LENGTH = 4
"""Bytes of the number in front: how long the JSON is that the picture follows."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, when, and who answered. ``time`` is in UTC; empty filters allow any document."""

    time: datetime
    upstream: str
    request_id: str = ""
    country_region: tuple[str, ...] = ()
    id_type: tuple[DocumentType, ...] = ()


class _Head(msgspec.Struct, frozen=True):
    asked: Asked
    document: dict[str, object]


@dataclass(frozen=True, slots=True)
class BaselineRecord:
    """``picture`` is the file as the caller sent it, ``document`` the checked answer without its portrait."""

    picture: Buffer = field(repr=False)
    document: IdDocument
    asked: Asked

    def pack(self) -> bytes:
        values = {name: getattr(self.document, name) for name in _FIELDS}
        known = {name: value for name, value in values.items() if value not in (None, {}, ())}
        head = msgspec.json.encode(_Head(self.asked, known))
        return b"".join((len(head).to_bytes(_LENGTH), head, self.picture))


def unpack(plain: bytes) -> BaselineRecord:
    """The reverse of :meth:`BaselineRecord.pack`; ValueError for anything else. Fields that are new to us are ignored."""
    end = _LENGTH + int.from_bytes(plain[:_LENGTH])
    if len(plain) < _LENGTH or end > len(plain):
        raise ValueError("not a record")
    try:
        head = msgspec.json.decode(plain[_LENGTH:end], type=_Head)
        values = {
            name: msgspec.convert(value, _FIELDS[name]) for name, value in head.document.items() if name in _FIELDS
        }
    except (ValueError, RecursionError):  # its text may tell what stands there
        raise ValueError("not a record") from None
    return BaselineRecord(plain[end:], IdDocument(**values), head.asked)
