"""How often each picture has come by, so that a request that is made again is another draw."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 65_536
"""Pictures; the one that came by longest ago is forgotten for the next, and counts as new."""


class Ordinals:
    """Counts requests by picture, not by arrival: the order in which other pictures come changes nothing."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._counts: OrderedDict[str, int] = OrderedDict()

    def next(self, sha256: str) -> int:
        """0 for the first request with this picture, 1 for the second, and so on."""
        ordinal = self._counts.pop(sha256, -1) + 1
        self._counts[sha256] = ordinal
        if len(self._counts) > self._remembered:
            self._counts.popitem(last=False)
        return ordinal
