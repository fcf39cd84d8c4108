"""The search for a machine readable zone on one page: likely rows first, then their neighbours, then second looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gateway.local.box import Box
from gateway.local.budget import Budget
from gateway.local.closer import closer
from gateway.local.decode import Pixels
from gateway.local.detect import Detector
from gateway.local.looks import Found, better, second_looks
from gateway.local.recognize import Text, TextReader, crop
from gateway.local.rows import below, missing_rows, relative
from gateway.local.straighten import straightened
from gateway.reader.mrz.glyph import Row
from gateway.reader.mrz.zone import Zone

READS = 10
"""Rows read on one page in search of a zone's."""
MOST_CLOSER = 2
"""Rows like a zone's that are worth a detection of their own."""
ASPECT = 9.0
"""Length over height from which a row may be a zone's."""
PAIR_ASPECT = 12.0
"""The same for a second zone, of which two rows have to stand together."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One row as read along its box's direction."""

    box: Box
    text: Text
    row: Row

    @property
    def pitch(self) -> float:
        """Pixels from one character to the next."""
        return self.box.length / max(len(self.row), 1)

    @property
    def zone_like(self) -> bool:
        """Whether this can be a line of a zone: fillers, or capitals and figures of about the right number."""
        text = self.text.text
        if text.count(">") >= 3:
            # Fillers upside down.
            return False
        if text.count("<") + text.count("《") >= 3:
            return True
        figures, small = sum(map(str.isdigit, text)), sum(map(str.islower, text))
        return 26 <= len(text) <= 50 and figures >= 8 and small <= 2 and text.count(" ") <= 1 and self.text.mean > 0.7

    def continues(self, other: Reading) -> bool:
        """Whether this can be the line over or under ``other`` in a zone: of the same pitch, with fillers or figures."""
        alike = 0.75 < self.pitch / other.pitch < 1.33
        return alike and (self.zone_like or "<" in self.text.text)


@dataclass(slots=True)
class Search:
    """One page. A row is read at most once in each direction."""

    page: Pixels
    rows: Sequence[Box]
    detector: Detector
    reader: TextReader
    budget: Budget
    reads: int = READS
    turned: bool = False
    """Whether the text has proved to run against the boxes' directions."""
    seen: list[Reading] = field(default_factory=list)
    """What looked like a zone's line."""
    readings: dict[Box, Reading] = field(default_factory=dict)

    def find(self) -> Found | None:
        """The best zone among ``rows``; None where no run of them has a zone's shape."""
        best: Found | None = None
        for row in _likeliest(self.rows):
            if len(self.readings) >= self.reads or self.budget.over:
                break
            if row in self.readings or row.turned() in self.readings:
                continue
            reading = self._oriented(row)
            if reading.zone_like:
                self.seen.append(reading)
                best = better(best, self._band(reading, self._others(row)))
            if best and best.settled:
                break
        return best

    def find_closer(self) -> Found | None:
        """The zone once more, from rows found around those that looked like its lines, or put there by the standard."""
        best: Found | None = None
        for reading in self.seen[:MOST_CLOSER]:
            if self.budget.over:
                break
            best = better(best, self._closer(reading))
            if best and best.settled:
                break
        return best

    def holds_another(self, boxes: Sequence[Box], zone: Zone) -> bool:
        """Whether a further pair of long rows, away from ``boxes``, is a zone that says something else than ``zone``."""
        rows = [row for row in self.rows if row.length > PAIR_ASPECT * row.height and not _inside(row, boxes)]
        for row in rows:
            if self.budget.over or not any(_alike(row, other) for other in rows if other is not row):
                continue
            reading = self._oriented(row)
            found = self._band(reading, self._others(row)) if reading.zone_like else None
            if found is not None and found.settled and found.zone.lines != zone.lines:
                return True
        return False

    def _band(self, reading: Reading, others: Sequence[Box]) -> Found | None:
        band = self._neighbours(reading, others)
        return second_looks(
            self.page, self.reader, [each.box for each in band], [each.row for each in band], self.budget
        )

    def _closer(self, reading: Reading) -> Found | None:
        """The band once more, from rows found near ``reading`` alone."""
        rows = closer(self.page, self.detector, reading.box, reading.pitch)
        near = [row for row in rows if row.length > reading.box.length / 2 and row.length > ASPECT * row.height]
        if near:
            row = min(near, key=lambda row: abs(relative(reading.box, row)[1]))
            again = self._read(row)
            if again.zone_like:
                reading = again
                found = self._band(reading, [other for other in near if other is not row])
                if found is not None and found.settled:
                    return found
        return self._blind(reading)

    def _blind(self, reading: Reading) -> Found | None:
        """The band where its rows must be by the standard, for rows that no detection shows."""
        pitch = reading.pitch
        rows = [straightened(self.page, box, pitch) for box in missing_rows(reading.box, len(reading.row))]
        band = [each for each in map(self._read, rows) if each.continues(reading)]
        return second_looks(
            self.page, self.reader, [each.box for each in band], [each.row for each in band], self.budget
        )

    def _others(self, row: Box) -> list[Box]:
        return [other.turned() if self.turned else other for other in self.rows if other is not row]

    def _read(self, box: Box) -> Reading:
        if box not in self.readings:
            text, row = self.reader.row(crop(self.page, box))
            self.readings[box] = Reading(box, text, row)
        return self.readings[box]

    def _oriented(self, row: Box) -> Reading:
        """The row in the direction in which it makes sense; what is learnt holds for the rows that follow."""
        reading = self._read(row.turned() if self.turned else row)
        if reading.zone_like or (reading.text.mean > 0.9 and ">" not in reading.text.text):
            return reading
        other = self._read(reading.box.turned())
        if not other.zone_like:
            return reading
        self.turned = not self.turned
        return other

    def _neighbours(self, reading: Reading, others: Sequence[Box]) -> list[Reading]:
        """The rows above and below that belong to the same zone, top to bottom."""
        band = [reading]
        for side in (-1, 1):
            while len(band) < 3:
                box = below((band[0] if side < 0 else band[-1]).box, others, reading.pitch, side)
                following = self._read(box) if box else None
                if following is None or not following.continues(reading):
                    break
                band = [following, *band] if side < 0 else [*band, following]
        return band


def _likeliest(rows: Sequence[Box]) -> list[Box]:
    """Rows long enough for a zone, the longest first, the more so with a like row beside them."""

    def rank(row: Box) -> float:
        twins = sum(_alike(row, other) for other in rows if other is not row)
        return row.length * (1 + 0.25 * min(twins, 2))

    return sorted((row for row in rows if row.length > ASPECT * row.height), key=rank, reverse=True)


def _alike(row: Box, other: Box) -> bool:
    along, across = relative(row, other)
    return (
        abs(row.length - other.length) < 0.15 * row.length
        and abs(along) < 0.1 * row.length
        and abs(across) < 4 * row.height
        and max(row.height, other.height) < 1.5 * min(row.height, other.height)
    )


def _inside(row: Box, boxes: Sequence[Box]) -> bool:
    """Whether ``row`` crosses one of ``boxes``."""
    for box in boxes:
        along, across = relative(box, row)
        if abs(across) < box.height and abs(along) < (box.length + row.length) / 2:
            return True
    return False
