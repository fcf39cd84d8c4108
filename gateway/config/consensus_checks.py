"""What must fit together in a route whose targets are to agree."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.config.schema import RouteConfig
from gateway.consensus.policy import MOST


def check_consensus(routes: Iterable[RouteConfig]) -> None:
    """Report what no request could ever fulfil, and what would never be obeyed, to its source."""
    for route in routes:
        policy, targets = route.consensus, len(route.targets)
        if policy is None:
            continue
        if policy.minimum > targets:
            route.at.report(f"{policy.minimum} answers of {targets} target(s)", "consensus", "minimum")
        if policy.of is not None and policy.of > targets:
            route.at.report(f"{policy.of} of {targets} target(s)", "consensus", "of")
        if targets > MOST:
            route.at.report(f"at most {MOST} targets can agree", "targets")
        if route.hedge is not None:
            route.at.report("targets that are to agree are asked at once anyway", "hedge")
