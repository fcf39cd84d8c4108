"""What must fit together across sections and can be judged from the settings alone."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.config.account_checks import check_accounts
from gateway.config.consensus_checks import check_consensus
from gateway.config.limit_checks import check_limits
from gateway.config.schema import AccountConfig, GatewayConfig, RouteConfig
from gateway.config.section import Section
from gateway.config.steering_checks import check_steering
from gateway.routing.match import Condition

RESERVED = frozenset({"none", "other", "anonymous"})
"""Names that metrics and logs use for what has no name of its own."""


def check(settings: GatewayConfig) -> None:
    """Report every contradiction to the source of ``settings``.

    Names are looked up as written, so an upstream that is itself wrong is not also reported as unknown.
    """
    upstreams = settings.at.child("upstreams")
    _check_presence(settings)
    for name in set(upstreams.keys()) & RESERVED:
        upstreams.report(f"the name {name} is reserved", name)
    _check_names(settings.routes, "route")
    _check_names(settings.callers.accounts, "account")
    check_accounts(settings)
    check_limits(settings)
    check_steering(settings)
    for number in range(len(settings.at.child("routes"))):
        _check_upstreams(settings.at.child("routes").child(number).child("targets"), upstreams.keys())
    _check_upstreams(settings.at.child("baseline").child("upstreams"), upstreams.keys())
    _check_callers(settings)
    _check_hedges(settings.routes)
    check_consensus(settings.routes)
    _check_shadows(settings.routes, upstreams.keys())
    _check_reachable(settings.routes)


def _check_presence(settings: GatewayConfig) -> None:
    at = settings.at
    if _is_empty(at.child("upstreams")):
        at.report('no upstream: name at least one, such as "local: {adapter: local}"', "upstreams")
    if _is_empty(at.child("routes")):
        at.report('no route: add at least one, such as "- {name: default, targets: [local]}"', "routes")
    callers = at.child("callers")
    if not settings.callers.anonymous and _is_empty(callers.child("accounts")) and not callers.has_problems():
        callers.report("nobody could call: add accounts or set anonymous to true")


def _is_empty(section: Section) -> bool:
    """Whether nothing is there or an empty mapping or list; a wrong kind of value is reported elsewhere."""
    return len(section) == 0 and not section.has_problems()


def _check_names(named: Iterable[RouteConfig] | Iterable[AccountConfig], what: str) -> None:
    first: dict[str, int] = {}
    for entry in named:
        if entry.name in first:
            entry.at.report(f"another {what} is called {entry.name}, in line {first[entry.name]}", "name")
        if entry.name in RESERVED:
            entry.at.report(f"the name {entry.name} is reserved", "name")
        first.setdefault(entry.name, entry.at.node.line)


def _check_upstreams(listed: Section, upstreams: tuple[str, ...]) -> None:
    """A list of names of upstreams."""
    seen: set[str] = set()
    for index in range(len(listed)):
        name = listed.child(index).node.value
        if not isinstance(name, str):
            continue
        if name not in upstreams:
            listed.report_unknown("upstream", name, upstreams, index)
        if name in seen:
            listed.report(f"{name} stands here twice", index)
        seen.add(name)


def _check_hedges(routes: Iterable[RouteConfig]) -> None:
    for route in routes:
        if route.hedge is not None and len(route.targets) == 1:
            route.at.report("there is no second target to ask", "hedge")


def _check_shadows(routes: Iterable[RouteConfig], upstreams: tuple[str, ...]) -> None:
    """Names are looked up as written, like those of targets."""
    for route in routes:
        if route.shadow is None:
            continue
        at, candidate = route.at.child("shadow"), route.shadow.candidate
        if candidate not in upstreams:
            at.report_unknown("upstream", candidate, upstreams, "candidate")
        elif set(route.targets) == {candidate}:
            at.report(f"{candidate} is the only target: there is nobody to compare it with", "candidate")


def _check_callers(settings: GatewayConfig) -> None:
    """A condition on a caller that does not exist would send its requests elsewhere without a word."""
    accounts = settings.at.child("callers").child("accounts")
    names = [accounts.child(index).child("name").node.value for index in range(len(accounts))]
    known = [name for name in names if isinstance(name, str)] + ["anonymous"] * settings.callers.anonymous
    for route in settings.routes:
        wanted = route.when.caller
        for name in sorted({wanted} if isinstance(wanted, str) else wanted or ()):
            if name not in known:
                route.at.child("when").report_unknown("caller", name, known, "caller")


def _check_reachable(routes: Iterable[RouteConfig]) -> None:
    catch_all: RouteConfig | None = None
    for route in routes:
        if catch_all:
            route.at.report(f"never reached: the route {catch_all.name} before it takes everything")
        elif route.when == Condition() and not route.at.child("when").has_problems():
            catch_all = route
