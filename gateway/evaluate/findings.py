"""Everything that a run found out, before it is told as a page or as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from gateway.evaluate.measure import Measure, Seen
from gateway.evaluate.run import Ending
from gateway.evaluate.verdicts import Standing
from gateway.migrate.gates import Verdict
from gateway.migrate.pairs import TABLE_1_PAIRS


@dataclass(frozen=True)
class Findings:
    """``upstreams`` in the order of the command line: where there is no truth, the first is what the others are compared
    with. ``takes`` tells by pair and upstream who can be asked for what. ``unknown`` are pictures that a killed run may
    have paid for and that have no result.
    """

    upstreams: Sequence[str]
    with_truth: bool
    pictures: Sequence[Seen]
    measures: Mapping[tuple[str, str], Measure]
    standings: Sequence[Standing]
    takes: Mapping[tuple[str, str], bool]
    ending: Ending
    total: int
    spent: float
    unknown: int
    config: str
    at: datetime

    @property
    def control(self) -> str:
        return self.upstreams[0]

    @property
    def compared(self) -> bool:
        """Whether it is known how well anything was read, and not only whether."""
        return self.with_truth or len(self.upstreams) > 1

    @property
    def reference(self) -> str:
        """What answers are held against, in words."""
        return "the truth" if self.with_truth else f"the answers of {self.control}"

    @property
    def verdict(self) -> Verdict:
        """``pass`` where every standing is: go."""
        given = {standing.verdict for standing in self.standings}
        if not given:
            return Verdict.ERROR
        order = (Verdict.FAIL, Verdict.ERROR, Verdict.INCONCLUSIVE, Verdict.PASS)
        return next(verdict for verdict in order if verdict in given)

    @cached_property
    def overall(self) -> Mapping[str, Measure]:
        """All pairs together, by upstream."""
        whole = {upstream: Measure() for upstream in self.upstreams}
        for (_, upstream), measure in self.measures.items():
            whole[upstream].update(measure)
        return whole

    @property
    def pairs(self) -> list[str]:
        """Those of Table 1 in its order, and what else was seen."""
        others = sorted({pair for pair, _ in self.measures} - set(TABLE_1_PAIRS))
        return [*TABLE_1_PAIRS, *others]

    def compared_upstreams(self) -> list[str]:
        """Those of which it is known how well they read."""
        return [name for name in self.upstreams if self.overall[name].classes]

    def worst(self, most: int) -> list[Seen]:
        """The pictures with most to look at first."""
        return sorted((one for one in self.pictures if one.wrong), key=lambda one: (-one.wrong, one.file))[:most]


def trouble(one: Seen, upstream: str) -> str:
    """What is to be looked at in one picture at one upstream, in words without a value; empty where nothing is."""
    line = one.lines.get(upstream)
    if line is None:
        return "not asked"
    if not line.answered:
        return line.outcome
    return ", ".join([*one.held[upstream].disagreeing, *(f"check: {name}" for name in line.failures)])
