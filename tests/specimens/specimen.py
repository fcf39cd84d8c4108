"""Draws one synthetic specimen and tells the truth about it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image

from tests.specimens import people
from tests.specimens.dice import seeded
from tests.specimens.layout import LAYOUTS, layout
from tests.specimens.page import page
from tests.specimens.wear import WEARS

PAIRS: tuple[tuple[str, str], ...] = tuple(
    (country, kind) for country, _, kind in sorted(path.stem.partition("_") for path in LAYOUTS.glob("*.toml"))
)
"""Every document that can be drawn, as (country, type): fourteen passports and five cards seen from the back."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A picture (RGB) and what it says: the names of ``IdDocumentItem``, ``mrz`` lines, ``mrz_box`` in pixels."""

    name: str
    image: Image.Image = field(repr=False)
    truth: dict[str, object] = field(repr=False)

    def jpeg(self, quality: int = 88) -> bytes:
        buffer = io.BytesIO()
        self.image.save(buffer, "JPEG", quality=quality, optimize=True)
        return buffer.getvalue()

    def png(self) -> bytes:
        buffer = io.BytesIO()
        self.image.save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()


def draw(country: str, type: str, seed: int, wear: str = "clean") -> Specimen:  # noqa: A002 - the old API's word
    """The specimen of one holder. The same arguments give the same pixels on the same library versions.

    Raises FileNotFoundError for an unknown pair, KeyError for an unknown wear, FontMissingError.
    """
    plan = layout(country, type)
    holder = people.person(plan, seeded(country, type, seed, "holder"))
    flat, box = page(plan, holder, seeded(country, type, seed, "page"))
    image, box = WEARS[wear](flat, box, seeded(country, type, seed, wear))
    return Specimen(f"{country}-{type}-{seed}-{wear}", image, {**people.truth(holder, plan), "mrz_box": list(box)})


def truth(country: str, type: str, seed: int) -> dict[str, object]:  # noqa: A002
    """What ``draw`` would say of the holder, without drawing: no ``mrz_box``."""
    plan = layout(country, type)
    return people.truth(people.person(plan, seeded(country, type, seed, "holder")), plan)
