"""How the original's answer becomes an :class:`IdDocument`. The field names are already ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

import msgspec

from gateway.adapters.huawei_answer import result_of
from gateway.errors import UnreadableDocument, UpstreamProtocolError
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Sex, Side

ABSENT: frozenset[str] = frozenset()
"""Fields of ``IdDocument`` that this vendor never gives."""

NAMES = frozenset(field.name for field in fields(IdDocument)) - {"confidence", "mrz"}

Member = TypeVar("Member", bound=StrEnum)


class Item(msgspec.Struct):
    """The documented ``IdDocumentItem``. Nothing in it is required; null and the empty string mean absent."""

    country_region: str | None = None
    id_type: str | None = None
    side: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    sex: str | None = None
    nationality: str | None = None
    birth_date: str | None = None
    issue_date: str | None = None
    expiry_date: str | None = None
    document_number: str | None = None
    address: str | None = None
    issuing_authority: str | None = None
    portrait_image: str | None = None
    confidence: dict[str, object] | None = None


def to_document(response: VendorResponse) -> IdDocument:
    """The document in a vendor's answer, or the error that the answer stands for.

    A result without any field is a picture in which nothing could be read: :class:`UnreadableDocument`.
    """
    document = _document(result_of(response, Item))
    if document == IdDocument():
        raise UnreadableDocument("the result is empty")
    return document


def _document(item: Item) -> IdDocument:
    portrait = _text(item.portrait_image)
    if portrait is not None and not portrait.isascii():
        raise UpstreamProtocolError("portrait_image is not Base64")
    document = IdDocument(
        country_region=_text(item.country_region),
        id_type=_member(DocumentType, item.id_type),
        side=_member(Side, item.side),
        first_name=_text(item.first_name),
        last_name=_text(item.last_name),
        sex=_member(Sex, item.sex),
        nationality=_text(item.nationality),
        birth_date=_day(item.birth_date),
        issue_date=_day(item.issue_date),
        expiry_date=_day(item.expiry_date),
        document_number=_text(item.document_number),
        address=_text(item.address),
        issuing_authority=_text(item.issuing_authority),
        portrait_image=None if portrait is None else portrait.encode(),
    )
    return replace(document, confidence=_confidence(document, item.confidence or {}))


def _confidence(document: IdDocument, scores: Mapping[str, object]) -> dict[str, float]:
    """The scores from 0 to 1 of fields that were read. The API page leaves the object's content open, so the rest is dropped."""
    return {
        name: float(score)
        for name, score in scores.items()
        if name in NAMES
        and getattr(document, name) is not None
        and isinstance(score, int | float)
        and not isinstance(score, bool)
        and 0 <= score <= 1
    }


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _member(kind: type[Member], value: str | None) -> Member | None:
    """``value`` as one of a documented closed list; anything else breaks the contract."""
    text = _text(value)
    if text is None:
        return None
    try:
        return kind(text)
    except ValueError:
        raise UpstreamProtocolError(f"{kind.__name__} is none of the documented values") from None


def _day(value: str | None) -> date | None:
    """``yyyy-mm-dd`` as a date. What was printed may be no day at all ("lifelong"): then the field is absent."""
    text = _text(value)
    if text is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
