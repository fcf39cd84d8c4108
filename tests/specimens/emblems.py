"""Invented emblems, hatched like an engraving: no state's arms."""

from __future__ import annotations

import cv2
import numpy as np

from tests.specimens.layout import Emblem

Polygon = np.ndarray


def _polar(radii: list[float], turn: float = -np.pi / 2) -> Polygon:
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False) + turn
    return np.stack([np.cos(angles) * radii, np.sin(angles) * radii], axis=1)


def star() -> list[Polygon]:
    return [_polar([1.0, 0.40] * 5)]


def sun() -> list[Polygon]:
    return [_polar([1.0, 0.62] * 16), _polar([0.5] * 60)]


def flower() -> list[Polygon]:
    t = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    return [
        _polar(list(radius * (0.72 + 0.28 * np.cos(petals * t)))) for radius, petals in ((1.0, 9), (0.7, 9), (0.4, 6))
    ]


def shield() -> list[Polygon]:
    t = np.linspace(0, np.pi, 40)
    lower = np.stack([np.cos(t) * 0.72, np.sin(t) ** 0.8 * 1.0 + 0.0], axis=1)
    outer = np.concatenate([lower, [[-0.72, -0.8], [0, -0.66], [0.72, -0.8]]])
    return [outer, outer * 0.78, _polar([0.42, 0.17] * 5)]


def wings() -> list[Polygon]:
    """A bird, wings spread: each feather a leaf from the breast outwards."""
    t = np.linspace(0, np.pi, 14)
    shapes: list[Polygon] = []
    for side in (-1, 1):
        for feather in range(7):
            angle = 0.75 - 0.19 * feather
            length = 1.0 - 0.045 * abs(feather - 2)
            along, across = (1 - np.cos(t)) / 2 * length, 0.085 * np.sin(t)
            leaf = np.concatenate([np.stack([along, across], 1), np.stack([along, -across], 1)[::-1]])
            turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
            shapes.append((leaf @ turn + (0.10, 0.09 * feather - 0.22)) * (side, 1))
    body = np.array(
        [
            [0, -0.5],
            [0.17, -0.2],
            [0.2, 0.25],
            [0.1, 0.55],
            [0.24, 0.98],
            [0, 0.86],
            [-0.24, 0.98],
            [-0.1, 0.55],
            [-0.2, 0.25],
            [-0.17, -0.2],
        ]
    )
    head = _polar([0.15] * 24) + np.array([0.03, -0.6])
    return [*shapes, body, head, np.array([[0.15, -0.66], [0.32, -0.58], [0.15, -0.54]])]


def wreath() -> list[Polygon]:
    leaves: list[Polygon] = []
    for side in (-1, 1):
        for leaf in range(9):
            angle = np.pi / 2 - side * (0.28 + 0.28 * leaf)
            centre = np.array([np.cos(angle), np.sin(angle)]) * 0.86
            direction = (
                np.array([np.sin(angle), -np.cos(angle)]) * side + np.array([np.cos(angle), np.sin(angle)]) * 0.5
            )
            direction /= np.hypot(*direction)
            across = np.array([-direction[1], direction[0]]) * 0.07
            leaves.append(
                np.array([centre - direction * 0.19, centre + across, centre + direction * 0.19, centre - across])
            )
    return [*leaves, _polar([0.5, 0.24] * 8)]


def crescent() -> list[Polygon]:
    t = np.linspace(0.62, 2 * np.pi - 0.62, 80)
    outer = np.stack([np.cos(t), np.sin(t)], axis=1)
    inner = np.stack([0.28 + 0.80 * np.cos(t[::-1]), 0.80 * np.sin(t[::-1])], axis=1)
    return [np.concatenate([outer, inner]), _polar([0.36, 0.14] * 5) + np.array([0.52, 0])]


def globe() -> list[Polygon]:
    t = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    return [np.stack([np.cos(t) * width, np.sin(t)], axis=1) for width in (1.0, 0.75, 0.45, 0.12)]


KINDS = {
    "star": star, "sun": sun, "flower": flower, "shield": shield, "wings": wings, "wreath": wreath, "crescent": crescent, "globe": globe,
}  # fmt: skip


def emblem(canvas: np.ndarray, mark: Emblem) -> None:
    """Engraves one emblem into a float32 RGB canvas: outlines, and a hatch that thickens towards the lower right."""
    radius = mark.radius
    size = 2 * radius + 9
    fill, edge = np.zeros((size, size), np.uint8), np.zeros((size, size), np.uint8)
    for index, polygon in enumerate(KINDS[mark.kind]()):
        points = np.round((polygon * radius + size / 2) * 16).astype(np.int32)
        cv2.fillPoly(fill, [points], 255 - 60 * (index % 2), cv2.LINE_AA, 4)
        cv2.polylines(
            edge, [points], isClosed=True, color=255, thickness=max(1, radius // 60), lineType=cv2.LINE_AA, shift=4
        )
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    hatch = 0.5 + 0.5 * np.sin((x + y) * 0.9 + 3 * np.sin(x / 17))
    shade = 0.25 + 0.35 * (x + y) / (2 * size)
    mask = np.clip(fill / 255.0 * (shade + 0.4 * hatch * shade * 2) + 0.6 * edge / 255.0, 0, 1) * mark.strength
    left, top = mark.at[0] - size // 2, mark.at[1] - size // 2
    y0, x0 = max(top, 0), max(left, 0)
    y1, x1 = min(top + size, canvas.shape[0]), min(left + size, canvas.shape[1])
    part = canvas[y0:y1, x0:x1]
    part += mask[y0 - top : y1 - top, x0 - left : x1 - left, None] * (np.asarray(mark.colour, np.float32) - part)
