"""The committed pictures: every kind of specimen once, some hard ones, two that are no document. ``make specimens`` draws them."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.specimens import draw, negative

FOLDER = Path(__file__).parent
LARGEST = 108 * 1024
"""Bytes that a picture may take, so that a clone stays small."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One file: which holder, in what state, turned how far (degrees clockwise), how wide the page is at most (pixels)."""

    name: str
    country: str
    type: str
    seed: int
    wear: str = "clean"
    turned: int = 0
    longest: int = 1180


PICTURES = (
    Picture("ALB-PP", "ALB", "PP", 6),
    Picture("BRA-PP", "BRA", "PP", 9),
    Picture("CHL-PP", "CHL", "PP", 5),
    Picture("IDN-PP", "IDN", "PP", 15),
    Picture("IND-PP", "IND", "PP", 10),
    Picture("MYS-PP", "MYS", "PP", 50),
    Picture("NGA-PP", "NGA", "PP", 12),
    Picture("PAK-PP", "PAK", "PP", 5),
    Picture("PHL-PP", "PHL", "PP", 18),
    Picture("RUS-PP", "RUS", "PP", 14),
    Picture("THA-PP", "THA", "PP", 17),
    Picture("TWN-PP", "TWN", "PP", 17),
    Picture("UKR-PP", "UKR", "PP", 22),
    Picture("VNM-PP", "VNM", "PP", 37),
    Picture("ALB-ID", "ALB", "ID", 24, longest=1011),
    Picture("CHL-ID", "CHL", "ID", 8, longest=1011),
    Picture("VNM-ID", "VNM", "ID", 5, longest=1011),
    Picture("BRA-PP-photo", "BRA", "PP", 18, "photo", longest=1400),
    Picture("IDN-PP-one-name", "IDN", "PP", 21, "photo", longest=1400),
    Picture("IND-PP-upside-down", "IND", "PP", 20, turned=180),
    Picture("NGA-PP-worn", "NGA", "PP", 18, "worn"),
    Picture("THA-PP-sideways", "THA", "PP", 26, "photo", 90, longest=1400),
    Picture("VNM-ID-photo", "VNM", "ID", 9, "photo", longest=1200),
)
NEGATIVES = (("no-document-receipt", "receipt", 1), ("no-document-cover", "cover", 1))


def jpeg(image: Image.Image, largest: int = LARGEST) -> bytes:
    """The best JPEG of at most ``largest`` bytes."""
    for quality in range(90, 20, -4):
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        if buffer.tell() <= largest:
            break
    return buffer.getvalue()


def make(folder: Path = FOLDER) -> None:
    """Draws every picture anew, and ``truth.json``: file name to what a reader ought to answer."""
    truths: dict[str, object] = {}
    for picture in PICTURES:
        specimen = draw(picture.country, picture.type, picture.seed, picture.wear)
        image = specimen.image.copy()
        image.thumbnail((picture.longest, picture.longest), Image.Resampling.LANCZOS)
        image = image.rotate(-picture.turned, expand=True)
        (folder / f"{picture.name}.jpg").write_bytes(jpeg(image))
        truths[f"{picture.name}.jpg"] = {key: value for key, value in specimen.truth.items() if key != "mrz_box"}
    for name, kind, seed in NEGATIVES:
        specimen = negative(kind, seed)
        specimen.image.thumbnail((1100, 1100), Image.Resampling.LANCZOS)
        (folder / f"{name}.jpg").write_bytes(jpeg(specimen.image))
        truths[f"{name}.jpg"] = specimen.truth
    (folder / "truth.json").write_text(json.dumps(truths, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
