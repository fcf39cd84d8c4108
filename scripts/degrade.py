"""Spoil pictures of documents the way callers do: turned, skewed, blurred, glaring, small, squeezed, photographed.

    python scripts/degrade.py IN_DIR OUT_DIR [--kinds rot90 blur ...] [--seed 1]

writes ``OUT_DIR/<kind>/<picture>.jpg`` and a ``truth.json`` beside them, so that each kind is a folder that
``scripts/accuracy.py`` takes. ``IN_DIR/truth.json`` maps file names either to the printed lines of the machine readable
zone or to fields. The same picture, kind and seed give the same result.
"""

from __future__ import annotations

import argparse
import io
import json
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
Rng = np.random.Generator
Degradation = Callable[[Image.Image, Rng, Box], Image.Image]

LONGEST = 1000
"""Pixels of the longer side that every kind starts from, unless it says otherwise."""
PAGE = 0.704
"""Height of a page by its width: 88 by 125 mm (Doc 9303-4); on a spread the data page is the lower one."""
SURROUND = (128, 124, 118)


def zone_box(size: tuple[int, int]) -> Box:
    """Where the machine readable zone should be: the lowest 23.2 mm of a page (Doc 9303-4 section 3.1)."""
    width, height = size
    page = min(height, round(width * PAGE))
    return round(0.04 * width), height - round(0.25 * page), round(0.96 * width), height - round(0.05 * page)


def _squeeze(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def _turn(degrees: int) -> Degradation:
    """Clockwise, by whole quarters."""
    return lambda image, _rng, _box: image.rotate(-degrees, expand=True)


def _skew(degrees: float) -> Degradation:
    def skew(image: Image.Image, rng: Rng, _box: Box) -> Image.Image:
        angle = degrees if rng.random() < 0.5 else -degrees
        return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=SURROUND)

    return skew


def _perspective(image: Image.Image, rng: Rng, _box: Box) -> Image.Image:
    """Each corner moves inwards by up to a tenth of the side, one of them by all of it."""
    width, height = image.size
    flat = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inwards = np.asarray([[1, 1], [-1, 1], [-1, -1], [1, -1]], np.float32)
    shift = rng.uniform(0, 0.10, (4, 2))
    shift[int(rng.integers(4))] = 0.10
    moved = (flat + inwards * shift * (width, height)).astype(np.float32)
    turn = cv2.getPerspectiveTransform(flat, moved)
    array = cv2.warpPerspective(
        np.asarray(image),
        turn,
        image.size,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=SURROUND,
    )
    return Image.fromarray(array)


def _blur(image: Image.Image, _rng: Rng, _box: Box) -> Image.Image:
    """A Gaussian of 2 pixels."""
    return Image.fromarray(cv2.GaussianBlur(np.asarray(image), (0, 0), 2))


def _glare(image: Image.Image, rng: Rng, box: Box) -> Image.Image:
    """A lamp's reflection, an ellipse somewhere on the zone: all but white in its middle, gone at its rim."""
    left, top, right, bottom = box
    cx = left + (right - left) * float(rng.uniform(0.2, 0.8))
    cy = top + (bottom - top) * float(rng.uniform(0.35, 0.65))
    rx, ry = 0.13 * (right - left), 0.75 * (bottom - top)
    y, x = np.mgrid[0 : image.height, 0 : image.width].astype(np.float32)
    mask = 0.94 * np.exp(-((((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2) ** 1.5))
    array = np.asarray(image, np.float32)
    return Image.fromarray((array + mask[..., None] * (255 - array)).astype(np.uint8))


def _width600(image: Image.Image, _rng: Rng, _box: Box) -> Image.Image:
    """600 pixels on the longer side."""
    return ImageOps.contain(image, (600, 600), Image.Resampling.BICUBIC)


def _q30(image: Image.Image, _rng: Rng, _box: Box) -> Image.Image:
    return _squeeze(image, 30)


def _photo(image: Image.Image, rng: Rng, box: Box) -> Image.Image:
    """A telephone's picture: perspective, a shade across the page, noise, JPEG at 50."""
    array = np.asarray(_perspective(image, rng, box), np.float32)
    y, x = np.mgrid[0 : image.height, 0 : image.width].astype(np.float32)
    angle = float(rng.uniform(0, 2 * np.pi))
    slope = (x / image.width - 0.5) * np.cos(angle) + (y / image.height - 0.5) * np.sin(angle)
    array *= (0.82 + 0.42 * slope)[..., None]
    array += 7 * rng.standard_normal(array.shape).astype(np.float32)
    return _squeeze(Image.fromarray(array.clip(0, 255).astype(np.uint8)), 50)


_DEGRADATIONS: dict[str, Degradation] = {
    "rot90": _turn(90),
    "rot180": _turn(180),
    "rot270": _turn(270),
    "skew7": _skew(7),
    "skew15": _skew(15),
    "perspective": _perspective,
    "blur": _blur,
    "glare": _glare,
    "width600": _width600,
    "q30": _q30,
    "photo": _photo,
}
KINDS: tuple[str, ...] = tuple(_DEGRADATIONS)


def degrade(image: Image.Image, kind: str, seed: int, zone: Box | None = None) -> Image.Image:
    """The picture spoilt, as RGB. ``zone`` is where the machine readable zone is, where that is known.

    Raises KeyError for an unknown kind.
    """
    base = ImageOps.contain(image.convert("RGB"), (LONGEST, LONGEST), Image.Resampling.BICUBIC)
    scale = base.width / image.width
    box = zone_box(base.size) if zone is None else tuple(round(edge * scale) for edge in zone)
    rng = np.random.default_rng(zlib.crc32(f"{kind}|{seed}".encode()))
    return _DEGRADATIONS[kind](base, rng, (box[0], box[1], box[2], box[3]))


def picture_seed(name: str, seed: int) -> int:
    """A seed for one picture of a folder: its name counts, its place in the folder does not."""
    return zlib.crc32(name.encode()) ^ seed


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Spoil pictures of documents the way callers do.")
    parser.add_argument("source", type=Path, metavar="IN_DIR")
    parser.add_argument("target", type=Path, metavar="OUT_DIR")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    truths = json.loads((options.source / "truth.json").read_text("utf-8"))
    for kind in options.kinds:
        folder = options.target / kind
        folder.mkdir(parents=True, exist_ok=True)
        copied = {}
        for name, truth in truths.items():
            zone = truth.get("mrz_box") if isinstance(truth, dict) else None
            with Image.open(options.source / name) as image:
                spoilt = degrade(image, kind, picture_seed(name, options.seed), zone)
            stem = Path(name).stem
            spoilt.save(folder / f"{stem}.jpg", "JPEG", quality=95, subsampling=0)
            copied[f"{stem}.jpg"] = (
                {key: value for key, value in truth.items() if key != "mrz_box"} if isinstance(truth, dict) else truth
            )
        (folder / "truth.json").write_text(json.dumps(copied, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{folder}: {len(copied)} pictures")


if __name__ == "__main__":
    main()
