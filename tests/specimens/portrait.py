"""A painted head and shoulders: nobody's face, shaded well enough that face detectors accept it."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from tests.specimens.brush import HEIGHT, WIDTH, Field, X, Y, blob, lay, noise, soft
from tests.specimens.hair import hair_behind, hair_front
from tests.specimens.looks import Looks


class Head:
    """One head: every distance follows from the looks, every layer is painted over the last."""

    def __init__(self, looks: Looks, rng: np.random.Generator) -> None:
        self.looks, self.rng = looks, rng
        self.cx = WIDTH / 2 + looks.offset
        self.cy = 176.0
        self.a, self.b = 71.0 * looks.width, 102.0
        self.eye_y = self.cy - 10
        self.eye_x = 33.5 * looks.width
        self.canvas = np.zeros((HEIGHT, WIDTH, 4), np.float32)

    def paint(self) -> Image.Image:
        self._backdrop()
        hair_behind(self)
        self._neck()
        self._clothes()
        self._ears()
        self._face()
        for side in (-1, 1):
            self._eye(side)
        self._nose()
        self._mouth()
        self._beard()
        hair_front(self)
        if self.looks.glasses:
            self._glasses()
        self._finish()
        return Image.fromarray(np.clip(self.canvas, 0, 255).astype(np.uint8))

    def _backdrop(self) -> None:
        light = 1.02 - 0.10 * (np.hypot(X - WIDTH * 0.45, Y - HEIGHT * 0.35) / HEIGHT)
        self.canvas[..., :3] = np.asarray(self.looks.backdrop, np.float32) * light[..., None]

    def _skin(self, shade: Field) -> Field:
        """Skin under a light: shadows turn warm and saturated, lights pale."""
        base = np.asarray(self.looks.skin, np.float32)
        shade = shade[..., None]
        warm = np.asarray((1.0, 1.07, 1.10), np.float32)
        return np.clip(base * np.where(shade < 1, shade**warm, shade), 0, 255)

    def _neck(self) -> None:
        half = 41 * self.looks.width + 0.0028 * np.clip(Y - 250, 0, None) ** 2
        mask = soft(half - np.abs(X - self.cx), 2.5) * soft(Y - 220, 6)
        round_ = 1 - 0.34 * np.clip(np.abs(X - self.cx) / half, 0, 1) ** 2.6
        chin_shadow = 0.30 * np.exp(-(((Y - (self.cy + self.b + 4)) / 30) ** 2)) * np.exp(-(((X - self.cx) / 58) ** 2))
        tendons = 0.05 * (blob(self.cx - 17, 308, 6, 40, 0.25) + blob(self.cx + 17, 308, 6, 40, -0.25))
        lay(self.canvas, mask, self._skin(0.92 * round_ - chin_shadow + tendons))

    def _clothes(self) -> None:
        looks = self.looks
        slope = np.clip(np.abs(X - self.cx) - 34, 0, None)
        shoulder = 289 + 0.30 * slope + 0.0011 * slope**2
        folds = 0.07 * noise(self.rng, 13, (1, 2)) + 0.02 * noise(self.rng, 0.9)
        light = (0.93 + folds - 0.0016 * np.clip(X - self.cx, 0, None))[..., None]
        cloth = np.asarray(looks.clothes, np.float32) * light
        lay(self.canvas, soft(Y - shoulder, 2), cloth)
        depth = 300 + {"v": 58, "round": 26, "shirt": 46}[looks.collar]
        if looks.collar == "round":
            opening = 1 - ((X - self.cx) / 46) ** 2 - ((Y - 282) / (depth - 278)) ** 2
            mask = soft(opening * 22, 2) * soft(Y - 278, 3)
        else:
            mask = soft((depth - Y) * 0.72 - np.abs(X - self.cx), 1.5) * soft(Y - 282, 3)
        skin = self._skin(0.84 - 0.20 * np.exp(-(((Y - 284) / 24) ** 2)) - 0.0012 * np.abs(X - self.cx))
        inside = (
            skin
            if looks.collar != "shirt"
            else np.broadcast_to(np.asarray(looks.shirt, np.float32), skin.shape) * light
        )
        lay(self.canvas, mask, inside)
        if looks.collar == "shirt":
            self._shirt_collar(light)

    def _shirt_collar(self, light: Field) -> None:
        skin = self._skin(0.72 + 0 * X)
        lay(self.canvas, soft((318 - Y) * 0.85 - np.abs(X - self.cx), 1.5) * soft(Y - 274, 3), skin)
        for side in (-1, 1):
            u = (X - self.cx) * side
            flap = np.minimum(
                np.minimum(u - (320 - Y) * 0.75, 60 - u - (Y - 284) * 0.25), 336 - Y - 0.5 * np.abs(u - 30)
            )
            flap = np.minimum(flap, Y - 276)
            lay(self.canvas, soft(flap, 1.5), np.asarray(self.looks.shirt, np.float32) * light * 1.06)
            lay(self.canvas, 0.35 * np.exp(-((flap + 1.5) ** 2) / 5), (40, 40, 46))
        if self.looks.tie:
            half = np.where(Y < 332, 8 - 0.1 * (Y - 324), 5 + 0.13 * (Y - 332))
            lay(
                self.canvas,
                soft(half - np.abs(X - self.cx), 1.2) * soft(Y - 316, 2),
                np.asarray(self.looks.tie, np.float32) * light,
            )

    def _ears(self) -> None:
        if self.looks.style in ("long", "shoulder"):
            return
        for side in (-1, 1):
            ear = self.cx + side * (self.a + 1)
            inside = 1 - ((X - ear) / 11) ** 2 - ((Y - self.eye_y - 16) / 24) ** 2
            mask = soft(inside * 12, 2)
            lay(self.canvas, mask, self._skin(0.80 - 0.22 * blob(ear + side * 1, self.eye_y + 14, 5, 13)))

    def outline(self) -> Field:
        """Positive inside the face, in pixels: an ellipse whose lower half narrows to the chin."""
        t = (Y - self.cy) / self.b
        top = np.sqrt(np.clip(1 - t**2, 0, None))
        jaw = np.clip(1 - np.clip(t, 0, 1) ** (2.1 + self.looks.jaw), 0, None) ** 0.66
        half = self.a * np.where(t < 0, top, jaw * (1 - 0.05 * np.clip(t, 0, 1)))
        return np.where(np.abs(t) < 1, half - np.abs(X - self.cx), -9.0)

    def _face(self) -> None:
        cx, cy, a, b = self.cx, self.cy, self.a, self.b
        u, v = (X - cx) / (a * 1.06), (Y - cy) / (b * 1.05)
        nz = np.sqrt(np.clip(1 - u**2 * 0.96 - v**2 * 0.75, 0.02, 1))
        shade = 0.52 + 0.50 * nz - 0.10 * u - 0.05 * v
        ex, ey = self.eye_x, self.eye_y
        for side in (-1, 1):
            shade -= 0.20 * blob(cx + side * ex, ey - 3, 23, 13)  # eye sockets
            shade -= 0.12 * blob(cx + side * 15, ey - 2, 9, 15)  # beside the bridge
            shade += 0.09 * blob(cx + side * ex * 1.12, ey + 32, 20, 15)  # cheekbones
            shade -= 0.09 * blob(cx + side * ex * 1.45, ey + 58, 15, 30, side * 0.35)  # hollows
            shade -= 0.06 * self.looks.age * blob(cx + side * 27, ey + 48, 4, 17, side * -0.45)
            shade -= 0.05 * self.looks.age * blob(cx + side * ex, ey + 15, 17, 4)
        shade += 0.10 * blob(cx - 6, ey - 48, 42, 24) + 0.05 * blob(cx - 2, ey + 86, 15, 10)
        shade -= 0.10 * blob(cx, ey + 74, 21, 5)
        shade += 0.012 * noise(self.rng, 0.8) + 0.014 * noise(self.rng, 5)
        skin = self._skin(shade)
        blush = np.asarray((10, -6, -5), np.float32)
        for side in (-1, 1):
            skin = skin + blob(cx + side * ex * 1.2, ey + 38, 22, 17)[..., None] * blush
        lay(self.canvas, soft(self.outline(), 2.2), skin)

    def _eye(self, side: int) -> None:
        looks = self.looks
        x, y = self.cx + side * self.eye_x, self.eye_y
        u = (X - x) * side  # grows outwards
        w = 17.5 * looks.width
        span = np.clip(1 - (u / w) ** 2, 0, 1)
        upper = y - 8.2 * looks.openness * span**0.75 + 0.07 * -u
        lower = y + 5.4 * looks.openness * span**0.9 + 0.07 * -u
        inside = soft(np.minimum(Y - upper, lower - Y), 1.0) * soft(w - np.abs(u), 1.5)
        sclera = 226 - 46 * np.exp(-(((Y - upper) / 4.0) ** 2)) - 30 * (u / w) ** 2
        lay(self.canvas, inside, np.stack([sclera, sclera * 0.975, sclera * 0.95], axis=-1))
        r = np.hypot(X - x + side * 0.5, Y - y + 0.8)
        iris = (
            np.asarray(looks.iris, np.float32)
            * (0.7 + 0.5 * np.clip(r / 8, 0, 1) + 0.12 * np.sin(np.arctan2(Y - y, X - x) * 17))[..., None]
        )
        lay(self.canvas, inside * soft(7.6 - r, 0.9), iris)
        lay(self.canvas, inside * np.exp(-((r - 7.4) ** 2) / 1.6) * 0.6, (25, 20, 18))
        lay(self.canvas, inside * soft(3.3 - r, 0.8), (10, 9, 9))
        lay(self.canvas, 0.9 * blob(x - 2.6, y - 3.6, 1.5, 1.5), (250, 250, 250))
        lash = np.exp(-(((Y - upper + 0.4) / (1.6 + 0.8 * looks.lashes)) ** 2)) * soft(w + 1.5 - np.abs(u), 2)
        lay(self.canvas, np.clip(lash * 0.92, 0, 1), (24, 18, 17))
        crease = np.exp(-(((Y - upper + 6.2) / 1.5) ** 2)) * soft(w - 1 - np.abs(u), 4)
        rim = np.exp(-(((Y - lower - 0.8) / 1.3) ** 2)) * soft(w - 1 - np.abs(u), 4)
        dark = np.asarray(looks.skin, np.float32) * 0.48
        lay(self.canvas, 0.55 * crease, dark)
        lay(self.canvas, 0.45 * rim, dark)
        arch = y - 24 - 5.5 * np.cos((u - 3) / 17.5) + 0.06 * u
        thick = (looks.brow * (1 - 0.028 * np.clip(u + 4, 0, None))).clip(0.8, None)
        hairs = 0.80 + 0.20 * noise(self.rng, 0.8, (2, 1))
        brow = np.exp(-(((Y - arch) / thick) ** 2)) * soft(u + 20, 5) * soft(25 - u, 6)
        lay(self.canvas, np.clip(brow * hairs * 0.9, 0, 1), np.asarray(looks.hair, np.float32) * 0.75 + 8)

    def _nose(self) -> None:
        cx, y, n = self.cx, self.eye_y + 43, self.looks.nose
        skin = np.asarray(self.looks.skin, np.float32)
        dark, light = skin * (0.42, 0.34, 0.32), np.clip(skin * 1.13 + 14, 0, 255)
        lay(self.canvas, 0.30 * blob(cx + 9 * n, self.eye_y + 22, 4.5, 21, -0.12), dark)
        lay(self.canvas, 0.16 * blob(cx - 9 * n, self.eye_y + 22, 4.5, 21, 0.12), dark)
        lay(self.canvas, 0.42 * blob(cx - 1, self.eye_y + 18, 4.0, 24), light)
        lay(self.canvas, 0.55 * blob(cx - 1.5, y - 6, 6.5, 6), light)
        for side in (-1, 1):
            lay(self.canvas, 0.75 * blob(cx + side * 7.5 * n, y + 4, 4.6, 2.3, side * -0.25), dark * 0.55)
            lay(self.canvas, 0.40 * blob(cx + side * 15.5 * n, y - 2, 2.6, 7.5, side * 0.3), dark)
        lay(self.canvas, 0.38 * blob(cx, y + 8, 15 * n, 3.0), dark)
        lay(self.canvas, 0.22 * blob(cx, y + 16, 3.2, 6), dark)

    def _mouth(self) -> None:
        looks, cx, y = self.looks, self.cx, self.eye_y + 70
        w = 25.0 * looks.mouth
        u = (X - cx) / w
        span = np.clip(1 - u**2, 0, 1)
        bow = 7.0 * looks.lips * span**0.62 * (1 - 0.28 * np.exp(-(((X - cx) / 4.5) ** 2)))
        line = y + 1.2 - 3.4 * u**2 * looks.smile + 0.5 * np.cos(u * 5)
        under = 8.6 * looks.lips * span**0.72
        lip = np.asarray(looks.lip, np.float32)
        lay(self.canvas, 0.85 * soft(np.minimum(Y - (line - bow), line - Y), 1.2) * (span > 0), lip * 0.80)
        lower = soft(np.minimum(line + under - Y, Y - line), 1.3) * (span > 0)
        shine = (1 + 0.20 * blob(cx - 4, y + 4.5, 9, 2.6))[..., None]
        lay(self.canvas, 0.82 * lower, np.clip(lip * shine, 0, 255))
        lay(
            self.canvas,
            0.85 * np.exp(-(((Y - line) / 1.35) ** 2)) * soft(w + 1.5 - np.abs(X - cx), 2.5),
            lip * (0.36, 0.28, 0.28),
        )
        for side in (-1, 1):
            lay(
                self.canvas,
                0.32 * blob(cx + side * (w + 1), y - 2.4 * looks.smile, 3.2, 3.2),
                np.asarray(looks.skin) * 0.5,
            )
        lay(self.canvas, 0.22 * blob(cx, y + 14, 15, 3.6), np.asarray(looks.skin) * 0.45)

    def _beard(self) -> None:
        looks = self.looks
        if looks.beard == 0:
            return
        y = self.eye_y + 70
        jaw = soft(self.outline() + 1, 5)
        low = soft(Y - (self.eye_y + 46) - 10 * np.exp(-(((X - self.cx) / 52) ** 2)), 14)
        mouth = 1 - ((X - self.cx) / 29) ** 2 - ((Y - y - 1) / 12) ** 2
        mask = jaw * low * (1 - soft(mouth * 10, 5))
        moustache = np.exp(-(((Y - y + 13) / 6.0) ** 2) - ((X - self.cx) / 31) ** 4)
        grain = np.clip(0.75 + 0.25 * noise(self.rng, 0.8, (1, 2)), 0.2, 1.2)
        mask = np.clip(np.maximum(mask, moustache) * grain * looks.beard, 0, 0.92)
        lay(self.canvas, mask, np.asarray(looks.hair, np.float32) * 0.8 + 10)

    def _glasses(self) -> None:
        for side in (-1, 1):
            x = self.cx + side * self.eye_x
            ring = ((np.abs(X - x) / 27) ** 3.2 + (np.abs(Y - self.eye_y - 3) / 20) ** 3.2) ** (1 / 3.2)
            lay(self.canvas, 0.9 * np.exp(-(((ring - 1) * 22 / 1.9) ** 2)), (32, 28, 30))
            lay(self.canvas, 0.10 * soft((1 - ring) * 22, 2), (235, 240, 245))
            arm = (
                np.exp(-(((Y - self.eye_y + 3) / 2) ** 2))
                * soft((X - x) * side - 27, 1)
                * soft(self.a + 4 - (X - self.cx) * side, 2)
            )
            lay(self.canvas, 0.8 * arm, (32, 28, 30))
        bridge = np.exp(-(((Y - self.eye_y + 1) / 1.8) ** 2)) * soft(self.eye_x - 26 - np.abs(X - self.cx), 1)
        lay(self.canvas, 0.85 * bridge, (32, 28, 30))

    def _finish(self) -> None:
        # Doc 9303-3 wants the face to fill 70 to 80 % of the height: the painting is cropped to that.
        left, top = WIDTH / 2 - WIDTH / 2.5, 24
        zoom = np.asarray([[1.25, 0, -left * 1.25], [0, 1.25, -top * 1.25]], np.float32)
        self.canvas = cv2.warpAffine(self.canvas, zoom, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC)
        self.canvas[..., :3] += 2.2 * self.rng.standard_normal((HEIGHT, WIDTH, 1)).astype(np.float32)


def portrait(looks: Looks, rng: np.random.Generator) -> Image.Image:
    """An RGBA portrait of 300 x 386 pixels; alpha is the head and shoulders, the backdrop is painted all the same."""
    return Head(looks, rng).paint()
