"""JSON Schemas of the request and the answer, from Table 1, the limits and the fields of the models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final, TypeAlias, get_args, get_type_hints

from gateway.image.inspect import MAX_SIDE, MIN_SIDE
from gateway.image.load import MAX_ENCODED
from gateway.model import DocumentType, IdDocument, ImageFormat, Sex, Side
from gateway.table1 import TABLE_1
from gateway.wire import contract

Schema: TypeAlias = dict[str, Any]

ABSENT: Final[list[str | None]] = [None, ""]
"""What a caller may send in place of a string that it does not send."""

_FORMATS = ", ".join(kind.upper() for kind in ImageFormat)

_ANSWERED: Final[Mapping[Any, Schema]] = {
    str: {"type": "string", "minLength": 1},
    date: {"type": "string", "format": "date"},
    DocumentType: {"$ref": "#/components/schemas/IdType"},
    Side: {"type": "string", "enum": [side.value for side in Side]},
    Sex: {"type": "string", "enum": sorted(sex.value for sex in Sex)},
    bytes: {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/*"},
}
"""How a value of each type in :class:`IdDocument` leaves."""

_MEANINGS: Final[Mapping[str, str]] = {
    "country_region": "ISO 3166-1 alpha-3.",
    "id_type": "PP passport, DL driving licence, ID identity card.",
    "side": "The side that carries the portrait is the front; so is the only side of a document that has one.",
    "sex": "X is unspecified.",
    "portrait_image": "Only where `return_portrait_image` was true and a portrait was found.",
    "confidence": "How sure each of the fields returned is, 0 to 1, with at most four decimals.",
}


def schemas() -> dict[str, Schema]:
    """Everything that the operation of the old API refers to."""
    return {
        "CountryRegion": {
            "type": "string",
            "enum": list(TABLE_1),
            "description": "ISO 3166-1 alpha-3, the countries of Table 1 (more with `server.countries: any`).",
        },
        "IdType": {"type": "string", "enum": [kind.value for kind in DocumentType]},
        "IdDocumentRequestBody": _request(),
        "IdDocumentItem": _item(),
        "IdDocumentResponse": {
            "type": "object",
            "required": ["result"],
            "properties": {"result": {"$ref": "#/components/schemas/IdDocumentItem"}},
        },
    }


def _request() -> Schema:
    """One schema for every form that a request may have; unknown fields are allowed."""
    described: Mapping[str, Callable[[], Schema]] = {
        "image": _image,
        "url": _url,
        "country_region": lambda: _codes("CountryRegion", "Countries to accept; none means any."),
        "id_type": lambda: _codes("IdType", "Kinds of document to accept; none means any."),
        "return_portrait_image": lambda: {
            "type": ["boolean", "null"],
            "description": "Whether the answer is to hold the portrait; absent means no.",
        },
    }
    return {
        "type": "object",
        "description": (
            "`image` or `url`, not both. An empty string and `null` stand for absent. Where countries and types are "
            "both given, one pair of them at least must be in Table 1."
        ),
        "properties": {name: described[name]() for name in contract.RequestBody.__struct_fields__},
        "oneOf": [_exactly("image", "url"), _exactly("url", "image")],
        "anyOf": [_any_code("country_region"), _any_code("id_type"), *map(_pair, DocumentType)],
    }


def _image() -> Schema:
    return _optional(
        {"format": "byte", "contentEncoding": "base64", "maxLength": MAX_ENCODED},
        f"The picture in Base64, without a `data:` prefix; line breaks are allowed. {_FORMATS}, each side of "
        f"{MIN_SIDE} to {MAX_SIDE} pixels.",
    )


def _url() -> Schema:
    return _optional(
        {"format": "uri", "maxLength": 8192},
        "Where the picture can be had: http or https, on the public internet, percent-encoded.",
    )


def _optional(text: Schema, description: str) -> Schema:
    given = {"type": "string", "minLength": 1} | text
    return {"anyOf": [given, {"enum": ABSENT}], "description": description}


def _codes(name: str, description: str) -> Schema:
    """A list, or one bare code as in the old documentation's own sample."""
    code = {"$ref": f"#/components/schemas/{name}"}
    return {"anyOf": [{"type": "array", "items": code}, code, {"enum": ABSENT}], "description": description}


def _exactly(given: str, absent: str) -> Schema:
    return {
        "title": f"by {given}",
        "required": [given],
        "properties": {given: {"type": "string", "minLength": 1}, absent: {"enum": ABSENT}},
    }


def _any_code(name: str) -> Schema:
    return {"title": f"any {name}", "properties": {name: {"enum": [*ABSENT, []]}}}


def _pair(kind: DocumentType) -> Schema:
    """The pairs of Table 1 with documents of one ``kind``."""
    countries = [code for code, kinds in TABLE_1.items() if kind in kinds]
    return {
        "title": f"pairs with {kind.value}",
        "required": ["country_region", "id_type"],
        "properties": {"country_region": _holds(countries), "id_type": _holds([kind.value])},
    }


def _holds(codes: list[str]) -> Schema:
    return {"anyOf": [{"enum": codes}, {"type": "array", "contains": {"enum": codes}}]}


def _item() -> Schema:
    """Fields in the order in which they are sent, which is that of the model. Every one is optional, none is null."""
    hints = get_type_hints(IdDocument)
    properties = {
        field.name: _field(field.name, hints[field.name]) for field in fields(IdDocument) if field.name != "mrz"
    }
    scored = [name for name in properties if name != "confidence"]
    properties["confidence"] |= {
        "properties": {name: {"type": "number", "minimum": 0, "maximum": 1} for name in scored}
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _field(name: str, hint: Any) -> Schema:
    if name == "confidence":
        schema: Schema = {"type": "object", "minProperties": 1, "additionalProperties": False}
    else:
        schema = dict(next(_ANSWERED[kind] for kind in get_args(hint) if kind in _ANSWERED))
    return schema | ({"description": _MEANINGS[name]} if name in _MEANINGS else {})
