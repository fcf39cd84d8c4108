"""Puts text on a page: mixed scripts on one baseline, and the zone one character per pitch cell."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFilter

from tests.specimens.fonts import font, runs
from tests.specimens.layout import Colour, Format


def width(text: str, role: str, size: int) -> float:
    """Pixels that ``text`` takes on one line."""
    return sum(font(face, size).getlength(piece) for face, piece in runs(text, role))


def write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    role: str,
    size: int,
    *,
    fill: Colour | int,
    anchor: str = "l",
    spacing: float = 0,
) -> float:
    """Draws one line whose baseline starts (``l``), centres (``m``) or ends (``r``) at ``at``; returns its width.

    ``spacing`` is extra pixels between characters, for the spaced capitals of a header.
    """
    x, y = at
    total = width(text, role, size) + spacing * max(len(text) - 1, 0)
    x -= {"l": 0.0, "m": total / 2, "r": total}[anchor]
    for face, piece in runs(text, role):
        typeface = font(face, size)
        if not spacing:
            draw.text((x, y), piece, fill=fill, font=typeface, anchor="ls")
            x += typeface.getlength(piece)
            continue
        for character in piece:
            draw.text((x, y), character, fill=fill, font=typeface, anchor="ls")
            x += typeface.getlength(character) + spacing
    return total


def fit(text: str, role: str, size: int, room: float) -> int:
    """The largest size not above ``size`` at which ``text`` fits into ``room`` pixels, as a personalising printer does."""
    while size > 10 and width(text, role, size) > room:
        size -= 1
    return size


def zone(draw: ImageDraw.ImageDraw, lines: list[str], shape: Format, ink: Colour) -> tuple[int, int, int, int]:
    """Prints a machine readable zone; returns its box (left, top, right, bottom) in pixels."""
    typeface = font("mrz", shape.type_size)
    for line, baseline in zip(lines, shape.baselines, strict=True):
        for column, character in enumerate(line):
            at = (shape.left + shape.pitch * (column + 0.5), baseline)
            draw.text(at, character, fill=ink, font=typeface, anchor="ms")
    top = shape.baselines[0] - 0.73 * shape.type_size
    right = shape.left + shape.pitch * len(lines[0])
    return (round(shape.left), round(top), round(right), round(shape.baselines[-1]))


def overprint(page: Image.Image, text: str, at: tuple[int, int], size: int, colour: Colour) -> None:
    """Lays a slanted, faint word over the page, as specimens carry it."""
    spacing = size * 0.35
    span = round(width(text, "sans-bold", size) + spacing * len(text)) + 2 * size
    layer = Image.new("L", (span, size * 2), 0)
    write(ImageDraw.Draw(layer), (size, size * 1.4), text, "sans-bold", size, fill=70, spacing=spacing)
    mask = layer.rotate(14, expand=True, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.6))
    page.paste(colour, (at[0] - mask.width // 2, at[1] - mask.height // 2), mask)
