"""How an analysis becomes an :class:`IdDocument`: the fields of the page first, those of its zone behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from gateway.adapters.azure.analysis import Analysis, Document, Field
from gateway.adapters.blank import is_blank
from gateway.adapters.sides import side_of
from gateway.errors import NoDocument, SeveralDocuments, UnreadableDocument, WrongDocument
from gateway.model import DocumentType, IdDocument, Query
from gateway.normalize.addresses import address
from gateway.normalize.countries import country
from gateway.normalize.document_numbers import pair_number
from gateway.normalize.name_spelling import transliterate
from gateway.normalize.names import given_names, without_title
from gateway.normalize.scores import scores
from gateway.normalize.sex import sex_of
from gateway.normalize.text import clean
from gateway.normalize.written_dates import DateForm, written_date

ABSENT = frozenset({"portrait_image"})
"""Fields of ``IdDocument`` that this vendor never gives."""

TYPES: Mapping[str, DocumentType | None] = {
    "idDocument.passport": DocumentType.PASSPORT,
    "idDocument.driverLicense": DocumentType.DRIVING_LICENCE,
    "idDocument.nationalIdentityCard": DocumentType.IDENTITY_CARD,
    "idDocument": None,  # an identity document of no kind that the model knows
}

WIDTHS = {88: 44, 72: 36, 90: 30}
"""Characters of a whole zone to those of a line: ICAO Doc 9303 parts 4, 6 and 5."""

T = TypeVar("T")


def to_document(analysis: Analysis, query: Query) -> IdDocument:
    """The document that was found.

    Several that may be of one person, such as both sides of a card, count as one: the first is read.
    """
    if not analysis.documents:
        raise NoDocument("no document was found")
    found = [_document(document, query) for document in analysis.documents if document.doc_type in TYPES]
    if not found:
        raise WrongDocument("documents of kinds alone that nobody asks for")
    legible = [document for document in found if not is_blank(document)]
    if not legible:
        raise UnreadableDocument("a document was found and nothing of it read")
    first, *others = legible
    if any(_of_another(first, other) for other in others):
        raise SeveralDocuments("documents of different people were found")
    return first


def _of_another(one: IdDocument, other: IdDocument) -> bool:
    """Whether two documents say it of themselves. Names have to have a word in common, as a zone spells it."""
    if one.birth_date is not None and other.birth_date is not None and one.birth_date != other.birth_date:
        return True
    names = ((one.last_name, other.last_name), (one.first_name, other.first_name))
    spelled = ((_words(mine), _words(theirs)) for mine, theirs in names)
    return any(mine and theirs and mine.isdisjoint(theirs) for mine, theirs in spelled)


def _words(name: str | None) -> frozenset[str]:
    return frozenset(transliterate(name or "").split())


class Reading:
    """The fields of one document, and how sure the vendor is of those that were taken."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.zone = fields.get("MachineReadableZone", Field())
        self.scores: dict[str, float | None] = {}
        self._places = (fields, self.zone.value_object or {})

    def take(self, name: str, key: str, convert: Callable[[Field], T | None]) -> T | None:
        """The first ``key`` that says something, for ``name`` of ``IdDocument``. The zone's fields share its score."""
        for fields in self._places:
            field = fields.get(key, Field())
            if (value := convert(field)) is not None:
                self.scores[name] = field.confidence if fields is self._places[0] else self.zone.confidence
                return value
        return None


def _document(document: Document, query: Query) -> IdDocument:
    reading = Reading(document.fields or {})
    kind = TYPES[document.doc_type] or _asked(query)
    issuer = reading.take("country_region", "CountryRegion", _country)

    def number(field: Field) -> str | None:
        return pair_number(_text(field), issuer, kind)

    read = IdDocument(
        country_region=issuer,
        id_type=kind,
        first_name=_first_name(reading, issuer),
        last_name=reading.take("last_name", "LastName", _text),
        sex=reading.take("sex", "Sex", lambda field: sex_of(_text(field))),
        nationality=reading.take("nationality", "Nationality", _country),
        birth_date=reading.take("birth_date", "DateOfBirth", _date),
        issue_date=reading.take("issue_date", "DateOfIssue", _date),
        expiry_date=reading.take("expiry_date", "DateOfExpiration", _date),
        document_number=(
            reading.take("document_number", "DocumentNumber", number)
            or reading.take("document_number", "PersonalNumber", number)
        ),
        address=reading.take("address", "Address", lambda field: address(field.content)),
        issuing_authority=reading.take("issuing_authority", "IssuingAuthority", _text),
        mrz=_lines(reading.zone),
    )
    return replace(read, side=side_of(read), confidence=scores(read, reading.scores))


def _asked(query: Query) -> DocumentType | None:
    """The one kind that the caller may be sending, if it is one."""
    return next(iter(query.types)) if len(query.types) == 1 else None


def _first_name(reading: Reading, issuer: str | None) -> str | None:
    first = reading.take("first_name", "FirstName", _text)
    # The middle name that Philippine documents print is the mother's family name, no given name.
    middle = None if issuer == "PHL" else reading.take("middle_name", "MiddleName", _text)
    known = [score for score in map(reading.scores.get, ("first_name", "middle_name")) if score is not None]
    if known:
        reading.scores["first_name"] = min(known)
    given = given_names(first, middle)
    return without_title(given) if issuer == "THA" else given


def _text(field: Field) -> str | None:
    return clean(field.value_string) or clean(field.content)


def _country(field: Field) -> str | None:
    return country(field.value_country_region) or country(field.content)


def _date(field: Field) -> date | None:
    """The vendor's own reading; where it made none, the print, if that has one meaning only."""
    if field.value_date is not None:
        return written_date(field.value_date, DateForm.ISO)
    return written_date(field.content, DateForm.ISO, DateForm.NAMED)


def _lines(zone: Field) -> tuple[str, ...]:
    """The zone line by line. It comes as one text, in which a blank is a line end or a filler that was not seen."""
    parts = (zone.content or "").split()
    text = "".join(parts)
    width = WIDTHS.get(len(text))
    return tuple(parts) if width is None else tuple(text[at : at + width] for at in range(0, len(text), width))
