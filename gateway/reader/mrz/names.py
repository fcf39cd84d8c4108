"""The name field: primary identifier, two fillers, secondary identifier (ICAO Doc 9303-3 section 4.6)."""

from __future__ import annotations


def split_names(field: str) -> tuple[str, str]:
    """Surname and given names with spaces for fillers; the second is empty for a holder of one name."""
    surname, _, given = field.strip("<").partition("<<")
    return _spaced(surname), _spaced(given)


def _spaced(name: str) -> str:
    return " ".join(part for part in name.split("<") if part)
