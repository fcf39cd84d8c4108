"""Brushes of the portrait painter: soft masks over one fixed canvas, and the paint laid through them."""

from __future__ import annotations

import cv2
import numpy as np

WIDTH, HEIGHT = 300, 386  # 35 x 45 mm, Doc 9303-3 section 3.9
Field = np.ndarray


def _grid() -> tuple[Field, Field]:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return x, y


X, Y = _grid()


def soft(field: Field, edge: float) -> Field:
    """0 outside, 1 inside, for a field that is negative outside and counts pixels; ``edge`` is half the ramp."""
    ramp = np.clip(field / (2 * edge) + 0.5, 0, 1)
    return ramp * ramp * (3 - 2 * ramp)


def blob(x: float, y: float, sx: float, sy: float, slant: float = 0.0) -> Field:
    """A Gaussian spot; ``slant`` turns it, in radians."""
    dx, dy = X - x, Y - y
    if slant:
        dx, dy = dx * np.cos(slant) + dy * np.sin(slant), dy * np.cos(slant) - dx * np.sin(slant)
    return np.exp(-((dx / sx) ** 2 + (dy / sy) ** 2))


def noise(rng: np.random.Generator, scale: float, stretch: tuple[int, int] = (1, 1)) -> Field:
    """Smooth noise around 0 with unit spread; ``stretch`` multiplies the blur along x and y."""
    field = rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32)
    field = cv2.GaussianBlur(field, (0, 0), sigmaX=scale * stretch[0], sigmaY=scale * stretch[1])
    return field / (field.std() + 1e-6)


def lay(canvas: Field, mask: Field, colour: Field | tuple[float, ...]) -> None:
    """Paints a colour through a mask; the fourth channel keeps what is no longer backdrop, 0 to 255."""
    rows, columns = np.flatnonzero(mask.max(axis=1) > 0.004), np.flatnonzero(mask.max(axis=0) > 0.004)
    if not len(rows) or not len(columns):
        return
    area = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    paint = np.asarray(colour, np.float32)
    paint = paint[area] if paint.ndim == 3 else paint
    part, cover = canvas[area], mask[area]
    part[..., :3] += cover[..., None] * (paint - part[..., :3])
    part[..., 3] += cover * (255 - part[..., 3])
