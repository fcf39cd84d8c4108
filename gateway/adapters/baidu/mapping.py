"""How Baidu's answer becomes an ``IdDocument``: ten fields of the machine readable zone under Chinese names."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from gateway.adapters.answer import decode
from gateway.adapters.baidu.errors import ERRORS
from gateway.adapters.blank import is_blank
from gateway.adapters.failure import failure
from gateway.errors import UnreadableDocument, UpstreamProtocolError
from gateway.exchange import VendorResponse
from gateway.model import DocumentType, IdDocument, Side
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.names import comma_name
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

ABSENT = frozenset({"issue_date", "address", "issuing_authority", "portrait_image", "confidence"})
"""Fields of ``IdDocument`` that this vendor never gives."""

FORMS = (DateForm.NAMED, DateForm.COMPACT, DateForm.ISO, DateForm.YEAR_FIRST)
"""``24NOV1990``, ``078月/AUG2024`` and ``19901222`` are seen in the sister API's samples; the others cannot be taken for
another day. No form puts a number for the month behind one for the day."""


class Word(msgspec.Struct):
    """One value: ``words`` in the older APIs of the family, ``word`` in the newer."""

    words: str | None = None
    word: str | None = None


class Answer(msgspec.Struct):
    words_result: dict[str, Word | list[Word]] | None = None
    error_code: int | str | None = None


def to_document(response: VendorResponse) -> IdDocument:
    """The document in ``response``, or the error that it stands for.

    A result without any value is a picture in which no zone could be read: :class:`UnreadableDocument`.
    """
    if response.status != 200:
        raise failure(response, "", ERRORS)
    answer = decode(response.body, Answer)
    if answer.error_code is not None:
        raise failure(response, str(answer.error_code), ERRORS)
    if answer.words_result is None:
        raise UpstreamProtocolError("the answer has neither words_result nor error_code")
    document = _document({name: _text(value) for name, value in answer.words_result.items()})
    if is_blank(document):
        raise UnreadableDocument("words_result is empty")
    return document


def _document(read: Mapping[str, str | None]) -> IdDocument:
    state = country(read.get("国家码"))
    last, first = _names(read.get("姓名拼音"))
    return IdDocument(
        country_region=state,
        id_type=DocumentType.PASSPORT,
        side=Side.FRONT,
        first_name=first,
        last_name=last,
        sex=sex_of(read.get("性别")),
        nationality=country(read.get("国籍")),
        birth_date=written_date(read.get("出生日期"), *FORMS),
        expiry_date=written_date(read.get("有效期"), *FORMS),
        document_number=pair_number(read.get("护照号"), state, DocumentType.PASSPORT),
        mrz=tuple(filter(None, (read.get("MRZCode1"), read.get("MRZCode2")))),
    )


def _names(written: str | None) -> tuple[str | None, str | None]:
    """(last, first) where a comma divides them, and a single word as the last name.

    Of several words without a comma nothing says which is the family's: the zone's lines are there to tell.
    """
    last, first = comma_name(written)
    return (None, None) if first is None and " " in (last or "") else (last, first)


def _text(value: Word | list[Word]) -> str | None:
    word = value if isinstance(value, Word) else next(iter(value), Word())
    return clean(word.words if word.words is not None else word.word)
