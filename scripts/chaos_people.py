"""Holders of documents by number: each has a picture that tells whose it is, and what stands on the document."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import date, timedelta

from tests.pictures import jpeg

MARK = b"holder:"
_MARKED = re.compile(MARK + rb"(\d{9})")
_PLAIN = 44
"""Characters of Base64 text that the shortest picture has: its header and the mark."""


def country(number: int) -> str:
    return "VNM" if number % 2 else "THA"


def picture(number: int, size: int = 0) -> str:
    """The picture as callers send it, with about ``size`` bytes after the mark."""
    return base64.b64encode(jpeg(640, 480) + MARK + b"%09d" % number + bytes(size)).decode()


def holder_of(body: bytes) -> int:
    """Whose picture a request carries, by the beginning of its Base64 text alone."""
    start = body.index(b'"image"') + len(b'"image"')
    text = body.index(b'"', start) + 1
    marked = _MARKED.search(base64.b64decode(body[text : text + _PLAIN]))
    assert marked is not None
    return int(marked[1])


def document(number: int, *, misread: bool = False) -> dict[str, str]:
    """What stands on the holder's identity card, as the old API answers it; ``misread``: a wrong digit in its number."""
    born = date(1950, 1, 1) + timedelta(days=number * 37 % 18000)
    woman = number // 2 % 2 == 1
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:09}")
    return {
        "country_region": country(number),
        "id_type": "ID",
        "first_name": f"Given {letters.capitalize()}",
        "last_name": f"Name {letters[::-1].capitalize()}",
        "sex": "F" if woman else "M",
        "birth_date": born.isoformat(),
        "document_number": _vietnamese(number, born, woman, misread) if number % 2 else _thai(number, misread),
    }


def _thai(number: int, misread: bool) -> str:
    """With the check digit of Thai numbers, or the one after it."""
    digits = f"1{number:011}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False))
    return f"{digits}{(11 - total % 11 + misread) % 10}"


def _vietnamese(number: int, born: date, woman: bool, misread: bool) -> str:
    """With century, sex and year of birth in it, or another year."""
    return f"001{int(woman)}{(born.year + misread) % 100:02}{number % 1_000_000:06}"


def differences(number: int, result: Mapping[str, object]) -> list[str]:
    """Names of fields in an answer that are not the holder's; what is absent is no difference."""
    truth = document(number)
    return sorted(name for name, value in result.items() if value != truth.get(name))


def missing(result: Mapping[str, object]) -> list[str]:
    """Names of fields that stand on every document and not in the answer."""
    return sorted(document(0).keys() - result.keys())
