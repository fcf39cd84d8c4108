"""What a country prints and where: the schema of ``layouts/*.toml``. Pixels at 300 dpi, baselines for text."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec

LAYOUTS = Path(__file__).with_name("layouts")

ENGLISH = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

Point = tuple[int, int]
Box = tuple[int, int, int, int]  # left, top, width, height
Colour = tuple[int, int, int]


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Format(Data, kw_only=True):
    """Geometry of Doc 9303-4 (TD3) and 9303-5 (TD1): page, pitch, left edge of the first cell, baselines from the top."""

    size: Point
    pitch: float
    left: float
    baselines: list[float]
    type_size: int
    zone_top: int


FORMATS = {
    "TD3": Format(size=(1476, 1039), pitch=30, left=72, baselines=[867, 942], type_size=39, zone_top=803),
    "TD1": Format(size=(1011, 638), pitch=29.6, left=61, baselines=[486, 536, 586], type_size=38, zone_top=430),
}


class Heading(Data, kw_only=True):
    text: str
    at: Point
    size: int
    role: str = "sans-bold"
    anchor: str = "l"
    spacing: float = 0
    colour: Colour | None = None


class Field(Data, kw_only=True):
    """A label and the value below it. ``value`` is a template over the names of ``people.printed``; empty values
    are not drawn. ``drop`` is the distance from the label's baseline to the value's, ``room`` the width that a value has.
    """

    at: Point
    value: str = ""
    label: str = ""
    anchor: str = "l"
    drop: int = 34
    room: int = 560
    size: int | None = None
    role: str | None = None


class Type(Data, kw_only=True):
    """The typography of labels and values."""

    label: str = "narrow"
    label_size: int = 21
    label_colour: Colour = (70, 80, 110)
    value: str = "sans"
    value_size: int = 30
    ink: Colour = (28, 28, 32)
    heading: Colour = (60, 70, 110)


class Lines(Data, kw_only=True):
    """One layer of line work; see ``ground.KINDS``."""

    kind: str
    colour: Colour
    strength: float = 0.5
    pitch: float = 14
    at: Point = (738, 500)
    seed: int = 1


class Emblem(Data, kw_only=True):
    kind: str
    at: Point
    radius: int
    colour: Colour
    strength: float = 0.5


class Ground(Data, kw_only=True):
    """Tint from the upper left over the middle to the lower right, line work, emblems, the strip behind the zone."""

    tints: list[Colour]
    zone: Colour = (240, 240, 240)
    lines: list[Lines]
    emblems: list[Emblem] = []
    watermark: str = ""
    watermark_colour: Colour = (120, 120, 150)


class Pictures(Data, kw_only=True):
    """Where portrait, ghost portrait, signature, chip, fingerprint and code sit; absent ones are not drawn."""

    portrait: Box | None = None
    ghost: Box | None = None
    grey: bool = False
    backdrop: Colour = (214, 220, 228)
    signature: Box | None = None
    chip: Point | None = None
    chip_symbol: Point | None = None
    fingerprints: list[Box] = []
    qr: Box | None = None
    barcode: Box | None = None
    hologram: Point | None = None


class Names(Data, kw_only=True):
    """Names as ``printed`` or ``native|printed``; ``female`` surnames where they differ, in the order of ``surnames``."""

    surnames: list[str]
    surnames_female: list[str] = []
    male: list[str]
    female: list[str]
    style: str = "two"
    """two: surname and given names; full: one line, all in the primary identifier; indonesian: one line, last word first."""
    middle: float = 0.35
    """The chance of a second given name."""
    double: float = 0.15
    """The chance of a second surname."""
    joiner: str = " "
    umlauts: bool = False


class Holders(Data, kw_only=True):
    """How holders, numbers and dates of this document come about."""

    names: Names
    number: str
    personal: str = ""
    personal_check: str = ""
    personal_printed: str = "{personal}"
    optional: str = ""
    optional2: str = ""
    empty_check: str = "<"
    """The check digit of an empty optional field: Doc 9303-4 allows a filler or a zero."""
    number_printed: str = "{number}"
    nationality_male: str
    nationality_female: str = ""
    sex_male: str = "M"
    sex_female: str = "F"
    places: list[str]
    authorities: list[str]
    date: str = "{dd} {mon} {yyyy}"
    months: tuple[str, ...] = ENGLISH
    years: int = 10
    day_before: bool = False
    skin: tuple[int, int] = (1, 4)
    hair: int = 2


class Layout(Data, kw_only=True):
    country: str
    type: str
    format: str = "TD3"
    side: str = "front"
    code: str
    state: str = ""
    """The issuing state as the zone writes it, where it is not the country (D for DEU)."""
    type_face: Type = Type()
    ground: Ground
    pictures: Pictures
    headings: list[Heading]
    fields: list[Field]
    specimen: Point = (1000, 420)
    has_issue: bool = True
    has_authority: bool = True
    has_visual_names: bool = True
    holders: Holders


@lru_cache(maxsize=64)
def layout(country: str, kind: str) -> Layout:
    """The layout of one document. Raises FileNotFoundError for a pair that has none."""
    text = (LAYOUTS / f"{country}_{kind}.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Layout)
