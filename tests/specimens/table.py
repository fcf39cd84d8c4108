"""Surfaces that documents lie on when they are photographed: wood, cloth, paper, stone."""

from __future__ import annotations

import cv2
import numpy as np

from tests.specimens.dice import pick


def _noise(rng: np.random.Generator, width: int, height: int, across: int, down: int) -> np.ndarray:
    grid = rng.standard_normal((down, across)).astype(np.float32)
    return cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)


def wood(width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """Long grain, rings where a branch was, seams between boards."""
    base = np.asarray(pick(rng, [(150, 108, 70), (118, 80, 52), (186, 148, 104), (92, 66, 48)]), np.float32)
    y = np.arange(height, dtype=np.float32)[:, None]
    warp = 26 * _noise(rng, width, height, 5, 4)
    grain = 0.5 * np.sin((y + warp) / 5.5) + 0.5 * np.sin((y + 1.7 * warp) / 13)
    fibre = _noise(rng, width, height, 40, height // 3)
    board = np.mod(y + 40, height / 2.6) < 3
    tone = 1 + 0.07 * grain + 0.07 * fibre + 0.05 * _noise(rng, width, height, 4, 3) - 0.45 * board
    return base * tone[..., None]


def cloth(width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """Plain weave with slubs."""
    base = np.asarray(pick(rng, [(74, 88, 112), (128, 52, 56), (96, 104, 92), (176, 168, 152)]), np.float32)
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    weave = np.outer(np.sin(y * 1.05), np.sin(x * 1.05))
    slubs = _noise(rng, width, height, 30, height // 3) + _noise(rng, width, height, width // 3, 30)
    return base * (1 + 0.09 * weave + 0.06 * slubs + 0.06 * _noise(rng, width, height, 5, 4))[..., None]


def paper(width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """A desk pad or wall: nearly even, faintly fibrous."""
    base = np.asarray(pick(rng, [(206, 204, 198), (190, 196, 202), (168, 150, 126), (70, 72, 76)]), np.float32)
    fibre = _noise(rng, width, height, width // 4, height // 4)
    return base * (1 + 0.018 * fibre + 0.05 * _noise(rng, width, height, 3, 3))[..., None]


def stone(width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """Speckled worktop with a vein."""
    base = np.asarray(pick(rng, [(120, 118, 116), (84, 88, 92), (196, 190, 182)]), np.float32)
    speckle = _noise(rng, width, height, width // 3, height // 3)
    vein = np.exp(-((_noise(rng, width, height, 5, 4) / 0.05) ** 2))
    return base * (1 + 0.10 * speckle + 0.16 * vein + 0.07 * _noise(rng, width, height, 7, 5))[..., None]


def table(width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """A float32 RGB surface."""
    return pick(rng, [wood, wood, cloth, paper, stone])(width, height, rng).astype(np.float32)
