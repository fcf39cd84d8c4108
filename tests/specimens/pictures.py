"""Everything on a document that is neither text nor paper: photo, ghost, signature, chip, fingerprint, codes, hologram."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from tests.specimens.layout import Box, Colour, Point


def paste_portrait(image: Image.Image, face: Image.Image, box: Box, grey: bool) -> None:
    """The photo, its edge feathered into the paper as integrated printing does."""
    left, top, width, height = box
    picture = face.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    if grey:
        picture = ImageOps.autocontrast(picture.convert("L"), cutoff=1).convert("RGB")
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle((5, 5, width - 6, height - 6), 10, fill=246)
    image.paste(picture, (left, top), mask.filter(ImageFilter.GaussianBlur(3)))


def ghost(image: Image.Image, face: Image.Image, box: Box) -> None:
    """The small second portrait: grey, half transparent, without its backdrop."""
    left, top, width, height = box
    small = face.resize((width, height), Image.Resampling.LANCZOS)
    picture = np.asarray(small.convert("RGB").convert("L"), np.float32)
    matte = np.asarray(small.getchannel("A"), np.float32) / 255
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    darkness = np.clip((232 - picture) / 215, 0, 1) * matte * np.clip((1.02 - y) * 7, 0, 1) * 0.62
    paper = np.asarray(image.crop((left, top, left + width, top + height)), np.float32)
    paper += darkness[..., None] * (np.asarray((52, 58, 92), np.float32) - paper)
    image.paste(Image.fromarray(paper.clip(0, 255).astype(np.uint8)), (left, top))


def signature(image: Image.Image, box: Box, rng: np.random.Generator) -> None:
    """Cursive loops that start large and run out flat, and sometimes a line below; thicker on the way down."""
    left, top, width, height = box
    loops = int(rng.integers(5, 9))
    t = np.linspace(0, 1, 60 * loops)
    size = np.interp(t, np.linspace(0, 1, loops + 1), rng.uniform(0.25, 1.0, loops + 1)) * (1 - 0.6 * t)
    size[:60] *= float(rng.uniform(1.0, 1.5))
    turn = 2 * np.pi * loops * t + float(rng.uniform(0, 6))
    y = 0.58 - 0.40 * size * np.sin(turn) - 0.12 * t
    x = 0.10 + 0.76 * t + 0.045 * size * np.cos(turn) + 0.16 * (0.5 - y) + 0.03 * np.sin(turn * 0.37)
    strokes = [np.stack([left + width * x, top + height * y.clip(0.02, 0.98)], axis=1)]
    if rng.random() < 0.5:
        u = np.linspace(0, 1, 40)
        strokes.append(np.stack([left + width * (0.9 - 0.75 * u), top + height * (0.78 + 0.1 * np.sin(3 * u))], axis=1))
    array = np.asarray(image).copy()
    for stroke in strokes:
        points = np.round(stroke * 16).astype(int)
        for start, end in pairwise(points):
            thick = 3 if end[1] > start[1] else 2
            cv2.line(
                array, (int(start[0]), int(start[1])), (int(end[0]), int(end[1])), (34, 36, 62), thick, cv2.LINE_AA, 4
            )
    image.paste(Image.fromarray(array))


def chip(image: Image.Image, at: Point) -> None:
    """A contact chip of ISO/IEC 7816-2 size, 12 x 11 mm, its gold brushed."""
    width, height = 140, 126
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    gold = (
        np.asarray((214, 178, 92), np.float32)
        * (0.88 + 0.16 * np.sin((x + y) / 38) + 0.03 * np.sin(y * 2.1))[..., None]
    )
    plate = Image.fromarray(gold.clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(plate)
    dark = (112, 84, 34)
    for third in (height // 3, 2 * height // 3):
        draw.line((0, third, 46, third), dark, 2)
        draw.line((width - 46, third, width, third), dark, 2)
    draw.rounded_rectangle((46, 26, width - 46, height - 26), 12, outline=dark, width=2)
    draw.line((width // 2, 0, width // 2, 26), dark, 2)
    draw.line((width // 2, height - 26, width // 2, height), dark, 2)
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle((1, 1, width - 2, height - 2), 20, fill=255)
    ImageDraw.Draw(image).rounded_rectangle(
        (at[0] - 2, at[1] - 1, at[0] + width + 1, at[1] + height + 2), 21, fill=(96, 88, 74)
    )
    image.paste(plate, at, mask.filter(ImageFilter.GaussianBlur(0.8)))


def chip_symbol(image: Image.Image, at: Point, colour: Colour) -> None:
    """The sign of electronic passports, Doc 9303-9 section 2.3: a bar, a circle, a bar."""
    draw = ImageDraw.Draw(image)
    x, y = at
    draw.rectangle((x, y, x + 74, y + 15), fill=colour)
    draw.rectangle((x, y + 27, x + 74, y + 42), fill=colour)
    draw.rectangle((x, y + 18, x + 22, y + 24), fill=colour)
    draw.rectangle((x + 52, y + 18, x + 74, y + 24), fill=colour)
    draw.ellipse((x + 22, y + 6, x + 52, y + 36), fill=(238, 238, 240), outline=colour, width=5)


def fingerprint(image: Image.Image, box: Box, rng: np.random.Generator) -> None:
    """Ridges of a whorl, worn at the rim."""
    left, top, width, height = box
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u, v = (x / width - 0.5) * 2, (y / height - 0.48) * 2
    wobble = cv2.resize(rng.standard_normal((6, 6)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    r = np.hypot(u, v * (0.75 + 0.25 * (v < 0))) + 0.045 * wobble
    ridges = np.clip(0.5 + 1.6 * np.sin(r * 66 + 1.2 * np.arctan2(v, u)), 0, 1)
    grain = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), 1.3)
    inside = np.clip((0.96 - np.hypot(u, v * 0.92)) * 7, 0, 1) * np.clip(0.9 + 1.1 * grain, 0.1, 1)
    paper = np.asarray(image.crop((left, top, left + width, top + height)), np.float32)
    paper += (ridges * inside * 0.8)[..., None] * (np.asarray((60, 56, 66), np.float32) - paper)
    image.paste(Image.fromarray(paper.clip(0, 255).astype(np.uint8)), (left, top))


def qr(image: Image.Image, box: Box, rng: np.random.Generator) -> None:
    """Looks like a QR code and says nothing."""
    modules = np.where(rng.random((33, 33)) < 0.5, 30, 245).astype(np.uint8)
    for row, column in ((0, 0), (0, 26), (26, 0)):
        modules[row : row + 7, column : column + 7] = 30
        modules[row + 1 : row + 6, column + 1 : column + 6] = 245
        modules[row + 2 : row + 5, column + 2 : column + 5] = 30
    modules[7, :8] = modules[:8, 7] = modules[7, 25:] = modules[:8, 25] = modules[25, :8] = modules[25:, 7] = 245
    framed = np.pad(modules, 2, constant_values=245)
    image.paste(Image.fromarray(framed).resize(box[2:], Image.Resampling.NEAREST).convert("RGB"), box[:2])


def barcode(image: Image.Image, box: Box, rng: np.random.Generator) -> None:
    left, top, width, height = box
    draw = ImageDraw.Draw(image)
    x = 0
    while x < width:
        bar = int(rng.integers(2, 7))
        draw.rectangle((left + x, top, left + min(x + bar, width), top + height), fill=(30, 30, 34))
        x += bar + int(rng.integers(3, 8))


def hologram(image: Image.Image, at: Point, rng: np.random.Generator) -> None:
    """A diffractive patch: rainbow bands in a rosette, strongest where the light falls."""
    radius = 92
    left, top = at[0] - radius, at[1] - radius
    y, x = np.mgrid[-radius:radius, -radius:radius].astype(np.float32)
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    hue = np.mod(angle / np.pi * 90 + r * 0.7 + float(rng.uniform(0, 180)), 180).astype(np.uint8)
    rainbow = cv2.cvtColor(
        np.stack([hue, np.full_like(hue, 105), np.full_like(hue, 250)], axis=-1), cv2.COLOR_HSV2RGB
    ).astype(np.float32)
    petals = 0.55 + 0.45 * np.cos(8 * angle + r / 9)
    rings = 0.6 + 0.4 * np.cos(r / 3.4)
    glint = np.exp(-(((x * 0.8 + y * 0.6 + float(rng.uniform(-30, 30))) / 34) ** 2))
    mask = np.clip((radius - 4 - r) / 6, 0, 1) * petals * rings * (0.20 + 0.42 * glint)
    paper = np.asarray(image.crop((left, top, left + 2 * radius, top + 2 * radius)), np.float32)
    paper += mask[..., None] * (rainbow - paper)
    image.paste(Image.fromarray(paper.clip(0, 255).astype(np.uint8)), (left, top))
