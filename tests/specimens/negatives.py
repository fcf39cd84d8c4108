"""Pictures that hold no document to read: each has to be refused."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.specimens.dice import digits, pick, seeded
from tests.specimens.looks import looks
from tests.specimens.pictures import chip, chip_symbol, paste_portrait
from tests.specimens.portrait import portrait
from tests.specimens.specimen import Specimen, draw
from tests.specimens.table import table
from tests.specimens.typography import write
from tests.specimens.wear import photo

Rng = np.random.Generator
INK = (40, 40, 46)


def _grained(image: Image.Image, rng: Rng) -> Image.Image:
    array = np.asarray(image, np.float32)
    array = cv2.GaussianBlur(array, (0, 0), 0.7) + 2.5 * rng.standard_normal((*array.shape[:2], 1)).astype(np.float32)
    return Image.fromarray(array.clip(0, 255).astype(np.uint8))


def blank(rng: Rng) -> Image.Image:
    """An empty sheet, unevenly lit."""
    y, x = np.mgrid[0:1000, 0:1400].astype(np.float32)
    level = 236 - 26 * np.hypot(x / 1400 - 0.4, y / 1000 - 0.5)
    return _grained(Image.fromarray(np.repeat(level[..., None], 3, axis=2).astype(np.uint8)), rng)


def receipt(rng: Rng) -> Image.Image:
    """A till receipt on a table: columns of words, figures and rows of dashes."""
    slip = Image.new("RGB", (560, 1100), (246, 245, 240))
    pen = ImageDraw.Draw(slip)
    write(pen, (280, 70), "CAFE ZENTRAL", "mono-bold", 36, fill=INK, anchor="m")
    write(pen, (280, 110), "Invoice 2024-0317", "mono", 24, fill=INK, anchor="m")
    goods = [
        "Espresso",
        "Croissant",
        "Mineral water",
        "Soup of the day",
        "Sandwich",
        "Green tea",
        "Cheese cake",
        "Orange juice",
    ]
    y, total = 180, 0
    for _ in range(13):
        cents = int(rng.integers(120, 1890))
        total += cents
        write(pen, (40, y), pick(rng, goods), "mono", 26, fill=INK)
        write(pen, (520, y), f"{cents / 100:.2f}", "mono", 26, fill=INK, anchor="r")
        y += 46
    write(pen, (40, y), "-" * 30, "mono", 26, fill=INK)
    write(pen, (40, y + 52), "TOTAL EUR", "mono-bold", 32, fill=INK)
    write(pen, (520, y + 52), f"{total / 100:.2f}", "mono-bold", 32, fill=INK, anchor="r")
    write(pen, (280, y + 130), f"CARD **** **** **** {digits(rng, '####')}", "mono", 24, fill=INK, anchor="m")
    write(pen, (280, y + 190), "THANK YOU <3 COME AGAIN", "mono", 24, fill=INK, anchor="m")
    return photo(slip, (0, 0, 1, 1), rng)[0]


def bankcard(rng: Rng) -> Image.Image:
    """A payment card: embossed number, chip, a holder's name in capitals."""
    y, x = np.mgrid[0:638, 0:1011].astype(np.float32)
    t = (x / 1011 + y / 638)[..., None] / 2
    low, high = np.asarray((24, 44, 96), np.float32), np.asarray((70, 130, 190), np.float32)
    card = Image.fromarray(
        (low + (high - low) * (t + 0.06 * np.sin(x / 70 + y / 50)[..., None])).clip(0, 255).astype(np.uint8)
    )
    pen = ImageDraw.Draw(card)
    light = (232, 236, 242)
    write(pen, (64, 96), "EXAMPLE BANK", "sans-bold", 44, fill=light)
    write(pen, (70, 400), f"0000 {digits(rng, '#### #### ####')}", "mrz", 54, fill=light, spacing=3)
    write(pen, (70, 470), "VALID THRU 09/29", "mono", 28, fill=light)
    write(pen, (70, 548), "ALEX EXAMPLE", "mrz", 40, fill=light)
    chip(card, (80, 190))
    pen.polygon([(800, 580), (870, 470), (940, 580)], fill=(226, 170, 70))
    pen.polygon([(850, 580), (900, 500), (950, 580)], fill=(236, 210, 140))
    return photo(card, (0, 0, 1, 1), rng)[0]


def cat(rng: Rng) -> Image.Image:
    """A sleepy tabby, painted."""
    y, x = np.mgrid[0:960, 0:1200].astype(np.float32)
    canvas = table(1200, 960, rng) * 0.5 + np.asarray((120, 128, 110), np.float32) * 0.5
    fur = np.asarray(pick(rng, [(168, 124, 82), (120, 116, 112), (206, 170, 120)]), np.float32)
    stripes = 1 + 0.22 * np.sin((x - 600) / 20 + 2.2 * np.sin(y / 60)) * np.clip(np.abs(x - 600) / 260, 0, 1)
    coat = (
        fur
        * (stripes + 0.08 * cv2.GaussianBlur(rng.standard_normal(x.shape).astype(np.float32), (0, 0), 1.2) * 3)[
            ..., None
        ]
    )

    def oval(cx: float, cy: float, rx: float, ry: float, edge: float = 0.04) -> np.ndarray:
        return np.clip((1 - np.hypot((x - cx) / rx, (y - cy) / ry)) / edge, 0, 1)

    def ear(side: int) -> np.ndarray:
        u, v = (x - 600) * side - 180, 400 - y
        return np.clip(np.minimum(150 - np.abs(u) - 0.62 * v, v) / 6, 0, 1) * (v < 250)

    for mask in (oval(600, 900, 380, 330), ear(-1), ear(1), oval(600, 500, 300, 260)):
        canvas += mask[..., None] * (coat - canvas)
    for side in (-1, 1):
        eye = oval(600 + side * 115, 470, 56, 48)
        for mask, colour in (
            (eye, (188, 190, 90)),
            (eye * oval(600 + side * 115, 470, 15, 46), (18, 18, 18)),
            (oval(600 + side * 103, 455, 9, 9), (250, 250, 250)),
        ):
            canvas += mask[..., None] * (np.asarray(colour, np.float32) - canvas)
        canvas += (oval(600 + side * 55, 600, 74, 54, 0.3) * 0.6)[..., None] * (
            np.asarray((232, 222, 208), np.float32) - canvas
        )
    canvas += oval(600, 560, 30, 20, 0.2)[..., None] * (np.asarray((186, 110, 106), np.float32) - canvas)
    return _grained(Image.fromarray(canvas.clip(0, 255).astype(np.uint8)), rng)


def landscape(rng: Rng) -> Image.Image:
    """Hills one behind another under an evening sky."""
    height, width = 900, 1350
    y = np.mgrid[0:height, 0:width][0].astype(np.float32)
    t = (y / height)[..., None]
    canvas = np.asarray((96, 140, 196), np.float32) * (1 - t) + np.asarray((246, 208, 160), np.float32) * t
    for layer in range(5):
        knots = rng.standard_normal(8 + 3 * layer).astype(np.float32)[None, :]
        ridge = cv2.resize(knots, (width, 1), interpolation=cv2.INTER_CUBIC)[0] * (64 - 6 * layer) + 360 + 120 * layer
        mask = np.clip(y - ridge[None, :], 0, 1)
        tone = np.asarray((130 - 22 * layer, 150 - 18 * layer, 150 - 26 * layer), np.float32)
        canvas += mask[..., None] * (tone - canvas)
    return _grained(Image.fromarray(canvas.clip(0, 255).astype(np.uint8)), rng)


def cover(rng: Rng) -> Image.Image:
    """The outside of a passport: leather grain, gilt words, the chip's sign."""
    grain = cv2.GaussianBlur(rng.standard_normal((1476, 1039)).astype(np.float32), (0, 0), 1.6)
    base = np.asarray(pick(rng, [(84, 22, 32), (24, 36, 70), (22, 62, 48)]), np.float32)
    book = Image.fromarray((base * (1 + 0.5 * grain)[..., None] + 4).clip(0, 255).astype(np.uint8))
    pen, gilt = ImageDraw.Draw(book), (206, 172, 96)
    write(pen, (520, 260), "REPUBLIC OF UTOPIA", "serif-bold", 62, fill=gilt, anchor="m", spacing=6)
    for radius in (190, 178, 96):
        pen.ellipse((520 - radius, 700 - radius, 520 + radius, 700 + radius), outline=gilt, width=5)
    for turn in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        pen.line([(520 + r * np.cos(turn), 700 + r * np.sin(turn)) for r in (104, 170)], gilt, 5)
    write(pen, (520, 1130), "PASSPORT", "serif-bold", 84, fill=gilt, anchor="m", spacing=12)
    chip_symbol(book, (483, 1240), gilt)
    return photo(book.filter(ImageFilter.GaussianBlur(0.6)), (0, 0, 1, 1), rng)[0]


def front(rng: Rng) -> Image.Image:
    """The front of a card whose zone is on the back."""
    page = draw("UTO", "ID", int(rng.integers(1000))).image.crop((0, 0, 1011, 420)).resize((1011, 638))
    card = Image.blend(page.filter(ImageFilter.GaussianBlur(9)), Image.new("RGB", page.size, (222, 232, 238)), 0.35)
    pen, blue = ImageDraw.Draw(card), (24, 76, 110)
    write(pen, (60, 80), "UTOPIA", "sans-bold", 44, fill=blue, spacing=6)
    write(pen, (330, 80), "IDENTITY CARD", "sans", 32, fill=blue)
    face = portrait(looks(rng, pick(rng, "FM"), 35, skin=(0, 7), hair=5, backdrop=(214, 220, 228)), rng)
    paste_portrait(card, face, (60, 140, 310, 399), grey=False)
    rows = [
        ("Surname", "SAMPLE"),
        ("Given names", "ROBIN"),
        ("Date of birth", "04 MAY 1988"),
        ("Card No.", digits(rng, "@########")),
    ]
    for row, (label, value) in enumerate(rows):
        write(pen, (420, 180 + 104 * row), label, "sans-italic", 20, fill=blue)
        write(pen, (420, 218 + 104 * row), value, "sans", 32, fill=INK)
    write(pen, (820, 600), "SPECIMEN", "sans-bold", 26, fill=(176, 48, 62))
    return photo(card, (0, 0, 1, 1), rng)[0]


def two(rng: Rng) -> Image.Image:
    """Two passports of two holders in one picture."""
    seed = int(rng.integers(1000))
    pages = [draw(country, "PP", seed).image for country in ("CHL", "IND")]
    size = (pages[0].width + 150, 2 * pages[0].height + 210)
    scene = Image.fromarray(table(*size, rng).clip(0, 255).astype(np.uint8))
    scene.paste(pages[0], (60, 70))
    scene.paste(pages[1], (90, pages[0].height + 140))
    return _grained(scene.resize((size[0] * 2 // 3, size[1] * 2 // 3), Image.Resampling.LANCZOS), rng)


KINDS: dict[str, Callable[[Rng], Image.Image]] = {
    "blank": blank,
    "receipt": receipt,
    "bankcard": bankcard,
    "cat": cat,
    "landscape": landscape,
    "cover": cover,
    "front": front,
    "two": two,
}
NEGATIVES: tuple[str, ...] = tuple(KINDS)
"""What ``negative`` can draw; none may be answered with a document."""


def negative(kind: str, seed: int) -> Specimen:
    """A picture without one readable document; the truth names how many there are: 0, or 2 for ``two``."""
    image = KINDS[kind](seeded(kind, seed))
    return Specimen(f"negative-{kind}-{seed}", image, {"documents": 2 if kind == "two" else 0})
