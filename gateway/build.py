"""The composition root: a loaded configuration becomes a nest of Recognizers. The only file that knows every part."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from types import TracebackType
from typing import Self

from gateway import heads
from gateway.baseline.baseline import Baseline
from gateway.clock import wall_clock
from gateway.config.load import LoadedConfig
from gateway.config.schema import AccountConfig, CallersConfig, RouteConfig
from gateway.consensus.calibration import Calibration
from gateway.events import Event, Observer
from gateway.image.fetch import Fetcher
from gateway.image.load import ImageLoader
from gateway.image.obs import ObjectStorage
from gateway.leaves import Rehearsed, Vendor, leaf_of
from gateway.local.local import LocalReader
from gateway.migrate.gone import GoneWatch
from gateway.migrate.migration import Migration
from gateway.migrate.ramps import Ramps
from gateway.migrate.store import RampStore, open_ramp_store
from gateway.model import Query, Recognizer
from gateway.nest import Nest, bare
from gateway.recorders import baseline_key
from gateway.relay import Relay
from gateway.resilience.cache import Cache, Kept
from gateway.resilience.caller_limits import CallerLimitPolicy, CallerLimits
from gateway.resilience.coalesce import Coalesce, Flights
from gateway.resilience.hedge import HedgeBudget
from gateway.resilience.spending import Charging
from gateway.routes import Surroundings, check_keys, route_of
from gateway.routing.explain import RouteVerdict, explain
from gateway.routing.router import Router
from gateway.shadow.backlog import Backlog
from gateway.shared import Shared
from gateway.state.opening import Place, open_store
from gateway.state.store import Store
from gateway.tools import Tools, open_tools, state_place
from gateway.wire.account import ANONYMOUS, Account
from gateway.wire.auth import Callers, seconds_since_1970
from gateway.wire.vouch import Iam


class Gateway:
    """Everything that one configuration stands for. Enter it to start readers and open sessions, leave it to stop them.

    ``recognizer``, ``nests`` (the upstreams by name), ``state``, ``limits``, ``loader`` and ``callers`` are there while it
    is entered; :meth:`explain` works without. The other attributes are for the one that follows.
    """

    recognizer: Recognizer
    nests: Mapping[str, Nest]
    state: Store
    limits: CallerLimits
    loader: ImageLoader
    callers: Callers
    ramps: Ramps

    def __init__(
        self,
        config: LoadedConfig,
        vendors: Mapping[str, Vendor | Rehearsed],
        readers: Mapping[str, LocalReader],
        place: Place,
        relay: Relay,
    ) -> None:
        self.config = config
        self.vendors = dict(vendors)
        self.readers = readers
        self.tools: Shared[Tools] = Shared(open_tools())
        self.store: Shared[Store] = Shared(open_store(place, observer=relay))
        self.ramp_store: Shared[RampStore] = Shared(open_ramp_store(place, heads.ramp_folder(config)))
        self.migrations: dict[str, Migration] = {}
        self.hedges: dict[str, HedgeBudget] = {}
        self.flights: Flights | None = None
        self.kept: Kept | None = None
        self.backlog = Backlog()
        self.baseline: Baseline | None = None
        """Who takes answers down, where that is wanted; to be set, and entered, before this is."""
        self.calibrations: dict[str, Calibration] = {}
        self.journal: Observer | None = None
        """Also told what the upstreams do, from when it is set."""
        self.busy: Callable[[], bool] = lambda: False
        """Whether there is enough to do without what nobody waits for."""
        self.relay = relay
        self._before: Gateway | None = None
        self._resources = AsyncExitStack()

    def follow(self, before: Gateway) -> None:
        """Have this one, when it is entered, go on where ``before`` is, which is in use: what has not changed is kept
        running, and what is known about upstreams and callers stays known. ``before`` can be used until it is left.
        """
        self._before = before
        self.tools = before.tools
        self.relay.listeners = before.relay.listeners
        if self.config.settings.state == before.config.settings.state:
            self.store = before.store
            if heads.ramp_folder(self.config) == heads.ramp_folder(before.config):
                self.ramp_store = before.ramp_store
        for name in self.readers.keys() & before.readers.keys():
            self.readers[name].share(before.readers[name])

    async def __aenter__(self) -> Self:
        """All that can fail or takes time comes first; then everything is put together, and taken over, in one step."""
        async with AsyncExitStack() as stack:
            tools = await stack.enter_async_context(self.tools)
            self.state = await stack.enter_async_context(self.store)
            fetch = self.config.settings.server.fetch
            fetcher = Fetcher(fetch)
            stack.push_async_callback(fetcher.close)
            for reader in self.readers.values():
                stack.push_async_callback(reader.close)
            for failure in await asyncio.gather(*(r.start() for r in self.readers.values()), return_exceptions=True):
                if failure is not None:
                    raise failure
            ramp_store = await stack.enter_async_context(self.ramp_store)
            for route in self.config.settings.routes:
                if route.migrate is not None:
                    migration = Migration(route.name, route.migrate, ramp_store, observer=self._tell)
                    self.migrations[route.name] = await stack.enter_async_context(migration)
            self.ramps = Ramps(self.migrations.values())
            self.limits = CallerLimits(limits_by_caller(self.config.settings.callers), self.state)
            self.nests = {
                **{name: self._nest(vendor, tools) for name, vendor in list(self.vendors.items())},
                **{name: bare(name, reader, reader.supports) for name, reader in self.readers.items()},
            }
            stack.push_async_callback(self.backlog.drain, self.config.settings.server.drain)
            self.recognizer = self._whole()
            self.loader = ImageLoader(ObjectStorage(fetcher, fetch.obs))
            self.callers = self._callers(tools)
            gone = {name: upstream.gone for name, upstream in self.config.settings.upstreams.items()}
            self.relay.listeners[:] = [GoneWatch(gone, observer=self._tell), *self.migrations.values()]
            self._before = None
            self._resources = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._resources.aclose()

    def explain(self, query: Query) -> list[RouteVerdict]:
        """Which route and targets would answer ``query``, and why not the others. Asks nobody."""
        known: dict[str, Vendor | Rehearsed | LocalReader] = {**self.vendors, **self.readers}
        settings, now = self.config.settings, wall_clock()
        ramps = {
            route.name: self.migrations.get(route.name) or heads.glance(self.config, route, self.relay)
            for route in settings.routes
        }
        plans = [heads.plan(route, settings.upstreams, known, ramps[route.name], now) for route in settings.routes]
        return explain(plans, query, now)

    def not_ready(self) -> list[str]:
        """Why no caller should be sent here yet; empty when all is well."""
        return [
            f"upstream {name}: the embedded reader is starting"
            for name, reader in self.readers.items()
            if not reader.ready
        ]

    def _tell(self, event: Event) -> None:
        self.relay(event)
        if self.journal is not None:
            self.journal(event)

    def _nest(self, vendor: Vendor | Rehearsed, tools: Tools) -> Nest:
        """The upstream as it was where nothing about it has changed, else a new one that knows what that one knew."""
        name, before = vendor.name, self._before
        was, nest = (before.vendors.get(name), before.nests.get(name)) if before is not None else (None, None)
        if before is not None and was is not None and nest is not None and vendor.is_as(was):
            vendor = self.vendors[name] = was
            if nest.breaker is not None and self.store is before.store:
                nest.breaker.reconsider()
                return nest
        another = not vendor.is_account_of(was)
        if isinstance(vendor, Vendor) and isinstance(was, Vendor) and not another:
            vendor = self.vendors[name] = replace(vendor, credentials=was.credentials)  # with the tokens they hold
        return vendor.connect(tools.session, tools.fitter, self.relay, self.state, before=nest, another=another)

    def _whole(self) -> Recognizer:
        """All routes, behind what equal requests share. Answers of another configuration are not given any more."""
        server, before = self.config.settings.server, self._before
        same = before if before is not None and before.config.hash == self.config.hash else None
        around = Surroundings(
            nests=self.nests,
            observer=self._tell,
            state=self.state,
            backlog=self.backlog,
            baseline=self.baseline,
            busy=self._is_busy,
            upstreams=self.config.settings.upstreams,
            ramps=self.migrations,
        )
        routes = [
            route_of(route, around, self._hedges(route), self._calibration(route))
            for route in self.config.settings.routes
        ]
        whole: Recognizer = Router(routes, now=wall_clock)
        if self.limits.purses:
            whole = Charging(whole, self.limits.purses)
        if server.coalesce:
            whole = coalesce = Coalesce(whole, flights=same.flights if same is not None else None)
            self.flights = coalesce.flights
        if server.cache is not None:
            whole = cache = Cache(whole, server.cache, kept=same.kept if same is not None else None)
            self.kept = cache.kept
        return whole

    def _is_busy(self) -> bool:
        return self.busy()

    def _calibration(self, config: RouteConfig) -> Calibration | None:
        if config.consensus is None:
            return None
        learnt = self._before.calibrations.get(config.name) if self._before is not None else None
        calibration = self.calibrations[config.name] = learnt or Calibration()
        return calibration

    def _hedges(self, config: RouteConfig) -> HedgeBudget | None:
        if config.hedge is None:
            return None
        saved = self._before.hedges.get(config.name) if self._before is not None else None
        budget = self.hedges[config.name] = saved or HedgeBudget(config.hedge.budget)
        budget.follow(config.hedge.budget)
        return budget

    def _callers(self, tools: Tools) -> Callers:
        config, before = self.config.settings.callers, self._before
        iam = None if before is None or before.config.settings.callers.iam != config.iam else before.callers.iam
        if config.iam is not None and iam is None:
            iam = Iam(config.iam.url, tools.session, seconds_since_1970, config.iam.timeout)
        return Callers(
            config.anonymous,
            [_account(account) for account in config.accounts],
            token_key=config.token_key,
            iam=iam,
            replay_grace=config.replay_grace,
            memory=None if before is None else before.callers.memory,
        )


def build(config: LoadedConfig, *, observer: Observer) -> Gateway:
    """Phase two: give every upstream's ``options`` and ``credentials`` their types.

    Raises :class:`gateway.config.errors.ConfigError` with every problem of both phases. Opens nothing, so it is also
    the whole of ``check``.
    """
    relay = Relay(observer)
    vendors: dict[str, Vendor | Rehearsed] = {}
    readers: dict[str, LocalReader] = {}
    for name, upstream in config.settings.upstreams.items():
        match leaf_of(name, upstream, relay):
            case LocalReader() as reader:
                readers[name] = reader
            case Vendor() | Rehearsed() as vendor:
                vendors[name] = vendor
            case None:
                pass  # reported
    for route in config.settings.routes:
        check_keys(route)
    place = state_place(config)
    baseline_key(config)
    config.source.raise_problems()
    return Gateway(config, vendors, readers, place, relay)


def limits_by_caller(config: CallersConfig) -> dict[str, CallerLimitPolicy]:
    """The limits of each caller that has any, by its name; callers without a name share theirs."""
    limits = {account.name: account.limits for account in config.accounts if account.limits is not None}
    return limits if config.limits is None else {**limits, ANONYMOUS: config.limits}


def _account(config: AccountConfig) -> Account:
    return Account(
        config.name,
        frozenset(config.project_ids),
        token=config.token,
        access_key=None if config.access_key is None else config.access_key.reveal(),
        secret_key=config.secret_key,
        security_token=config.security_token,
        password=config.password,
        projects=config.projects,
        may_choose=config.may_choose,
    )
