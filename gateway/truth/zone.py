"""The machine readable zone that came with a vendor's answer, as text, taken apart if it is complete."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.reader.mrz.glyph import ALPHABET, FILLER, certain_row
from gateway.reader.mrz.layout import LAYOUTS, Layout
from gateway.reader.mrz.zone import Zone

_LONGEST = 400
"""Characters. A zone has ninety at most, and blanks between them."""

_FILLERS = str.maketrans({"\u00ab": FILLER * 2, "\u2039": FILLER, "\u3008": FILLER, "\uff1c": FILLER, "\u2264": FILLER})
"""What engines and editors make of one filler, or, the double angle, of two."""

_VISA = "V"


def zone_of(lines: Sequence[str]) -> Zone | None:
    """The zone in ``lines``, which may be one text with or without line ends; blanks and lower case do not count.

    ``None`` where there is none, a line is too long or too short, a character is none of a zone's, or it is a visa's.
    Letters for figures and the reverse become what their place demands, as in the embedded reader. Nothing else is put
    right: a vendor names no alternatives to choose from. Fillers at the end of the name line say nothing, so that their
    number alone is corrected.
    """
    if sum(map(len, lines)) > _LONGEST:
        return None
    text = "\n".join(lines).replace("&lt;", FILLER).replace("&LT;", FILLER).translate(_FILLERS).upper()
    rows = [row for line in text.splitlines() if (row := "".join(line.split()))]
    if not all(character in ALPHABET for row in rows for character in row):
        return None
    for layout in LAYOUTS:
        fitted = _fitted(rows, layout)
        if fitted is not None:
            zone = Zone.of(layout, tuple(map(certain_row, fitted)))
            return None if zone.lines[0][0] == _VISA else zone
    return None


def _fitted(rows: list[str], layout: Layout) -> list[str] | None:
    """``rows`` if they have the layout's shape."""
    height, width = len(layout.kinds), layout.width
    if len(rows) == 1 and len(rows[0]) == height * width:
        rows = [rows[0][start : start + width] for start in range(0, height * width, width)]
    if len(rows) != height:
        return None
    names = layout.fields["names"].line
    fitted = [row.rstrip(FILLER).ljust(width, FILLER) if line == names else row for line, row in enumerate(rows)]
    return fitted if all(len(row) == width for row in fitted) else None
