"""A row's box laid closely along its print: the detector's boxes take in stamps and run askew where pages bend."""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from gateway.local.box import Box
from gateway.local.decode import Pixels
from gateway.local.recognize import HEIGHT, crop

SPAN = 3.0
"""Pitches of height that are looked at."""
LINE = 1.55
"""Pitches of height of the box around capitals of one pitch; more would take in the neighbours on a card."""
FURTHEST = 0.9
"""Pitches by which the print may lie off the box's middle."""


def straightened(page: Pixels, box: Box, pitch: float) -> Box:
    """The box over the strongest line of print near the middle of ``box``, each half of the row weighed by itself."""
    strip = crop(page, replace(box, height=SPAN * pitch))
    strokes = np.abs(cv2.Sobel(cv2.cvtColor(strip, cv2.COLOR_BGR2GRAY), cv2.CV_32F, 1, 0))
    half = strokes.shape[1] // 2
    unit = SPAN * pitch / HEIGHT
    left, right = _middle(strokes[:, :half]) * unit, _middle(strokes[:, half:]) * unit
    tilt = math.atan2(right - left, box.length / 2)
    moved = box.moved(0, (left + right) / 2)
    return Box(moved.x, moved.y, box.length, LINE * pitch, box.angle + tilt)


def _middle(strokes: npt.NDArray[np.float32]) -> float:
    """Pixels from the strip's middle to the middle of its line of print: strong itself, with quiet above and below."""
    profile = np.concatenate([[0.0], np.cumsum(strokes.mean(axis=1))])
    capital = round(HEIGHT / SPAN)
    quiet = capital // 3
    reach = int(FURTHEST * HEIGHT / SPAN)
    best, place = -math.inf, 0
    for shift in range(-reach, reach + 1):
        top = (HEIGHT - capital) // 2 + shift
        low, high = max(0, top - quiet), min(HEIGHT, top + capital + quiet)
        if top < 0 or top + capital > HEIGHT:
            continue
        line = profile[top + capital] - profile[top]
        flanks = profile[high] - profile[low] - line
        merit = line / capital - flanks / max(1, high - low - capital) - 0.002 * abs(shift) * line / capital
        if merit > best:
            best, place = merit, shift
    return float(place)
