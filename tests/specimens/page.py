"""Puts a document together: form, pictures, print, zone, overprint."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from tests.specimens import people, typography
from tests.specimens.ground import ground
from tests.specimens.layout import FORMATS, Layout
from tests.specimens.looks import looks
from tests.specimens.people import Person
from tests.specimens.pictures import (
    barcode,
    chip,
    chip_symbol,
    fingerprint,
    ghost,
    hologram,
    paste_portrait,
    qr,
    signature,
)
from tests.specimens.portrait import portrait

INK = (24, 24, 27)
RED = (176, 48, 62)


def page(layout: Layout, person: Person, rng: np.random.Generator) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """The flat page at 300 dpi and the box of its zone."""
    image = ground(layout)
    draw = ImageDraw.Draw(image)
    _headings(draw, layout)
    _faces(image, layout, person, rng)
    _marks(image, layout, rng)
    _fields(draw, layout, people.printed(person, layout))
    shape = FORMATS[layout.format]
    _, lines = people.zone(person, layout)
    box = typography.zone(draw, lines, shape, INK)
    typography.overprint(image, "SPECIMEN", layout.specimen, 40 if layout.format == "TD3" else 30, RED)
    return image, box


def _headings(draw: ImageDraw.ImageDraw, layout: Layout) -> None:
    for line in layout.headings:
        ink = line.colour or layout.type_face.heading
        style = {"fill": ink, "anchor": line.anchor, "spacing": line.spacing}
        typography.write(draw, line.at, line.text, line.role, line.size, **style)


def _fields(draw: ImageDraw.ImageDraw, layout: Layout, values: dict[str, str]) -> None:
    face = layout.type_face
    for field in layout.fields:
        x, y = field.at
        text = field.value.format(**values).strip()
        if field.label:
            label = {"fill": face.label_colour, "anchor": field.anchor}
            typography.write(draw, (x, y), field.label, face.label, face.label_size, **label)
        if text:
            role = field.role or face.value
            size = typography.fit(text, role, field.size or face.value_size, field.room)
            typography.write(draw, (x, y + field.drop), text, role, size, fill=face.ink, anchor=field.anchor)


def _faces(image: Image.Image, layout: Layout, person: Person, rng: np.random.Generator) -> None:
    plan, holders = layout.pictures, layout.holders
    if not plan.portrait and not plan.ghost:
        return
    face = portrait(
        looks(rng, person.sex, person.age, skin=holders.skin, hair=holders.hair, backdrop=plan.backdrop), rng
    )
    if plan.portrait:
        paste_portrait(image, face, plan.portrait, grey=plan.grey)
    if plan.ghost:
        ghost(image, face, plan.ghost)


def _marks(image: Image.Image, layout: Layout, rng: np.random.Generator) -> None:
    plan = layout.pictures
    if plan.signature:
        signature(image, plan.signature, rng)
    if plan.chip:
        chip(image, plan.chip)
    if plan.chip_symbol:
        chip_symbol(image, plan.chip_symbol, layout.type_face.heading)
    for box in plan.fingerprints:
        fingerprint(image, box, rng)
    if plan.qr:
        qr(image, plan.qr, rng)
    if plan.barcode:
        barcode(image, plan.barcode, rng)
    if plan.hologram:
        hologram(image, plan.hologram, rng)
