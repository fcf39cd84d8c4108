"""The national numbers on identity cards that have a check digit or a structure of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from gateway.model import DocumentType, IdDocument, Sex
from gateway.normalize.document_numbers import document_number


def number_holds(document: IdDocument) -> bool:
    """Whether the document number can be one of its country's; true where nothing is known of it or it is absent.

    Asked of the identity cards of Thailand, Hong Kong, Chile and Viet Nam. Blanks, hyphens and brackets do not count:
    the original API's own answers have them.
    """
    check = _CHECKS.get(document.country_region or "")
    if check is None or document.document_number is None or document.id_type is not DocumentType.IDENTITY_CARD:
        return True
    return check(document_number(document.document_number) or "", document)


def thai(number: str) -> bool:
    """Thirteen digits, the last of them (11 - sum of digit x weight 13 to 2 mod 11) mod 10."""
    if not re.fullmatch(r"\d{13}", number, re.ASCII):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, range(13, 1, -1), strict=False))
    return (11 - total % 11) % 10 == int(number[-1])


def hong_kong(number: str) -> bool:
    """One or two letters, six digits and a check digit (A is 10), without the brackets around it.

    Letters count from A = 10, a missing first one as 36; weights 9 to 1 make a multiple of 11.
    """
    if not re.fullmatch(r"[A-Z]{1,2}\d{6}[0-9A]", number, re.ASCII):
        return False
    values = [int(character, 36) for character in number]
    if len(values) < 9:
        values.insert(0, 36)
    return sum(value * weight for value, weight in zip(values, range(9, 0, -1), strict=True)) % 11 == 0


def chilean(number: str) -> bool:
    """A RUN of seven or eight digits has to have its check digit modulo 11 behind it, K for 10.

    The form of a card's own number is not published, so that nothing else is questioned: neither what holds other
    characters nor nine digits, which may be either number.
    """
    if not re.fullmatch(r"\d{7}[\dK]|\d{8}K", number, re.ASCII):
        return True
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(number[:-1])))
    return "0123456789K0"[11 - total % 11] == number[-1]


def vietnamese(number: str, document: IdDocument) -> bool:
    """Nine digits until 2016, else twelve: where the birth was registered, century and sex, year of birth, six more.

    The first three are a province from 001 to 096, or from 100 up another country. The fourth is even for men and odd for
    women, 0 and 1 of the 20th century, 2 and 3 of the 21st. Circulars 07/2016 and 59/2021 of the Ministry of Public
    Security. Birth date and sex of ``document`` have to agree where they are known.
    """
    if re.fullmatch(r"\d{9}", number, re.ASCII):
        return True
    if not re.fullmatch(r"\d{12}", number, re.ASCII):
        return False
    place, century, year = int(number[:3]), int(number[3]), int(number[4:6])
    registered = 1 <= place <= 96 or place >= 100
    born = 1900 + century // 2 * 100 + year
    sex = Sex.FEMALE if century % 2 else Sex.MALE
    return (
        registered
        and (document.birth_date is None or document.birth_date.year == born)
        and document.sex in (None, Sex.UNSPECIFIED, sex)
    )


_CHECKS: Mapping[str, Callable[[str, IdDocument], bool]] = {
    "THA": lambda number, _: thai(number),
    "HKG": lambda number, _: hong_kong(number),
    "CHL": lambda number, _: chilean(number),
    "VNM": vietnamese,
}
