"""What a route's settings say about who is asked first, who may be asked at all, and who is still needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from gateway.config.load import LoadedConfig
from gateway.config.schema import GatewayConfig, RouteConfig, UpstreamConfig
from gateway.events import Observer
from gateway.migrate.end_of_life import Need, warnings
from gateway.migrate.migration import Migration
from gateway.migrate.steering import Arm, RampShares, head
from gateway.migrate.store import FileRampStore, MemoryRampStore
from gateway.model import Query, Recognizer
from gateway.routing.explain import Candidate, Plan
from gateway.routing.residency import excluded
from gateway.routing.shares import Shares
from gateway.routing.split import Split
from gateway.state.store import StateUnavailable

Upstreams = Mapping[str, UpstreamConfig]
Supports = Callable[[Query], bool]


def outside(route: RouteConfig, upstreams: Upstreams) -> dict[str, str]:
    """Why documents of ``route`` may not go to some of its upstreams, by name."""
    reasons = {
        name: excluded(route.residency, upstreams[name].region, upstreams[name].adapter) for name in names(route)
    }
    return {name: reason for name, reason in reasons.items() if reason is not None}


def names(route: RouteConfig) -> list[str]:
    """The upstreams that may answer callers on ``route``, in order."""
    new = [] if route.migrate is None else [route.migrate.target]
    return list(dict.fromkeys((*route.targets, *new)))


def shares(route: RouteConfig, supports: Mapping[str, Supports], migration: Migration | None) -> Shares | None:
    """Who divides the requests of ``route``, if anybody does."""
    if migration is not None:
        return RampShares(migration, supports[migration.policy.target])
    return None if route.split is None else Split(route.split, route.targets)


def recognizer(
    route: RouteConfig,
    upstreams: Upstreams,
    supports: Mapping[str, Supports],
    arm: Arm,
    migration: Migration | None,
) -> Recognizer:
    """The head of ``route`` over arms made by ``arm``, within its residency."""
    away = outside(route, upstreams)
    inside = [name for name in route.targets if name not in away]
    return head(route.name, inside, arm, shares=shares(route, supports, migration), migration=migration)


def plan(
    route: RouteConfig,
    upstreams: Upstreams,
    known: Mapping[str, Candidate],
    migration: Migration | None,
    now: datetime,
) -> Plan:
    """``route`` for ``explain``."""
    new = "" if route.migrate is None or route.migrate.target in route.targets else route.migrate.target
    return Plan(
        route.name,
        route.when,
        [known[name] for name in names(route)],
        shares=shares(route, {name: candidate.supports for name, candidate in known.items()}, migration),
        newcomer=new,
        outside=outside(route, upstreams),
        notes={name: "; ".join(_notes(name, upstreams[name], migration, now)) for name in names(route)},
    )


def ramp_folder(config: LoadedConfig) -> Path | None:
    """Where the state of ramps is kept while replicas share nothing."""
    settings = config.settings
    folder = settings.state.directory or (settings.journal.directory if settings.journal else None)
    return None if folder is None else config.source.folder / folder


def glance(config: LoadedConfig, route: RouteConfig, observer: Observer) -> Migration | None:
    """The ramp of ``route`` as it was last kept, for who is not part of it. One that is kept far away is not looked at."""
    if route.migrate is None:
        return None
    folder = ramp_folder(config)
    migration = Migration(route.name, route.migrate, MemoryRampStore(), observer=observer)
    if config.settings.state.address() is None and folder is not None:
        with suppress(StateUnavailable):
            migration.recall(FileRampStore(folder).read(route.name))
    return migration


def _notes(name: str, upstream: UpstreamConfig, migration: Migration | None, now: datetime) -> Iterator[str]:
    if upstream.brownout is not None:
        yield upstream.brownout.note(now)
    if upstream.end_of_life is not None:
        yield f"{'ended' if upstream.end_of_life <= now else 'ends'} on {upstream.end_of_life.date()}"
    if migration is not None and migration.policy.target == name and not migration.known:
        yield "how far the ramp is, only a running gateway knows"


def ends(settings: GatewayConfig) -> dict[str, datetime]:
    """When upstreams end, of those that do."""
    return {
        name: upstream.end_of_life for name, upstream in settings.upstreams.items() if upstream.end_of_life is not None
    }


def end_warnings(settings: GatewayConfig, now: datetime) -> Sequence[str]:
    """A line for each upstream that ends soon and is needed then."""
    needs = [Need(route.name, route.targets, route.migrate) for route in settings.routes]
    return warnings(ends(settings), needs, now)
