"""The recorded cases of the adapters: how they are written down, and how an exchange is held against one.

A case is a folder: ``query.json`` (what the caller asks), then ``N.request.json`` (what the adapter must ask the vendor)
and ``N.response.json`` (what the vendor answers) in turn, then ``document.json`` or ``error.json``. ``answer.json`` is the
caller's ``result`` where checks of the truth make it another than the document, or an ``error`` where they refuse it. The
vendor's folder has ``options.json`` and ``credentials.json``, the YAML of an upstream; the nearest to a case hold for it, its own
first. Where a vendor stands for several, their cases are in folders of their own.

The picture is ``sample.jpg`` unless the query says otherwise, and ``{image}`` stands for it in requests, be it as Base64
or as a file. ``body`` is JSON, ``form`` and ``multipart`` map names to values, ``text`` is anything else.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from email import message_from_bytes
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from gateway.adapters.registry import ADAPTERS
from gateway.exchange import Adapter, VendorRequest, VendorResponse
from gateway.model import DocumentImage, DocumentType, IdDocument, ImageFormat, Query

FOLDER = Path(__file__).parent / "cases"
SAMPLE = (Path(__file__).parent / "sample.jpg").read_bytes()
"""A grey JPEG of 1000 x 640 pixels, within the limits of every vendor."""

SAMPLE_BASE64 = base64.b64encode(SAMPLE)
FIELDS = tuple(field.name for field in fields(IdDocument))


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Case:
    vendor: str
    folder: Path

    def __str__(self) -> str:
        return "-".join(self.folder.relative_to(FOLDER).parts)

    @cached_property
    def asked(self) -> dict[str, Any]:
        return load(self.folder / "query.json")

    @property
    def options(self) -> dict[str, Any]:
        return self._nearest("options.json")

    @property
    def credentials(self) -> dict[str, Any] | None:
        return self._nearest("credentials.json")

    @property
    def adapter(self) -> Adapter:
        return msgspec.convert(self.options, type=ADAPTERS[self.vendor])

    @property
    def query(self) -> Query:
        image = {"format": "jpeg", "width": 1000, "height": 640, "size": len(SAMPLE)} | self.asked.get("image", {})
        others = {name: value for name, value in self.asked.items() if name not in {"image", "countries", "types"}}
        return Query(
            image=DocumentImage(
                **image | {"format": ImageFormat(image["format"]), "base64": memoryview(SAMPLE_BASE64)}
            ),
            countries=frozenset(self.asked.get("countries", ())),
            types=frozenset(map(DocumentType, self.asked.get("types", ()))),
            deadline=0.0,
            **others,
        )

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [load(path) for path in sorted(self.folder.glob("*.request.json"))]

    def response(self, number: int) -> VendorResponse:
        """The vendor's ``number``-th answer, from 1."""
        given = load(self.folder / f"{number}.response.json")
        text = given["text"] if "text" in given else json.dumps(given["body"], ensure_ascii=False)
        return VendorResponse(given["status"], given.get("headers", {}), text.encode())

    @property
    def document(self) -> dict[str, Any] | None:
        path = self.folder / "document.json"
        return load(path) if path.exists() else None

    @property
    def answer(self) -> dict[str, Any] | None:
        """What the caller gets: ``result`` as the old API writes it, or ``{"error": …}``."""
        path = self.folder / "answer.json"
        if path.exists():
            return load(path)
        if self.document is None:
            return self.error
        portrait = self.asked.get("portrait", False)
        return {k: v for k, v in self.document.items() if k != "mrz" and (portrait or k != "portrait_image")}

    @property
    def error(self) -> dict[str, Any] | None:
        path = self.folder / "error.json"
        return load(path) if path.exists() else None

    def _nearest(self, file: str) -> Any:
        folders = (self.folder, *self.folder.parents)
        return load(next(folder / file for folder in folders if (folder / file).exists()))


def cases(vendor: str) -> list[Case]:
    return [Case(vendor, path.parent) for path in sorted(FOLDER.glob(f"{vendor}/**/query.json"))]


def every_case() -> list[Case]:
    return [case for vendor in ADAPTERS for case in cases(vendor)]


def variants(vendor: str) -> list[Adapter]:
    """The adapter with every set of options that its cases use."""
    paths = sorted(FOLDER.glob(f"{vendor}/**/options.json"))
    return [msgspec.convert(load(path), type=ADAPTERS[vendor]) for path in paths]


def seen(request: VendorRequest) -> dict[str, Any]:
    """A request as a case writes it down; a delay and ``repeatable`` are written where they are set."""
    headers = dict(request.headers)
    if "multipart/form-data" in headers.get("content-type", ""):
        headers["content-type"] = "multipart/form-data"
    written = {"method": request.method, "url": request.url, "headers": headers}
    written |= content(b"".join(request.body), request.headers.get("content-type", ""))
    if request.delay:
        written["delay"] = request.delay
    return written | ({"repeatable": True} if request.repeatable else {})


def content(body: bytes, content_type: str) -> dict[str, Any]:
    """A request's body as a case writes it down."""
    if not body:
        return {}
    if "multipart/form-data" in content_type:
        message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
        return {
            "multipart": {_name(part): _hidden_bytes(part.get_payload(decode=True)) for part in message.get_payload()}
        }
    if "x-www-form-urlencoded" in content_type:
        return {"form": _hidden(dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True)))}
    if "json" in content_type:
        return {"body": _hidden(json.loads(body))}
    return {"text": _hidden_bytes(body)}


def _name(part: Any) -> str:
    return part.get_param("name", header="content-disposition")


def _hidden_bytes(value: bytes) -> str:
    return "{image}" if value == SAMPLE else value.decode()


def _hidden(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(SAMPLE_BASE64.decode(), "{image}")
    if isinstance(value, Mapping):
        return {name: _hidden(member) for name, member in value.items()}
    return [_hidden(member) for member in value] if isinstance(value, list) else value


def written(document: IdDocument) -> dict[str, Any]:
    """A document as a case writes it down: what is absent is left out."""
    values = {name: getattr(document, name) for name in FIELDS}
    plain = {name: value for name, value in values.items() if value is not None and value not in ({}, ())}
    for name, value in plain.items():
        if isinstance(value, date):
            plain[name] = value.isoformat()
        elif isinstance(value, bytes | memoryview):
            plain[name] = bytes(value).decode()
        elif isinstance(value, tuple):
            plain[name] = list(value)
    return plain
