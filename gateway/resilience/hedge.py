"""When a slow target is worth asking a second one beside it, and how often that may be done."""

from __future__ import annotations

from typing import Annotated

import msgspec


class HedgePolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask the next target too when one takes long; the first good answer wins and the other is let go. Each is paid for."""

    after: Annotated[float, msgspec.Meta(ge=0.1, le=60, description="seconds from 0.1 to 60")]
    """Seconds without an answer after which the next target is asked as well."""

    budget: Annotated[float, msgspec.Meta(gt=0, le=1, description="a share above 0, at most 1")] = 0.05
    """Share of the route's requests that may have a second attempt beside the first."""


class HedgeBudget:
    """Saves a share of every request and spends one for every hedge, so that a slow spell cannot double the bill."""

    MOST_SAVED = 10.0
    """Hedges that may come at once after a long calm."""

    def __init__(self, share: float) -> None:
        self._share = share
        self._saved = 1.0

    def follow(self, share: float) -> None:
        """Save this share from now on; what is saved stays."""
        self._share = share

    def earn(self) -> None:
        """A request has come."""
        self._saved = min(self._saved + self._share, self.MOST_SAVED)

    def spend(self) -> bool:
        """Whether a hedge may be made now; it is counted then."""
        # 20 times 0.05 is a hair less than 1
        if self._saved < 1 - 1e-9:
            return False
        self._saved -= 1
        return True
