"""Security paper: tinted gradients, guilloche line work, engraved emblems, a watermark."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.specimens.emblems import emblem
from tests.specimens.layout import FORMATS, Layout, Lines
from tests.specimens.layout import layout as load
from tests.specimens.typography import write

Field = np.ndarray


def waves(x: Field, y: Field, work: Lines) -> Field:
    s = work.seed
    return y + 26 * np.sin(x / 150 + s) + 11 * np.sin(x / 61 + 2 * s) + 7 * np.sin((x + y) / 97)


def slant(x: Field, y: Field, work: Lines) -> Field:
    s = work.seed
    return 0.62 * x + 0.78 * y + 34 * np.sin((0.8 * x - 0.6 * y) / 170 + s) + 9 * np.sin((x - y) / 43)


def contour(x: Field, y: Field, work: Lines) -> Field:
    hills = np.random.default_rng(work.seed).standard_normal((9, 13)).astype(np.float32)
    height, width = np.broadcast_shapes(x.shape, y.shape)
    return 95 * cv2.resize(hills, (width, height), interpolation=cv2.INTER_CUBIC)


def rosette(x: Field, y: Field, work: Lines) -> Field:
    dx, dy = x - work.at[0], y - work.at[1]
    r = np.sqrt(dx * dx + dy * dy)
    return r + 0.16 * r * np.cos((6 + work.seed) * np.arctan2(dy, dx) + r / 90)


def rays(x: Field, y: Field, work: Lines) -> Field:
    dx, dy = x - work.at[0], y - work.at[1]
    angle = np.arctan2(dy, dx)
    return angle * work.pitch * 36 + 18 * np.sin(np.sqrt(dx * dx + dy * dy) / 40 + 3 * angle)


def weave(x: Field, y: Field, work: Lines) -> Field:
    return 60 * np.sin(x / (34 + work.seed)) * np.cos(y / (31 + work.seed)) + 0.35 * (x + y)


KINDS: dict[str, Callable[[Field, Field, Lines], Field]] = {
    "waves": waves, "slant": slant, "contour": contour, "rosette": rosette, "rays": rays, "weave": weave,
}  # fmt: skip


def _stroke(phase: Field, pitch: float) -> Field:
    """1 on a line, 0 between: lines 1 to 2 px wide, ``pitch`` apart where the phase grows by 1 a pixel."""
    distance = np.abs(np.mod(phase / pitch, 1) - 0.5) * pitch
    return np.clip(1.5 - distance, 0, 1)


def _tint(layout: Layout, x: Field, y: Field) -> Field:
    first, second, third = (np.asarray(colour, np.float32) for colour in layout.ground.tints)
    height, width = y.shape[0], x.shape[1]
    t = np.clip(0.62 * x / width + 0.38 * y / height + 0.06 * np.sin(x / 210) * np.cos(y / 190), 0, 1)[..., None]
    low = first + (second - first) * np.clip(2 * t, 0, 1)
    return low + (third - second) * np.clip(2 * t - 1, 0, 1)


def _watermark(canvas: Field, layout: Layout) -> None:
    """Rows of microprint across the page, as light as print that does not copy."""
    text = layout.ground.watermark
    height, width = canvas.shape[:2]
    layer = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(layer)
    for row, y in enumerate(range(40, FORMATS[layout.format].zone_top, 84)):
        for x in range(-160 + 90 * (row % 2), width, 420):
            write(draw, (x, y), text, "narrow-bold", 17, fill=60, spacing=2)
    mask = np.asarray(layer, np.float32)[..., None] / 255
    canvas += mask * (np.asarray(layout.ground.watermark_colour, np.float32) - canvas)


@lru_cache(maxsize=32)
def _ground(country: str, kind: str) -> Field:

    layout = load(country, kind)
    width, height = FORMATS[layout.format].size
    x, y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
    canvas = _tint(layout, x, y)
    for work in layout.ground.lines:
        line = _stroke(KINDS[work.kind](x, y, work), work.pitch)[..., None] * work.strength
        canvas += line * (np.asarray(work.colour, np.float32) - canvas)
    for mark in layout.ground.emblems:
        emblem(canvas, mark)
    if layout.ground.watermark:
        _watermark(canvas, layout)
    _zone_strip(canvas, layout)
    return canvas.clip(0, 255).astype(np.uint8)


def _zone_strip(canvas: Field, layout: Layout) -> None:
    """The strip behind the zone is pale: Doc 9303-3 wants contrast there in the near infrared."""
    top = FORMATS[layout.format].zone_top
    fade = np.clip((np.arange(canvas.shape[0]) - top) / 14 + 0.5, 0, 1)[:, None, None] * 0.72
    canvas += fade * (np.asarray(layout.ground.zone, np.float32) - canvas)


def ground(layout: Layout) -> Image.Image:
    """The empty form of a document, without any text but the watermark."""
    return Image.fromarray(_ground(layout.country, layout.type))
