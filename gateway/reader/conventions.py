"""How states print: the letters beyond A to Z, for the states whose letters a Latin text engine reads dependably; and
the order of numeric dates.

A state that is not listed prints letters that engines drop or confuse (Vietnamese tones, Ş, Ę, İ, Cyrillic): its names
keep the zone's spelling, and its authority is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from gateway.normalize.tables import load

_STATES = load("gateway.reader", "states.json")

ALPHABETS: Mapping[str, frozenset[str]] = {
    state: frozenset(letters) for states, letters in _STATES["alphabets"].items() for state in states.split()
}
"""Issuing state (ISO alpha-3) -> capitals beyond A to Z."""

AUTHORITY_PRINTED_PLAINLY = frozenset(" ".join(_STATES["authority"]).split())
"""States whose authority is in capitals of their alphabet. Nothing vouches for its letters but the engine, which loses
marks now and then (Ø, Å, Ș read as O, A, S), so states whose authorities are full of them are not listed."""

DAY_FIRST = frozenset(" ".join(_STATES["day_first"]).split())
MONTH_FIRST = frozenset(" ".join(_STATES["month_first"]).split())
"""States whose documents keep to one order of day and month in numeric dates."""


def spelled_dependably(text: str, country: str | None) -> bool:
    """Whether every letter of ``text`` is one that the state prints and engines read."""
    alphabet = ALPHABETS.get(country or "")
    if alphabet is None:
        return False
    return all(
        letter.isascii() or letter in alphabet or letter.upper() in alphabet for letter in text if letter.isalpha()
    )
