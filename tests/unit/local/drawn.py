"""Pages drawn for the tests: a zone in OCR-B on a light ground, with some print above it."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gateway.local.decode import Pixels

OCR_B = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
"""From Debian's fonts-ocr-b, which ``make`` installs."""
TD3 = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
OTHER = ("P<BRASILVA<<JOAO<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "AB12345671BRA8001014M3001019<<<<<<<<<<<<<<00")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4UTO4009078F96121096ZE184226B<<<<<<")
PITCH = 20


def page(
    lines: tuple[str, ...] = TD3, words: tuple[str, ...] = ("REPUBLIC OF UTOPIA", "Date of issue 16 APR 2007")
) -> Pixels:
    """A data page, 20 pixels a character: TD3 and TD2 with 2.45 pitches from line to line, TD1 with 1.66."""
    spacing = round(PITCH * (1.66 if len(lines) == 3 else 2.45))
    width = max(len(lines[0]), 44) * PITCH + 80
    height = round(width * 0.7)
    image = Image.new("RGB", (width, height), (226, 232, 236))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(OCR_B), size=round(PITCH * 1.42))
    for number, word in enumerate(words):
        draw.text((300, 60 + 70 * number), word, font=ImageFont.truetype(str(OCR_B), size=26), fill=(40, 40, 60))
    for number, line in enumerate(lines):
        top = height - spacing * (len(lines) - number) - 10
        for place, character in enumerate(line):
            draw.text((40 + place * PITCH, top), character, font=font, fill=(30, 30, 30))
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def encoded(pixels: Pixels, form: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1])).save(stream, form)
    return stream.getvalue()


def turned(pixels: Pixels, degrees: float) -> Pixels:
    """Turned anticlockwise with all of it in view, on grey."""
    height, width = pixels.shape[:2]
    cos, sin = abs(np.cos(np.radians(degrees))), abs(np.sin(np.radians(degrees)))
    size = round(width * cos + height * sin), round(width * sin + height * cos)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    matrix[:, 2] += size[0] / 2 - width / 2, size[1] / 2 - height / 2
    return np.asarray(cv2.warpAffine(pixels, matrix, size, borderValue=(120, 120, 120)), np.uint8)


def face() -> Pixels:
    """A shaded face, 320 x 400, that the cascades take for one."""
    grey = np.full((400, 320), 205, np.float32)

    def ellipse(centre: tuple[int, int], radii: tuple[int, int], value: float, blur: float) -> None:
        mask = np.zeros_like(grey)
        cv2.ellipse(mask, centre, radii, 0, 0, 360, 1, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), blur)
        grey[:] = grey * (1 - mask) + value * mask

    ellipse((160, 360), (130, 70), 70, 3)
    ellipse((160, 170), (92, 115), 45, 4)
    ellipse((160, 190), (75, 100), 190, 4)
    for eye in (128, 192):
        ellipse((eye, 160), (22, 9), 95, 5)
        ellipse((eye, 172), (17, 9), 110, 4)
        ellipse((eye, 173), (8, 7), 40, 2)
    ellipse((160, 228), (16, 6), 120, 4)
    ellipse((160, 255), (30, 8), 105, 3)
    return np.asarray(cv2.cvtColor(grey.clip(0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR), np.uint8)
