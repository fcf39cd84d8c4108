"""A fixed division of a route's requests among its targets."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from gateway.model import Query
from gateway.routing.shares import Key, Ranges, in_buckets


class SplitPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which target is asked first. The others of ``targets`` follow in their order where it fails."""

    key: Key = Key.CALLER
    """What always goes to the same target: ``caller``, ``project_id``, ``enterprise_project_id``, or ``request`` for each
    request by itself."""

    weights: dict[str, float]
    """Targets and their shares, in any unit: ``{bangkok: 95, azure: 5}``. A target that is not here is a reserve."""

    def __post_init__(self) -> None:
        if any(weight < 0 or not math.isfinite(weight) for weight in self.weights.values()):
            raise ValueError("weights are numbers of 0 or more")
        total = sum(self.weights.values())
        if not 0 < total < math.inf:
            raise ValueError("weights: one must be above 0")


class Split:
    """``targets`` are those of the route. Ranges lie in their order, so that of two targets either may grow and keep its
    callers; of three, the first and the last.
    """

    def __init__(self, policy: SplitPolicy, targets: Sequence[str]) -> None:
        self.key = policy.key
        self._ranges = in_buckets({name: policy.weights[name] for name in targets if name in policy.weights})

    def ranges(self, _query: Query, /) -> Ranges:
        return self._ranges
