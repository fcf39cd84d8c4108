"""The field labels of passports and cards, by what they announce: ``labels.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from gateway.normalize.tables import load


class Label(Enum):
    """What a label announces; OTHER is every field that the reader only has to know as *not* a value."""

    BIRTH = "birth"
    ISSUE = "issue"
    EXPIRY = "expiry"
    AUTHORITY = "authority"
    NUMBER = "number"
    OTHER = "other"


_TABLE = load("gateway.reader", "labels.json")

PHRASES: Mapping[Label, Sequence[str]] = {label: _TABLE[label.value]["phrases"] for label in Label}
"""Labels that may be part of a line."""

WORDS: Mapping[Label, Sequence[str]] = {label: _TABLE[label.value]["words"] for label in Label}
"""Labels too short to be looked for inside a line: they have to be a whole slash-separated part of it."""
