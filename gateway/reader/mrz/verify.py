"""Which check digits of a zone hold, and what its document number is where it runs on into the optional data."""

from __future__ import annotations

from gateway.reader.mrz.check_digit import holds
from gateway.reader.mrz.glyph import FILLER
from gateway.reader.mrz.layout import Layout
from gateway.reader.mrz.record import MrzFormat


def verify(layout: Layout, lines: tuple[str, ...]) -> dict[str, bool]:
    """Under the names of ``MrzRecord.checks``."""
    results = {
        name: holds("".join(span.of(lines) for span in check.spans), check.digit.of(lines))
        for name, check in layout.checks.items()
    }
    if (long := _long_number(layout, lines)) is not None:
        number, digit, _ = long
        results["document_number"] = holds(number, digit)
    return results


def document_number(layout: Layout, lines: tuple[str, ...]) -> tuple[str, str]:
    """The number and the optional data, both without trailing fillers."""
    long = _long_number(layout, lines)
    if long is not None and holds(long[0], long[1]):
        return long[0], long[2].strip(FILLER)
    return layout.fields["document_number"].of(lines).rstrip(FILLER), layout.fields["optional"].of(lines).rstrip(FILLER)


def _long_number(layout: Layout, lines: tuple[str, ...]) -> tuple[str, str, str] | None:
    """A number of more than nine characters: a filler in the check digit's place, the rest and the digit in the
    optional data (Doc 9303-5 section 4.2.2 note j, Doc 9303-6 likewise). Returns number, digit, remaining data.
    """
    if layout.format is MrzFormat.TD3 or layout.checks["document_number"].digit.of(lines) != FILLER:
        return None
    rest, _, remaining = layout.fields["optional"].of(lines).partition(FILLER)
    if len(rest) < 2:
        return None
    return layout.fields["document_number"].of(lines) + rest[:-1], rest[-1], remaining
