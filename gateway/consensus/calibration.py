"""How far an upstream's own confidence can be believed: how often others agreed with what it was that sure of. Pure."""

from __future__ import annotations

from bisect import bisect

from gateway.consensus.answers import UNITS
from gateway.consensus.vote import Ballot
from gateway.shadow.agreement import Tally

BANDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
"""Where one band of confidence ends and the next begins. Vendors' scores crowd at the upper end."""

ENOUGH = 30
"""Values after which a band's share says something."""

MOST = 1000
"""Values after which what a band has learnt counts half, so that it follows a reader that changes."""


class Calibration:
    """Learns from the answers that are voted on. Scores of two vendors are on no common scale; shares of agreement are.

    It is in memory alone and begins anew with the process. Its size is bounded by upstreams x fields x bands.
    """

    def __init__(self) -> None:
        self._tallies: dict[tuple[str, str, int], Tally] = {}

    def score(self, upstream: str, field: str, confidence: float) -> float | None:
        """The share of values, of this field and about this confidence, that others agreed with; None before there were
        :data:`ENOUGH`.
        """
        tally = self._tallies.get((upstream, field, bisect(BANDS, confidence)), Tally())
        return tally.rate if tally.n >= ENOUGH else None

    def learn(self, ballot: Ballot) -> None:
        """Enter every scored value on which there is a second opinion. It is agreed with where more than half of those who
        read the field, its own reader among them, have the same.
        """
        for unit in UNITS:
            voters = ballot.voters(unit)
            for place in voters if len(voters) > 1 else ():
                agreed = 2 * len(ballot.supporters(place, unit)) > len(voters)
                confidence = ballot.answers.document(place).confidence
                for name in ballot.answers.given(place, unit):
                    if name in confidence:
                        self._enter(ballot.answers.upstream(place), name, confidence[name], agreed)

    def _enter(self, upstream: str, field: str, confidence: float, agreed: bool) -> None:
        key = (upstream, field, bisect(BANDS, confidence))
        tally = self._tallies.get(key, Tally())
        if tally.n >= MOST:
            tally = Tally(tally.n // 2, tally.agreed // 2)
        self._tallies[key] = tally + Tally(1, int(agreed))
