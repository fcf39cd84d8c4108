"""The machine readable zone of a passport, written from its fields: TD3 of ICAO Doc 9303-4 section 4.2."""

from __future__ import annotations

from datetime import date

from gateway.model import IdDocument, Sex
from gateway.normalize.name_spelling import transliterate
from gateway.reader.mrz.check_digit import check_digit

_WIDTH = 44
_LETTERS = {Sex.FEMALE: "F", Sex.MALE: "M", Sex.UNSPECIFIED: "<"}


def passport_zone(document: IdDocument) -> tuple[str, str]:
    """The two lines for a passport that has a country, a name, a number of up to nine characters and both dates."""
    assert document.birth_date is not None
    assert document.expiry_date is not None
    names = "<<".join(
        transliterate(name).replace(" ", "<") for name in (document.last_name, document.first_name) if name
    )
    number = _checked((document.document_number or "").ljust(9, "<"))
    birth, expiry = _checked(_date(document.birth_date)), _checked(_date(document.expiry_date))
    optional = "<" * 14 + "0"
    state = document.country_region or ""
    sex = _LETTERS[document.sex or Sex.UNSPECIFIED]
    composite = check_digit(number + birth + expiry + optional)
    second = number + (document.nationality or state) + birth + sex + expiry + optional + composite
    return f"P<{state}{names}"[:_WIDTH].ljust(_WIDTH, "<"), second


def _date(day: date) -> str:
    return f"{day:%y%m%d}"


def _checked(text: str) -> str:
    return text + check_digit(text)
