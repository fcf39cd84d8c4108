"""The page turned so that its text runs to the right, whichever way the picture was taken."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gateway.adapters.text.engine import Corners
from gateway.reader.text import Line


def upright(lines: Sequence[Line], guide: Sequence[Line]) -> list[Line]:
    """``lines`` with their boxes turned around the picture's corner, so that those of ``guide`` run to the right.

    Boxes begin at the top left of the text as it is read, so that long lines tell which way that is.
    """
    x = math.fsum(line.box[1][0] - line.box[0][0] for line in guide)
    y = math.fsum(line.box[1][1] - line.box[0][1] for line in guide)
    length = math.hypot(x, y)
    if not length:
        return list(lines)
    return [Line(line.text, _turned(line.box, x / length, y / length), line.scores) for line in lines]


def _turned(box: Corners, cosine: float, sine: float) -> Corners:
    first, second, third, fourth = ((x * cosine + y * sine, y * cosine - x * sine) for x, y in box)
    return first, second, third, fourth
