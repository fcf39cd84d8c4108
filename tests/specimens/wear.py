"""What happens to a document and its picture: use, and a photograph on a table."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from tests.specimens.table import table

Box = tuple[int, int, int, int]
Wear = Callable[[Image.Image, Box, np.random.Generator], tuple[Image.Image, Box]]


def _array(image: Image.Image) -> np.ndarray:
    return np.asarray(image, np.float32)


def _image(array: np.ndarray) -> Image.Image:
    return Image.fromarray(array.clip(0, 255).astype(np.uint8))


def rough(rng: np.random.Generator, shape: tuple[int, ...], cells: int) -> np.ndarray:
    """Smooth noise of unit spread with about ``cells`` bumps along the long side."""
    height, width = shape[:2]
    grid = rng.standard_normal((max(2, cells * height // width), cells)).astype(np.float32)
    return cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)


def clean(image: Image.Image, box: Box, rng: np.random.Generator) -> tuple[Image.Image, Box]:
    """A good scan: the faintest grain and blur."""
    array = cv2.GaussianBlur(_array(image), (0, 0), 0.5)
    grain = rng.standard_normal(array.shape[:2]).astype(np.float32)
    return _image(array + 1.6 * grain[..., None]), box


def worn(image: Image.Image, box: Box, rng: np.random.Generator) -> tuple[Image.Image, Box]:
    """Years in a pocket: faded ink, a yellow cast, stains, scratches, a crease, a soft scan."""
    array = _array(image)
    height, width = array.shape[:2]
    fade = (0.14 + 0.07 * rough(rng, array.shape, 6))[..., None].clip(0.02, 0.34)
    array += fade * (np.asarray((222, 214, 198), np.float32) - array)
    for _ in range(int(rng.integers(2, 5))):
        _stain(array, rng)
    layer = np.zeros((height, width), np.uint8)
    for _ in range(int(rng.integers(14, 26))):
        start = rng.uniform(0, 1, 2) * (width, height)
        end = start + rng.normal(0, 1, 2) * (width / 7, height / 9)
        points = [tuple(int(part * 16) for part in point) for point in (start, end)]
        cv2.line(layer, points[0], points[1], int(rng.integers(50, 150)), 1, cv2.LINE_AA, 4)
    array += (cv2.GaussianBlur(layer, (0, 0), 0.8).astype(np.float32) * 0.55)[..., None]
    x = np.arange(width, dtype=np.float32)
    crease = float(rng.uniform(0.15, 0.85)) * width + 8 * np.sin(np.arange(height, dtype=np.float32) / 90)
    distance = x[None, :] - crease[:, None]
    array *= (1 - 0.10 * np.exp(-((distance + 2) ** 2) / 9) + 0.07 * np.exp(-((distance - 2) ** 2) / 9))[..., None]
    array = cv2.GaussianBlur(array, (0, 0), float(rng.uniform(0.8, 1.2)))
    return _image(array + 3.2 * rng.standard_normal((height, width, 1)).astype(np.float32)), box


def _stain(array: np.ndarray, rng: np.random.Generator) -> None:
    """A dried drop: a pale brown disc with a darker rim."""
    height, width = array.shape[:2]
    radius = int(rng.integers(30, 110))
    cx, cy = int(rng.integers(radius, width - radius)), int(rng.integers(radius, height - radius))
    y, x = np.mgrid[-radius:radius, -radius:radius].astype(np.float32)
    r = np.hypot(x, y) / radius + 0.05 * rough(rng, (2 * radius, 2 * radius), 9)
    mask = 0.05 * np.clip((0.82 - r) * 12, 0, 1) + 0.13 * np.exp(-(((r - 0.80) / 0.045) ** 2))
    part = array[cy - radius : cy + radius, cx - radius : cx + radius]
    part += mask[..., None] * (np.asarray((120, 92, 52), np.float32) - part)


def photo(image: Image.Image, box: Box, rng: np.random.Generator) -> tuple[Image.Image, Box]:
    """Photographed on a table: perspective, shadow, uneven light, lens blur, sensor noise."""
    width, height = image.size
    out_w, out_h = round(width * 1.22), round(height * 1.26)
    corners = _corners(width, height, out_w, out_h, rng)
    flat = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(flat, corners)
    mask = _rounded(width, height)
    card = cv2.warpPerspective(_array(image), turn, (out_w, out_h), flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(mask, turn, (out_w, out_h), flags=cv2.INTER_LINEAR)
    scene = table(out_w, out_h, rng)
    shadow = cv2.GaussianBlur(np.roll(mask, (12, 9), axis=(0, 1)), (0, 0), 13)
    scene *= (1 - 0.55 * shadow)[..., None]
    scene += mask[..., None] * (card - scene)
    scene = _light(scene, rng)
    scene = cv2.GaussianBlur(scene, (0, 0), float(rng.uniform(0.7, 1.05)))
    scene += (4.0 * rng.standard_normal(scene.shape[:2]).astype(np.float32))[..., None]
    left, top, right, bottom = box
    points = np.asarray([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float32)
    moved = cv2.perspectiveTransform(points, turn)[0]
    low, high = moved.min(axis=0), moved.max(axis=0)
    return _image(scene), (round(float(low[0])), round(float(low[1])), round(float(high[0])), round(float(high[1])))


def _corners(width: int, height: int, out_w: int, out_h: int, rng: np.random.Generator) -> np.ndarray:
    """Where the page's corners land: nearly centred, turned a few degrees, each corner off by up to 3 %."""
    angle = np.radians(float(rng.uniform(-5, 5)))
    half = np.asarray([[-width, -height], [width, -height], [width, height], [-width, height]], np.float32) / 2
    half *= 0.98 + 0.03 * rng.standard_normal((4, 1)).clip(-1, 1)
    spin = np.asarray([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    return (half @ spin.T + (out_w / 2, out_h / 2) + rng.uniform(-14, 14, 2)).astype(np.float32)


def _rounded(width: int, height: int, radius: int = 34) -> np.ndarray:
    mask = np.zeros((height, width), np.float32)
    cv2.rectangle(mask, (radius, 2), (width - radius, height - 3), 1.0, -1)
    cv2.rectangle(mask, (2, radius), (width - 3, height - radius), 1.0, -1)
    for x in (radius + 2, width - radius - 3):
        for y in (radius + 2, height - radius - 3):
            cv2.circle(mask, (x, y), radius, 1.0, -1, cv2.LINE_AA)
    return mask


def _light(scene: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A lamp from one side, a soft reflection on the laminate, a warm or cold white."""
    height, width = scene.shape[:2]
    u = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None, :]
    v = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    angle = float(rng.uniform(0, 2 * np.pi))
    lamp = 0.93 + 0.22 * (u * math.cos(angle) + v * math.sin(angle)) - 0.20 * (u * u + v * v)
    cast = np.asarray((1.0 + float(rng.uniform(-0.02, 0.05)), 1.0, 1.0 - float(rng.uniform(-0.03, 0.07))), np.float32)
    scene *= lamp[..., None]
    scene *= cast
    gx, gy = float(rng.uniform(-0.3, 0.3)), float(rng.uniform(-0.35, 0.0))
    gloss = np.exp(-(((u - gx) / 0.20) ** 2)) * np.exp(-(((v - gy) / 0.12) ** 2)) * float(rng.uniform(18, 52))
    scene += gloss[..., None]
    return scene


WEARS: dict[str, Wear] = {"clean": clean, "worn": worn, "photo": photo}
