"""Hair of a painted head: what falls behind the shoulders, what frames the face."""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np

from tests.specimens.brush import Field, X, Y, blob, lay, noise, soft
from tests.specimens.looks import Looks


class Head(Protocol):
    """What hair has to know of the head it grows on: centre, half width, half height, and the face's outline."""

    looks: Looks
    rng: np.random.Generator
    canvas: Field
    cx: float
    cy: float
    a: float
    b: float

    def outline(self) -> Field: ...


def _colour(head: Head) -> Field:
    strands = 0.6 * noise(head.rng, 1.0, (1, 9)) + 0.4 * noise(head.rng, 2.2, (1, 10))
    sheen = 0.55 * blob(head.cx - 22, head.cy - 92, 46, 26)
    tone = (1 + 0.16 * strands + sheen)[..., None]
    return np.clip(np.asarray(head.looks.hair, np.float32) * tone + 5 * strands[..., None], 4, 250)


def hair_behind(head: Head) -> None:
    looks = head.looks
    if looks.style not in ("long", "shoulder"):
        return
    length = {"long": 190.0, "shoulder": 138.0}[looks.style]
    top = head.cy - head.b - 14
    reach = np.clip((Y - top) / (head.cy - top), 0, 1) ** 0.42
    half = (head.a + 17) * reach + 8 * np.clip((Y - head.cy) / 120, 0, 1)
    half = np.where(top + 4 < Y, half + 1.6 * noise(head.rng, 9), -9.0)
    mask = soft(half - np.abs(X - head.cx), 3) * soft(head.cy + length + 4 * noise(head.rng, 9) - Y, 9)
    lay(head.canvas, mask, _colour(head) * 0.72)


def hair_front(head: Head) -> None:
    looks = head.looks
    cx, cy, a, b = head.cx, head.cy, head.a, head.b
    rough = 0.5 * noise(head.rng, 1.6) + 1.3 * noise(head.rng, 9)
    lift = {"short": 12, "shaved": 3, "long": 17, "shoulder": 17, "tied": 12}[looks.style]
    t = np.clip((cy + 6 - Y) / (b + lift + 6), 0, 1)
    cap = (a + {"short": 6, "shaved": 1, "tied": 6, "long": 13, "shoulder": 13}[looks.style]) * np.sqrt(
        np.clip(1 - t**2.4, 0, 1)
    ) - np.abs(X - cx)
    cap = np.where((cy - b - lift + 1 > Y) | (cap < -6), -9.0, cap + rough)
    part = X - cx - looks.parting
    brow_line = cy - b * looks.hairline
    fringe = brow_line + 0.0085 * np.minimum(part, 0) ** 2 + 0.0080 * np.maximum(part, 0) ** 2
    side_end = cy + {"short": 10, "shaved": 0, "tied": -4, "long": 400, "shoulder": 400}[looks.style]
    front = np.minimum(cap, fringe + rough * 2.0 - Y)
    sides = np.minimum(
        cap, np.abs(X - cx) - a * (0.93 if looks.style == "short" else 0.86) + 0.10 * np.clip(cy - Y, -60, 60)
    )
    sides = np.minimum(sides, side_end - Y)
    if looks.style in ("long", "shoulder"):
        length = cy + (178 if looks.style == "long" else 128)
        curtain = np.abs(X - cx) - a * 0.86 - 6 * np.sin((Y - cy) / 55)
        outer = a + 13 - np.abs(X - cx) + 11 * np.clip((Y - cy + 24) / 110, 0, 1)
        tail = np.minimum(np.minimum(curtain, outer + rough), length + 3 * rough - Y)
        sides = np.maximum(sides, np.where(cy - 22 < Y, tail, -9.0))
    temples = np.minimum(np.minimum(cap, 3 - head.outline()), cy - 6 - Y)
    mask = soft(np.maximum(np.maximum(front, sides), temples), 2.6)
    if looks.style == "shaved":
        mask = 0.62 * soft(np.minimum(front, head.outline() + 3), 9)
    shadow = cv2.GaussianBlur(mask, (0, 0), 7)
    lay(head.canvas, 0.35 * np.roll(shadow, 5, axis=0) * soft(head.outline(), 3), np.asarray(looks.skin) * 0.45)
    lay(head.canvas, mask, _colour(head))
