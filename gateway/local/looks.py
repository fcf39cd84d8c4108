"""Second looks at a zone's rows, from the original pixels, until its check digits hold or the looks agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gateway.local.box import Box
from gateway.local.budget import Budget
from gateway.local.decode import Pixels
from gateway.local.flatten import flattened
from gateway.local.recognize import HEIGHT, TextReader, crop
from gateway.local.rows import common_ends
from gateway.local.straighten import straightened
from gateway.reader.mrz.blend import blend
from gateway.reader.mrz.doubt import doubtful_lines
from gateway.reader.mrz.glyph import Row
from gateway.reader.mrz.read import best_zone
from gateway.reader.mrz.zone import PRESENT, Zone


@dataclass(frozen=True, slots=True)
class Look:
    """One way to crop a row again: room at the ends in pitches, height and width as factors, contrast evened out."""

    pad: float
    tall: float
    squeeze: float
    flat: bool


LOOKS = (Look(0.6, 1.0, 1.0, flat=False), Look(0.5, 1.12, 1.0, flat=True), Look(0.8, 0.92, 0.92, flat=False))


@dataclass(frozen=True, slots=True)
class Found:
    """A zone and the boxes of its lines."""

    zone: Zone
    boxes: tuple[Box, ...]
    agreed: bool
    """Whether the latest looks read every character alike."""

    @property
    def settled(self) -> bool:
        """Whether no further look is called for: the check digits hold, or the print itself breaks them."""
        return self.zone.valid or (self.agreed and self.zone.merit >= PRESENT)


def better(one: Found | None, other: Found | None) -> Found | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda found: (found.zone.valid, -found.zone.repaired, found.zone.merit))


def second_looks(
    page: Pixels, reader: TextReader, boxes: Sequence[Box], rows: Sequence[Row], budget: Budget
) -> Found | None:
    """The zone that ``rows`` make, looked at again where there is doubt. ``boxes`` and ``rows`` go top to bottom."""
    if not boxes:
        return None
    zone = best_zone(rows)
    looks: list[list[Row]] = [list(rows)]
    straight: list[Box] = []
    for look in LOOKS:
        doubts = doubtful_lines(zone) if zone else set(range(len(boxes)))
        if budget.over or not doubts:
            break
        if (zone is None and len(looks) > 1) or (zone and not zone.valid and _agreed(looks, zone)):
            break
        if not straight:
            pitch = _pitch(boxes, rows)
            straight = [straightened(page, box, pitch) for box in common_ends(boxes, 0)]
        whole = zone is None or not zone.valid or len(zone.rows) != len(boxes)
        again = list(rows)
        for index, box in enumerate(common_ends(straight, look.pad * pitch)):
            if whole or index in doubts:
                again[index] = _row(page, reader, box, look)
        looks.append(again)
        zone = blend(looks, zone)
    return Found(zone, tuple(boxes), _agreed(looks, zone)) if zone else None


def _row(page: Pixels, reader: TextReader, box: Box, look: Look) -> Row:
    cut = crop(page, replace(box, height=box.height * look.tall), squeeze=look.squeeze)
    return reader.row(flattened(cut, HEIGHT) if look.flat else cut)[1]


def _agreed(looks: Sequence[Sequence[Row]], zone: Zone) -> bool:
    """Whether the latest two looks, each by itself, read the zone letter by letter alike."""
    if len(looks) < 2:
        return False
    readings = [best_zone(look) for look in looks[-2:]]
    return all(reading is not None and reading.lines == zone.lines for reading in readings)


def _pitch(boxes: Sequence[Box], rows: Sequence[Row]) -> float:
    pitches = sorted(box.length / max(len(row), 1) for box, row in zip(boxes, rows, strict=True))
    return pitches[len(pitches) // 2]
