"""Where text stands: the detection model's map turned into oriented boxes (differentiable binarization)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime

from gateway.local.box import Box
from gateway.local.decode import Pixels

INK = 0.3
"""A map value from which a pixel counts as text."""
SURE = 0.5
"""Mean map value from which a region counts as a line."""
GROW = 1.6
"""The map shows shrunken lines: a region grows by this share of its area over its outline (DB's unclip ratio)."""
MOST = 400
"""Regions looked at in one picture."""


@dataclass(frozen=True, slots=True)
class Detector:
    session: onnxruntime.InferenceSession

    def find(self, page: Pixels, longest: int) -> list[Box]:
        """Boxes in the page's own pixels, found on a copy whose longer side is at most ``longest`` pixels."""
        scale = min(1.0, longest / max(page.shape[:2]))
        height, width = (max(32, round(side * scale / 32) * 32) for side in page.shape[:2])
        small = cv2.resize(page, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        tensor = (small.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)[np.newaxis]
        (output,) = self.session.run(None, {"x": np.ascontiguousarray(tensor)})
        return _boxes(output[0, 0], page.shape[1] / width, page.shape[0] / height)


def _boxes(text: npt.NDArray[np.float32], zoom_x: float, zoom_y: float) -> list[Box]:
    mask = cv2.dilate((text > INK).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    largest = sorted(contours, key=cv2.contourArea, reverse=True)[:MOST]
    boxes = []
    for contour in largest:
        centre, size, angle = cv2.minAreaRect(contour)
        if min(size) < 3 or _mean(text, contour) < SURE:
            continue
        grow = 2 * GROW * size[0] * size[1] / (2 * (size[0] + size[1]))
        corners = cv2.boxPoints((centre, (size[0] + grow, size[1] + grow), angle)) * (zoom_x, zoom_y)
        boxes.append(Box.of_corners([(float(x), float(y)) for x, y in corners]))
    return boxes


def _mean(text: npt.NDArray[np.float32], contour: npt.NDArray[Any]) -> float:
    x, y, width, height = cv2.boundingRect(contour)
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [contour - (x, y)], 1)
    return float(cv2.mean(text[y : y + height, x : x + width], inside)[0])
