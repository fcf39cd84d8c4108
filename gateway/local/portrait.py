"""The holder's portrait: the largest plausible face, with its surroundings, as a small JPEG."""

from __future__ import annotations

import binascii
import math
from pathlib import Path

import cv2
import numpy as np

from gateway.local.decode import Pixels

CASCADES = ("haarcascade_frontalface_default.xml", "haarcascade_frontalface_alt2.xml")
LONGEST = 1000
"""Pixels of the longer side of the copy in which a face is sought."""
LEAST = 1 / 16
"""Least height of a face, as a share of the page's shorter side."""
QUALITY = 90


class PortraitFinder:
    """The two frontal cascades that OpenCV 4 ships; together they find what either misses."""

    def __init__(self) -> None:
        folder = Path(cv2.__file__).parent / "data"
        self._cascades = [cv2.CascadeClassifier(str(folder / name)) for name in CASCADES]
        if any(cascade.empty() for cascade in self._cascades):
            raise RuntimeError("opencv-python-headless without its face cascades: a 4.x release is needed")

    def find(self, page: Pixels, angle: float) -> bytes | None:
        """Base64 text of a JPEG, 3 wide to 4 high, upright; None where there is no face.

        ``angle`` is the direction of the page's text, radians clockwise.
        """
        upright = upright_copy(page, angle, LONGEST * 2)
        scale = min(1.0, LONGEST / max(upright.shape[:2]))
        grey = cv2.equalizeHist(cv2.cvtColor(cv2.resize(upright, None, fx=scale, fy=scale), cv2.COLOR_BGR2GRAY))
        least = max(24, int(min(grey.shape) * LEAST))
        faces = [
            face
            for cascade in self._cascades
            for face in cascade.detectMultiScale(grey, scaleFactor=1.1, minNeighbors=5, minSize=(least, least))
        ]
        if not faces:
            return None
        x, y, width, height = (side / scale for side in max(faces, key=lambda face: int(face[2])))
        return _jpeg(_portrait(upright, x + width / 2, y + height / 2, height))


def upright_copy(page: Pixels, angle: float, longest: int) -> Pixels:
    """The page turned so that text runs to the right, all of it in view, at most ``longest`` pixels a side."""
    height, width = page.shape[:2]
    cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
    size = width * cos + height * sin, width * sin + height * cos
    scale = min(1.0, longest / max(size))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), scale)
    target = round(size[0] * scale), round(size[1] * scale)
    matrix[:, 2] += target[0] / 2 - width / 2, target[1] / 2 - height / 2
    flags = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    turned = cv2.warpAffine(page, matrix, target, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)


def _portrait(page: Pixels, x: float, y: float, face: float) -> Pixels:
    """Head and shoulders around a face's box: the cascades' box spans brows to chin."""
    height, width = face * 2.0, face * 1.5
    top, left = y - height * 0.52, x - width / 2
    top, left = max(0.0, top), max(0.0, left)
    bottom, right = min(page.shape[0], top + height), min(page.shape[1], left + width)
    crop = page[round(top) : round(bottom), round(left) : round(right)]
    across, down = round(width) - crop.shape[1], round(height) - crop.shape[0]
    padded = cv2.copyMakeBorder(crop, 0, max(0, down), 0, max(0, across), cv2.BORDER_REPLICATE)
    return np.asarray(padded, np.uint8)


def _jpeg(picture: Pixels) -> bytes:
    done, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    assert done
    return binascii.b2a_base64(encoded.tobytes(), newline=False)
