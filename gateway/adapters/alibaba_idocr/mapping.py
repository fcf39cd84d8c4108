"""How the vendor's answer becomes an :class:`IdDocument`: JSON in a string in JSON, its keys in two spellings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import msgspec

from gateway.adapters.alibaba_idocr.document_types import kind_of
from gateway.adapters.alibaba_idocr.errors import SUCCESS, failure
from gateway.adapters.answer import decode
from gateway.errors import RecognitionFailed, UnreadableDocument, UpstreamProtocolError
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import LastFirst, comma_name, family_first, without_title
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

ABSENT: frozenset[str] = frozenset({"portrait_image", "confidence"})
"""Fields of ``IdDocument`` that this vendor never gives."""

DATES = (DateForm.ISO, DateForm.YEAR_FIRST, DateForm.NAMED, DateForm.THAI_BUDDHIST)
"""Standardized 1990-06-02; as printed 2032/02/10, 1990年06月02日 and whatever else names its month or its era."""

PRINTED_DAY_FIRST = frozenset({"HKG", "VNM"})
"""Whose cards print figures in that order."""

PASSPORT_NUMBERS = ("passport_number", "passport_no")
CARD_NUMBERS = ("id_number", "license_number", "license_no", "crn", "document_number")


class Info(msgspec.Struct, rename="camel"):
    """``ExtIdInfo``: what was seen, the fields as printed, and those that the vendor brought into one form."""

    doc_type: str | None = None
    ocr_id_info: dict[str, object] = {}
    ocr_standard_data: dict[str, object] = {}


class Result(msgspec.Struct, rename="pascal"):
    passed: str | None = None
    ext_id_info: str | None = None


class Answer(msgspec.Struct, rename="pascal"):
    code: str
    result: Result | None = None


class Values:
    """The answer's texts under keys of either spelling: ``passportNo`` and ``passport_no`` are one."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = {_folded(key): text for key, value in values.items() if (text := _text(value)) is not None}

    def get(self, *names: str) -> str | None:
        """The first that is there."""
        return next((self._values[name] for name in map(_folded, names) if name in self._values), None)


def to_document(response: VendorResponse, asked: str | None) -> IdDocument:
    """The document in an answer to ``asked``, the code that the vendor was told; None where it was to find out.

    What the caller's filters say is no evidence of what was seen, so kind and country come from the code and the answer
    alone. Raises :class:`RecognitionFailed` where the vendor says that it did not pass, and
    :class:`UnreadableDocument` where no field was read.
    """
    if not 200 <= response.status < 300:
        raise failure(response)
    answer = decode(response.body, Answer)
    if answer.code != SUCCESS:
        raise failure(response)
    if answer.result is None or answer.result.passed is None:
        raise UpstreamProtocolError("a success without a result")
    if answer.result.passed != "Y":
        raise RecognitionFailed("the vendor did not pass the document")
    info = decode(answer.result.ext_id_info or "{}", Info)

    values, standard = Values(info.ocr_id_info), Values(info.ocr_standard_data)
    asked_country, kind = kind_of(asked or info.doc_type)
    if kind is None and values.get(*PASSPORT_NUMBERS) is not None:
        kind = DocumentType.PASSPORT
    issuer = country(values.get("country_code")) or asked_country
    document = _fields(values, standard, issuer, kind)
    if document == IdDocument():
        raise UnreadableDocument("the result is empty")
    return replace(document, country_region=issuer, id_type=kind, side=Side.FRONT)


def _fields(values: Values, standard: Values, issuer: str | None, kind: DocumentType | None) -> IdDocument:
    last, first = next(filter(any, _names(values, standard, issuer)), (None, None))
    dates = (*DATES, DateForm.DAY_FIRST) if issuer in PRINTED_DAY_FIRST else DATES
    issue_dates = (*dates, DateForm.DAY_FIRST_SHORT_ISSUE) if issuer == "HKG" else dates
    numbers = PASSPORT_NUMBERS if kind is DocumentType.PASSPORT else CARD_NUMBERS
    return IdDocument(
        first_name=first,
        last_name=last,
        sex=sex_of(standard.get("sex_s")) or sex_of(values.get("sex")),
        nationality=country(values.get("nationality")),
        birth_date=written_date(standard.get("date_of_birth_s"), *dates)
        or written_date(values.get("date_of_birth", "birth_date"), *dates),
        issue_date=written_date(values.get("date_of_issue", "issue_date"), *issue_dates),
        expiry_date=written_date(values.get("date_of_expiry", "expiry_date"), *dates),
        document_number=pair_number(values.get(*numbers), issuer, kind),
        address=address(values.get("address")),
        issuing_authority=clean(values.get("origin_of_issue", "place_of_issue")),
    )


def _names(values: Values, standard: Values, issuer: str | None) -> Iterator[LastFirst]:
    """(last, first) from one source at a time, best first: as printed in two, as printed in one where its order is known,
    and last the standardized, which the vendor spells in Latin letters without marks.
    """
    whole = values.get("english_name", "name")
    given = values.get("given_names", "given_name")
    yield clean(values.get("surname")), without_title(given) if issuer == "THA" else clean(given)
    if issuer == "VNM":
        yield family_first(whole)
    if issuer == "HKG":
        yield comma_name(whole)
    yield clean(standard.get("surname_s")), clean(standard.get("given_name_s"))


def _folded(key: str) -> str:
    return key.replace("_", "").casefold()


def _text(value: object) -> str | None:
    return clean(value) if isinstance(value, str) else None
