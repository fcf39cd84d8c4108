"""Addresses as they are printed, on one line."""

from __future__ import annotations

from gateway.normalize.text import clean, joined

_LABELS = ("ที่อยู่",)
"""Thai cards print "address" in the field itself, and vendors read it along."""

_ENDS = " ,;"


def address(*lines: str | None) -> str | None:
    """The lines that are there, joined by ", ", blanks collapsed. A line may hold several, divided by line ends."""
    single = (_unlabelled(line) for text in lines if text for line in text.splitlines())
    return joined(*(line.strip(_ENDS) for line in single), by=", ")


def _unlabelled(line: str) -> str:
    tidy = clean(line) or ""
    for label in _LABELS:
        if tidy.startswith(label):
            return tidy[len(label) :].lstrip(" :")
    return tidy
