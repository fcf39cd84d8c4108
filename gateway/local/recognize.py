"""What a line of text says: the recognition model, read in full or within the alphabet of machine readable zones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from gateway.local.box import Box
from gateway.local.decode import Pixels
from gateway.local.models import Models
from gateway.reader.mrz.glyph import ALPHABET, Glyph, Row

HEIGHT = 48
"""Pixels of a line as the model was trained."""
WIDEST = 2000
LOOK_ALIKES = {
    "\u222a": "U",  # union
    "\u300a": "<",  # left double angle bracket
    "\u3008": "<",  # left angle bracket
    "\u00ab": "<",  # left guillemet
    "\u2039": "<",  # single left guillemet
    "\uff1c": "<",  # fullwidth less-than
    "\u2264": "<",  # less-than or equal
    "\u00d8": "0",  # O with stroke
}
"""Characters of the model's large alphabet that a zone's characters are sometimes taken for."""
FAINTEST = 1e-4
"""Probability under which a character is no alternative."""

Probabilities: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Text:
    """A reading in the full alphabet; ``scores`` belong to the characters one by one."""

    text: str
    scores: tuple[float, ...]

    @property
    def mean(self) -> float:
        return math.fsum(self.scores) / len(self.scores) if self.scores else 0.0


class TextReader:
    """Reads crops of one page. Each call costs about 8 ms per 100 pixels of width at 48 high."""

    def __init__(self, models: Models) -> None:
        self._session = models.recognition
        self._alphabet = models.alphabet
        self._columns, self._owner = _zone_columns(models.alphabet)

    def text(self, crop: Pixels) -> Text:
        """The line in the full alphabet."""
        return self._text(self._run(crop))

    def row(self, crop: Pixels) -> tuple[Text, Row]:
        """The line in the full alphabet, and the same look at it within the alphabet of zones."""
        output = self._run(crop)
        return self._text(output), self._row(output)

    def _run(self, crop: Pixels) -> Probabilities:
        """Steps x classes; a step is 8 pixels."""
        tensor = (crop.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)[np.newaxis]
        (output,) = self._session.run(None, {"x": np.ascontiguousarray(tensor)})
        probabilities: Probabilities = output[0]
        return probabilities

    def _text(self, output: Probabilities) -> Text:
        best = output.argmax(axis=1)
        score = output[np.arange(len(best)), best]
        characters: list[str] = []
        scores: list[float] = []
        before = 0
        for index, certainty in zip(best.tolist(), score.tolist(), strict=True):
            if index not in (0, before):
                characters.append(self._alphabet[index])
                scores.append(certainty)
            elif index and certainty > scores[-1]:
                scores[-1] = certainty
            before = index
        return Text("".join(characters), tuple(scores))

    def _row(self, output: Probabilities) -> Row:
        zone = np.zeros((len(output), len(ALPHABET) + 1), np.float32)
        zone[:, -1] = output[:, 0]
        np.add.at(zone.T, self._owner, output[:, self._columns].T)
        best = zone.argmax(axis=1)
        blank = len(ALPHABET)
        glyphs: list[Glyph] = []
        start = 0
        for step in range(1, len(best) + 1):
            if step < len(best) and best[step] == best[start]:
                continue
            if best[start] != blank:
                peak = start + int(zone[start:step, best[start]].argmax())
                glyphs.append(_glyph(zone[peak, :blank], (start + step) / 2 / len(best)))
            start = step
        return tuple(glyphs)


def _glyph(vector: Probabilities, x: float) -> Glyph:
    order = np.argsort(vector)[::-1]
    choices = tuple((ALPHABET[i], float(vector[i])) for i in order[:6] if vector[i] >= FAINTEST)
    return Glyph(choices or ((ALPHABET[int(order[0])], float(vector[order[0]])),), x)


def _zone_columns(alphabet: tuple[str, ...]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Columns of the model's output that count for a zone's character, and that character's index in ALPHABET."""
    columns, owner = [], []
    for column, character in enumerate(alphabet):
        folded = LOOK_ALIKES.get(character, character.upper() if character.isascii() else character)
        if len(folded) == 1 and folded in ALPHABET:
            columns.append(column)
            owner.append(ALPHABET.index(folded))
    return np.array(columns), np.array(owner)


def crop(page: Pixels, box: Box, *, squeeze: float = 1.0) -> Pixels:
    """The box's content, upright, :data:`HEIGHT` pixels high; ``squeeze`` narrows it by that factor."""
    width = int(min(WIDEST, max(16.0, round(box.length / max(box.height, 1.0) * HEIGHT * squeeze / 8) * 8)))
    source = np.array(box.corners[:3], np.float32)
    # Corners are pixel edges; the centre of pixel 0 lies half a pixel inside.
    target = np.array([(0, 0), (width, 0), (width, HEIGHT)], np.float32)
    shrink = box.height / HEIGHT
    if shrink > 2:
        page, source = _smaller(page, source, shrink)
    matrix = cv2.getAffineTransform(source - 0.5, target - 0.5)
    pixels = cv2.warpAffine(page, matrix, (width, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(pixels, np.uint8)


def _smaller(page: Pixels, source: npt.NDArray[np.float32], shrink: float) -> tuple[Pixels, npt.NDArray[np.float32]]:
    """Only the surroundings of a big box, shrunk by averaging: sampling alone would skip pixels."""
    low = np.floor(source.min(axis=0) - 4).astype(int).clip(0)
    corner = source[0] + source[2] - source[1]
    points = np.vstack([source, corner])
    low = np.floor(points.min(axis=0) - 4).astype(int).clip(0)
    high = np.ceil(points.max(axis=0) + 4).astype(int)
    part = page[low[1] : high[1], low[0] : high[0]]
    if part.size == 0:
        return page, source
    factor = 1.5 / shrink
    size = max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    ratio = np.array([size[0] / part.shape[1], size[1] / part.shape[0]], np.float32)
    return np.asarray(small, np.uint8), ((source - low) * ratio).astype(np.float32)
