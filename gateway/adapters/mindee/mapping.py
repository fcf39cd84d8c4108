"""How an inference becomes an :class:`IdDocument`: one rule for all templates, by the names of ``templates.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.blank import is_blank
from gateway.adapters.mindee.errors import failure
from gateway.adapters.mindee.templates import (
    ACCESSORS,
    ADDRESS,
    CONFIDENCE,
    DOCUMENT_TYPES,
    KINDS,
    LINES,
    TemplateName,
)
from gateway.adapters.sides import side_of
from gateway.errors import NoDocument, UpstreamProtocolError, WrongDocument
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Query
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import without_title
from gateway.normalize.scores import scores
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

ABSENT = frozenset({"portrait_image"})
"""Fields of ``IdDocument`` that this vendor never gives."""


class Field(msgspec.Struct):
    """A value, or an object of values under ``fields``. ``confidence`` is one of four words, null where not paid for."""

    value: str | None = None
    fields: dict[str, Field] | None = None
    confidence: str | None = None


class Result(msgspec.Struct):
    fields: dict[str, msgspec.Raw]
    """Undecoded: a model may have fields of any kind beside those that are read."""


class Inference(msgspec.Struct):
    result: Result


class Answer(msgspec.Struct):
    inference: Inference


def to_document(response: VendorResponse, template: TemplateName, query: Query) -> IdDocument:
    """The document in a result. One without any value is a picture without a document: the vendor has no word for it."""
    if response.status != 200:
        raise failure(response, job=True)
    raw = decode(response.body, Answer).inference.result.fields
    given = {name: decode(bytes(raw[key]), Field) for name, key in ACCESSORS[template].items() if key in raw}

    def text(name: str) -> str | None:
        return clean(given.get(name, Field()).value)

    def day(name: str) -> date | None:
        return written_date(text(name), DateForm.ISO)

    kind = _kind(template, text("id_type"))
    mrz = _lines(given)
    printed = country(text("country_region"))
    issuer = printed or _issuer(mrz, query)
    document = IdDocument(
        country_region=issuer,
        id_type=kind,
        first_name=without_title(text("first_name")) if issuer == "THA" else text("first_name"),
        last_name=text("last_name"),
        sex=sex_of(text("sex")),
        nationality=country(text("nationality")),
        birth_date=day("birth_date"),
        issue_date=day("issue_date"),
        expiry_date=day("expiry_date"),
        document_number=pair_number(text("document_number"), issuer, kind),
        address=address(*_parts(given.get("address"), ADDRESS)),
        issuing_authority=text("issuing_authority"),
        mrz=mrz,
    )
    if is_blank(document):
        raise NoDocument("every value is empty")
    unsaid = frozenset({"country_region"}) if printed is None else frozenset[str]()
    words = {name: score for name, score in _scores(given).items() if name not in unsaid}
    return replace(document, side=side_of(document), confidence=scores(document, words))


def _kind(template: TemplateName, said: str | None) -> DocumentType | None:
    if said is None:
        return KINDS[template]
    if said not in DOCUMENT_TYPES:
        raise UpstreamProtocolError("document_type is none of the documented values")
    if (kind := DOCUMENT_TYPES[said]) is None:
        raise WrongDocument("a document of a kind that is not asked for")
    return kind


def _issuer(mrz: tuple[str, ...], query: Query) -> str | None:
    """For want of a field: the zone's issuing state, else the one country that the caller may be sending a card of."""
    if mrz and (state := country(mrz[0][2:5])) is not None:
        return state
    return next(iter(query.countries)) if len(query.countries) == 1 else None


def _lines(given: Mapping[str, Field]) -> tuple[str, ...]:
    zone = given.get("zone")
    parts = [given.get(line, Field()).value for line in LINES] if zone is None else _parts(zone, LINES)
    return tuple(line for part in parts if (line := "".join((part or "").split())))


def _parts(field: Field | None, names: tuple[str, ...]) -> list[str | None]:
    inner = (field and field.fields) or {}
    return [inner.get(name, Field()).value for name in names]


def _scores(given: Mapping[str, Field]) -> dict[str, float | None]:
    """An object is as sure as the least sure of its parts, where it has no word of its own."""
    return {name: min(_words(field), default=None) for name, field in given.items()}


def _words(field: Field) -> list[float]:
    parts = [field] if field.confidence else [part for part in (field.fields or {}).values() if part.value]
    return [CONFIDENCE[part.confidence] for part in parts if part.confidence and part.confidence in CONFIDENCE]
