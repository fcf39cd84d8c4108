"""What is kept of a value that did not agree: enough to see a pattern, too little to see the value."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Final

from gateway.events import FieldTrace
from gateway.model import IdDocument

TRACED: Final = frozenset({
    "first_name", "last_name", "birth_date", "issue_date", "expiry_date", "document_number", "address",
    "issuing_authority",
})  # fmt: skip
"""Fields of which something is kept. The others have so few values that even a mark would tell them: who sees two marks
of ``sex`` need only count."""

MARK: Final = 16
"""Hexadecimal digits of a mark: 64 bits, so that two values of one day hardly ever share one."""


class Tracer:
    """Marks with a key that is made anew at start and every day, and never leaves this object. ``now`` is the wall clock."""

    def __init__(
        self, now: Callable[[], datetime], *, new_key: Callable[[], bytes] = lambda: secrets.token_bytes(32)
    ) -> None:
        self._now = now
        self._new_key = new_key
        self._day = now().date()
        self._key = new_key()

    def trace(self, name: str, document: IdDocument) -> FieldTrace | None:
        """None where the field is absent, or not one of :data:`TRACED`."""
        value = written(document, name)
        if name not in TRACED or value is None:
            return None
        today = self._now().date()
        if today != self._day:
            self._day, self._key = today, self._new_key()
        mark = hmac.new(self._key, f"{name}\0{value}".encode("utf-8", "surrogatepass"), hashlib.sha256)
        return FieldTrace(shape(value), mark.hexdigest()[:MARK])


def written(document: IdDocument, name: str) -> str | None:
    """The value of the field as text; None where there is none."""
    value = getattr(document, name)
    return None if value is None else str(value)


def shape(value: str) -> str:
    """Length and the kinds of characters, in a fixed order whatever theirs is: ``11:A0.`` for "A123456 (3)".

    ``A`` and ``a`` letters of A to Z, ``e`` other Latin letters, ``w`` letters of other scripts, ``0`` digits, ``.`` the
    rest.
    """
    kinds = {_kind(character) for character in value if not character.isspace()}
    return f"{len(value)}:{''.join(kind for kind in 'Aaew0.' if kind in kinds)}"


def _kind(character: str) -> str:
    if character.isdecimal():
        return "0"
    if not character.isalpha():
        return "w" if unicodedata.category(character).startswith("M") else "."
    if character.isascii():
        return "A" if character.isupper() else "a"
    return "e" if unicodedata.name(character, "").startswith("LATIN") else "w"
