"""One route of a configuration as a nest of Recognizers: who answers, and who is tried out behind the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from gateway import heads
from gateway.baseline.baseline import Baseline
from gateway.baseline.keys import sealing_key
from gateway.config.schema import RouteConfig, UpstreamConfig
from gateway.consensus.calibration import Calibration
from gateway.consensus.consensus import Consensus
from gateway.events import Observer
from gateway.migrate.brownout import Brownout
from gateway.migrate.migration import Migration
from gateway.model import Query, Recognizer
from gateway.nest import Nest
from gateway.resilience.failover import Failover, Target
from gateway.resilience.hedge import HedgeBudget
from gateway.routing.residency import excluded
from gateway.routing.router import Route
from gateway.shadow.backlog import Backlog
from gateway.shadow.finding import INFO
from gateway.shadow.mirror import Shadow
from gateway.shadow.policy import ShadowPolicy
from gateway.state.purse import Purse
from gateway.state.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What all routes of one configuration have in common. ``nests`` are its upstreams by name, ``baseline`` takes their
    answers down, and ``busy`` tells that there is enough to do without comparisons. ``ramps`` are those of its routes by name.
    """

    nests: Mapping[str, Nest]
    observer: Observer
    baseline: Baseline | None
    state: Store
    backlog: Backlog
    busy: Callable[[], bool]
    upstreams: Mapping[str, UpstreamConfig]
    ramps: Mapping[str, Migration]


def route_of(
    config: RouteConfig, around: Surroundings, hedges: HedgeBudget | None, calibration: Calibration | None
) -> Route:
    """The route that ``config`` describes, where nothing in it is wrong; ``hedges`` and ``calibration`` are what is known
    from before, where the route has a use for it.
    """
    recognizer = _answering(config, around, hedges, calibration)
    if config.shadow is not None:
        recognizer = _shadowed(recognizer, config, config.shadow, around)
    return Route(config.name, config.when, recognizer)


def _answering(
    config: RouteConfig, around: Surroundings, hedges: HedgeBudget | None, calibration: Calibration | None
) -> Recognizer:
    if config.consensus is not None:
        return Consensus(
            config.name,
            [_target(name, around) for name in config.targets if name not in heads.outside(config, around.upstreams)],
            config.consensus,
            observer=around.observer,
            accept=config.accept,
            calibration=calibration,
        )

    def arm(names: Sequence[str]) -> Recognizer:
        targets = [_target(name, around) for name in names]
        return Failover(
            config.name, targets, observer=around.observer, accept=config.accept, hedge=config.hedge, budget=hedges
        )

    supports = {name: nest.supports for name, nest in around.nests.items()}
    return heads.recognizer(config, around.upstreams, supports, arm, around.ramps.get(config.name))


def _target(name: str, around: Surroundings) -> Target:
    """The upstream, its answers taken down where they are to be, and its end rehearsed where that is planned."""
    target = around.nests[name].target()
    if around.baseline is not None:
        target = replace(target, recognizer=around.baseline.around(name, target.recognizer))
    brownout = around.upstreams[name].brownout
    return target if brownout is None else replace(target, recognizer=Brownout(target.recognizer, name, brownout))


def _shadowed(recognizer: Recognizer, config: RouteConfig, policy: ShadowPolicy, around: Surroundings) -> Shadow:
    purse = None if policy.budget is None else Purse(around.state, f"shadow:{config.name}", policy.budget)
    return Shadow(
        recognizer,
        policy,
        _candidate(policy.candidate, config, around),
        route=config.name,
        controls={name: around.nests[name].target() for name in heads.names(config)},
        observer=around.observer,
        backlog=around.backlog,
        purse=purse,
        busy=around.busy,
        seal=None if policy.values_key is None else sealing_key(policy.values_key.reveal(), INFO).seal,
    )


def _candidate(name: str, config: RouteConfig, around: Surroundings) -> Target:
    """The upstream that is tried out; one where documents may not go takes none."""
    target = around.nests[name].target()
    inside = excluded(config.residency, around.upstreams[name].region, around.upstreams[name].adapter) is None
    return target if inside else replace(target, supports=_nothing)


def _nothing(_query: Query) -> bool:
    return False


def check_keys(config: RouteConfig) -> None:
    """Report a key for values that is none to the source of ``config``."""
    if config.shadow is None or config.shadow.values_key is None:
        return
    try:
        sealing_key(config.shadow.values_key.reveal(), INFO)
    except ValueError as error:
        config.at.child("shadow").report(str(error), "values_key")
