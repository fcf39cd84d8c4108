"""What must fit together in who is asked first: splits, ramps and where documents may go."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.config.schema import GatewayConfig, RouteConfig, UpstreamConfig
from gateway.routing.residency import excluded


def check_steering(settings: GatewayConfig) -> None:
    """Report routes that could not do what they say to their source."""
    for route in settings.routes:
        if route.split is not None and route.migrate is not None:
            route.at.report("a route has a split or a ramp, not both", "split")
        if route.consensus is not None:
            for key in ("split", "migrate"):
                if getattr(route, key) is not None:
                    route.at.report("of no use where all targets are asked at once", key)
        _check_residency(route, settings.upstreams)
        _check_split(route)
        _check_ramp(route, settings)


def _check_residency(route: RouteConfig, upstreams: Mapping[str, UpstreamConfig]) -> None:
    known = [name for name in route.targets if name in upstreams]
    if known and all(_outside(route, upstreams, name) for name in known):
        route.at.report("no target is in one of these regions: every request would be refused", "residency")
    firsts: dict[tuple[str, ...], str] = {
        ("split", "weights", name): name
        for name, weight in (route.split.weights.items() if route.split else ())
        if weight
    }
    if route.shadow is not None:
        firsts["shadow", "candidate"] = route.shadow.candidate
    if route.migrate is not None:
        firsts |= {("migrate", "from"): route.migrate.source, ("migrate", "to"): route.migrate.target}
    for place, name in firsts.items():
        reason = _outside(route, upstreams, name)
        if reason is not None:
            route.at.report(f"{name} {reason}", *place)


def _outside(route: RouteConfig, upstreams: Mapping[str, UpstreamConfig], name: str) -> str | None:
    upstream = upstreams.get(name)
    return None if upstream is None else excluded(route.residency, upstream.region, upstream.adapter)


def _check_split(route: RouteConfig) -> None:
    for name in () if route.split is None else route.split.weights:
        if name not in route.targets:
            route.at.report_unknown("target of this route", name, route.targets, "split", "weights", name)


def _check_ramp(route: RouteConfig, settings: GatewayConfig) -> None:
    ramp, upstreams = route.migrate, settings.at.child("upstreams").keys()
    if ramp is None:
        return
    if ramp.source not in route.targets:
        route.at.report_unknown("target of this route", ramp.source, route.targets, "migrate", "from")
    if ramp.target not in upstreams:
        route.at.report_unknown("upstream", ramp.target, upstreams, "migrate", "to")
    compared = route.shadow is not None and route.shadow.candidate in {ramp.source, ramp.target}
    if ramp.gates.agreement and not compared:
        text = f"nothing is compared: give the route a shadow with candidate {ramp.target}"
        route.at.report(text, "migrate", "gates", "agreement")
    new = settings.upstreams.get(ramp.target)
    if ramp.gates.cost is not None and new is not None and not new.price:
        route.at.report(f"of no use while {ramp.target} has no price", "migrate", "gates", "cost")
    if settings.state.address() is None and settings.state.directory is None and settings.journal is None:
        route.at.report(
            "its state would be lost with the process: give state.directory or journal.directory, or, for several "
            "replicas, state.url",
            "migrate",
        )
