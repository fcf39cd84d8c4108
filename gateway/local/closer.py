"""A second detection, of the zone's surroundings alone and at the size that suits its print."""

from __future__ import annotations

import math

import cv2
import numpy as np

from gateway.local.box import Box
from gateway.local.decode import Pixels
from gateway.local.detect import Detector
from gateway.local.rows import aligned, join

PITCH = 24
"""Pixels from character to character in the copy that is looked at."""
BESIDE = 4
"""Pitches of surroundings at either end of the row."""
ABOVE = 7
"""Pitches of surroundings above and below it: a row may be any of three."""
WIDEST = 1600
GAP = 1.2
"""Heights of empty space that may lie inside one row; at this size a run of fillers is seen as text."""


def closer(page: Pixels, detector: Detector, row: Box, pitch: float) -> list[Box]:
    """Rows near ``row`` and along it, in the page's own pixels."""
    width, height = row.length + 2 * BESIDE * pitch, 2 * ABOVE * pitch
    scale = min(PITCH / pitch, WIDEST / width)
    cos, sin = math.cos(row.angle), math.sin(row.angle)
    size = round(width * scale), round(height * scale)
    # Page to copy: turn around the row's centre, then put that centre in the middle.
    matrix = np.array(
        [
            [cos * scale, sin * scale, size[0] / 2 - scale * (row.x * cos + row.y * sin)],
            [-sin * scale, cos * scale, size[1] / 2 - scale * (row.y * cos - row.x * sin)],
        ]
    )
    flags = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_CUBIC
    copy = np.asarray(cv2.warpAffine(page, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    found = []
    for box in aligned(detector.find(copy, max(size)), 0.0):
        x, y = (box.x - size[0] / 2) / scale, (box.y - size[1] / 2) / scale
        found.append(
            Box(
                row.x + x * cos - y * sin,
                row.y + x * sin + y * cos,
                box.length / scale,
                box.height / scale,
                row.angle + box.angle,
            )
        )
    return join(found, GAP)
