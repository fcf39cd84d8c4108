"""Print brought to even contrast: glare, shade and a coloured ground are taken out of a crop or a whole page."""

from __future__ import annotations

import cv2
import numpy as np

from gateway.local.decode import Pixels

NOISE = 3.0
"""Grey levels of contrast that are held to be noise and not amplified further."""


def flattened(pixels: Pixels, neighbourhood: int) -> Pixels:
    """Grey of equal mean and spread in every neighbourhood of so many pixels, as three channels."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY).astype(np.float32)
    window = (neighbourhood | 1, neighbourhood | 1)
    mean = cv2.blur(grey, window)
    spread = np.sqrt(np.maximum(cv2.blur(grey * grey, window) - mean * mean, 0))
    even = np.clip(150 + 55 * (grey - mean) / (spread + NOISE), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(even, cv2.COLOR_GRAY2BGR), np.uint8)
