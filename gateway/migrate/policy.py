"""What a route's ``migrate`` may ask for."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

import msgspec

from gateway.migrate.gates import GatePolicy
from gateway.routing.match import Moment
from gateway.routing.shares import Key

Percent: TypeAlias = Annotated[float, msgspec.Meta(gt=0, le=100, description="a percentage above 0, at most 100")]


class AdvancePolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a step has lasted long enough to be judged. Both have to be there: a night without callers proves nothing."""

    samples: Annotated[int, msgspec.Meta(ge=1, le=1_000_000, description="a whole number from 1 to 1000000")] = 200
    """Requests at the new upstream, on this step."""

    after: Annotated[float, msgspec.Meta(ge=0, le=31_536_000, description="seconds, at most those of a year")] = 600.0
    """Seconds on this step. After a step back it is twice as many, after the next one four times, up to 32 times."""


class RampPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Move from one upstream to another: a share of the requests asks the new one first, and grows step by step."""

    source: str = msgspec.field(name="from")
    """The old upstream, one of ``targets``."""

    target: str = msgspec.field(name="to")
    """The new upstream. Where it is not among ``targets`` too, it is asked first or not at all."""

    steps: Annotated[tuple[Percent, ...], msgspec.Meta(min_length=1)] = (1.0, 5.0, 25.0, 50.0, 100.0)
    """Percentages, each larger than the one before."""

    key: Key = Key.CALLER
    """What stays on one side while the share grows: ``caller``, ``project_id``, ``enterprise_project_id``, or ``request``.
    With few callers take ``request``, as a share of them may be none or all."""

    per: Literal["pair", "route"] = "pair"
    """``pair``: every country and type that callers ask for climbs by itself. ``route``: all together."""

    advance: AdvancePolicy = AdvancePolicy()
    """When a step is judged."""

    gates: GatePolicy = GatePolicy()
    """What the next step depends on. Without any, samples and time do."""

    on_fail: Literal["hold", "step_back", "rollback"] = "step_back"
    """What a gate that fails brings about: ``hold`` waits for an operator, ``step_back`` tries again later from the step
    before, ``rollback`` asks the old upstream alone. One step back from the first is a rollback."""

    cutover: Moment | None = None
    """From this moment on everything asks the new upstream first, whatever the gates say."""

    on_gone: Literal["tell", "cutover"] = "tell"
    """What follows when the old upstream is gone for good: a word in log and metrics, or that and the same as ``cutover``."""

    def __post_init__(self) -> None:
        if self.source == self.target:
            raise ValueError("from and to are the same")
        if any(one >= other for one, other in pairwise(self.steps)):
            raise ValueError("steps: each is larger than the one before")
