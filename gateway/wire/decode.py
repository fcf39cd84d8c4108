"""Request body to checked parameters. The picture stays where it is: a view into the received bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from gateway.errors import InvalidParameter, MalformedRequest
from gateway.model import Buffer, DocumentType, InputKind
from gateway.table1 import TABLE_1, covers
from gateway.wire import contract

_BODY = msgspec.json.Decoder(contract.RequestBody)
_TEXT = msgspec.json.Decoder(str)
_CODES = msgspec.json.Decoder(list[str] | str)
_FLAG = msgspec.json.Decoder(bool)

_ALPHA_3 = re.compile(r"[A-Z]{3}")
_MAX_CODES = 8 * 1024
"""Bytes of a list of codes: every country there is fits, and a list cannot be made to fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What a caller asks for. Exactly one of ``image`` (Base64 text) and ``url`` is set; empty sets mean any."""

    image: Buffer | None = field(repr=False)
    url: str | None = field(repr=False)
    countries: frozenset[str]
    types: frozenset[DocumentType]
    portrait: bool

    @property
    def input(self) -> InputKind:
        return InputKind.URL if self.image is None else InputKind.INLINE


def decode(body: bytes | bytearray, *, any_country: bool = False) -> Parameters:
    """The parameters in ``body``, of which the result's ``image`` keeps a view.

    ``any_country`` lets callers ask for countries and pairs outside Table 1. Raises :class:`MalformedRequest` where
    the body is not a UTF-8 JSON object and :class:`InvalidParameter` where a value is not one it can have.
    """
    try:
        if not body.isascii():
            body.decode()
        raw = _BODY.decode(body)
        image, url = _image(raw.image, escapes=b"\\" in body), _url(raw.url)
        countries, types = _codes("country_region", raw.country_region), _codes("id_type", raw.id_type)
        portrait = not _is_null(raw.return_portrait_image) and _typed(
            "return_portrait_image", raw.return_portrait_image, _FLAG
        )
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise MalformedRequest("the body is not a UTF-8 JSON object") from None
    if (image is None) == (url is None):
        raise InvalidParameter("one of image and url is needed, not both")
    parameters = Parameters(
        image=image, url=url, countries=_countries(countries), types=_types(types), portrait=portrait
    )
    if not any_country:
        _refuse_outside_table_1(parameters)
    return parameters


def _image(raw: msgspec.Raw, *, escapes: bool) -> Buffer | None:
    """Base64 text between its quotes; a copy only where the body holds escapes (some encoders write ``/`` as one)."""
    text = memoryview(raw)
    if _is_null(raw):
        return None
    if bytes(text[:1]) != b'"':
        raise InvalidParameter("image is not a string")
    if escapes:
        return _TEXT.decode(raw).encode() or None
    return text[1:-1] if len(text) > 2 else None


def _url(raw: msgspec.Raw) -> str | None:
    return None if _is_null(raw) else _typed("url", raw, _TEXT) or None


def _codes(name: str, raw: msgspec.Raw) -> Sequence[str]:
    """A list of codes, also where it came as a bare string, as the documentation's own examples have it."""
    if len(memoryview(raw)) > _MAX_CODES:
        raise InvalidParameter(f"{name} is too long")
    codes = None if _is_null(raw) else _typed(name, raw, _CODES)
    if isinstance(codes, str):
        return [codes] if codes else []
    return codes or []


def _typed(name: str, raw: msgspec.Raw, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError:
        raise InvalidParameter(f"{name} has the wrong type") from None


def _is_null(raw: msgspec.Raw) -> bool:
    return bytes(memoryview(raw)[:4]) == b"null"


def _countries(codes: Sequence[str]) -> frozenset[str]:
    if not all(_ALPHA_3.fullmatch(code) for code in codes):
        raise InvalidParameter("country_region holds something that is not an ISO 3166-1 alpha-3 code")
    return frozenset(codes)


def _types(codes: Sequence[str]) -> frozenset[DocumentType]:
    try:
        return frozenset(map(DocumentType, codes))
    except ValueError:
        raise InvalidParameter("id_type holds something other than PP, DL and ID") from None


def _refuse_outside_table_1(asked: Parameters) -> None:
    unknown = sorted(asked.countries - TABLE_1.keys())
    if unknown:
        raise InvalidParameter(f"country_region {', '.join(unknown[:5])}: not in Table 1")
    if not covers(asked.countries, asked.types):
        pairs = f"{', '.join(sorted(asked.countries))} with {', '.join(sorted(asked.types))}"
        raise InvalidParameter(f"{pairs}: no such pair in Table 1")
