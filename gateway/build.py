"""The composition root: a loaded configuration becomes a nest of Recognizers. The only file that knows every part."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

import aiohttp

from gateway.clock import wall_clock
from gateway.config.load import LoadedConfig
from gateway.config.schema import AccountConfig, CallersConfig, RouteConfig
from gateway.events import Observer
from gateway.image.fetch import Fetcher
from gateway.image.fitter import Fitter
from gateway.image.load import ImageLoader
from gateway.image.obs import ObjectStorage
from gateway.journal.file import JournalFile
from gateway.journal.journal import Journal
from gateway.leaves import Rehearsed, Vendor, leaf_of
from gateway.local.local import LocalReader
from gateway.model import Query, Recognizer
from gateway.nest import Nest, bare
from gateway.resilience.cache import Cache
from gateway.resilience.coalesce import Coalesce
from gateway.resilience.failover import Failover
from gateway.routing.explain import Plan, RouteVerdict, explain
from gateway.routing.router import Route, Router
from gateway.upstream.transport import open_session
from gateway.wire.account import Account
from gateway.wire.auth import Callers, seconds_since_1970
from gateway.wire.vouch import Iam


class Gateway:
    """Everything that one configuration stands for. Enter it to start readers and open sessions, leave it to stop them.

    ``recognizer``, ``nests`` (the upstreams by name), ``loader`` and ``callers`` are there while it is entered; :meth:`explain` works without.
    """

    recognizer: Recognizer
    nests: Mapping[str, Nest]
    loader: ImageLoader
    callers: Callers

    def __init__(
        self,
        config: LoadedConfig,
        vendors: Mapping[str, Vendor | Rehearsed],
        readers: Mapping[str, LocalReader],
        observer: Observer,
    ) -> None:
        self._config = config
        self._vendors = vendors
        self._readers = readers
        self._observer = observer
        self._resources = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(open_session())
            fetch = self._config.settings.server.fetch
            fetcher = Fetcher(fetch)
            stack.push_async_callback(fetcher.close)
            for reader in self._readers.values():
                stack.push_async_callback(reader.close)
            await asyncio.gather(*(reader.start() for reader in self._readers.values()))
            fitter = stack.enter_context(Fitter())
            self.nests = {
                **{name: vendor.connect(session, fitter, self._observer) for name, vendor in self._vendors.items()},
                **{name: bare(name, reader, reader.supports) for name, reader in self._readers.items()},
            }
            self.recognizer = self._whole()
            self.loader = ImageLoader(ObjectStorage(fetcher, fetch.obs))
            self.callers = _callers(self._config.settings.callers, session)
            self._resources = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._resources.aclose()

    def explain(self, query: Query) -> list[RouteVerdict]:
        """Which route and targets would answer ``query``, and why not the others. Asks nobody."""
        known: dict[str, Vendor | Rehearsed | LocalReader] = {**self._vendors, **self._readers}
        plans = [
            Plan(route.name, route.when, [known[name] for name in route.targets])
            for route in self._config.settings.routes
        ]
        return explain(plans, query, wall_clock())

    def not_ready(self) -> list[str]:
        """Why no caller should be sent here yet; empty when all is well."""
        return [
            f"upstream {name}: the embedded reader is starting"
            for name, reader in self._readers.items()
            if not reader.ready
        ]

    def _whole(self) -> Recognizer:
        """All routes, behind what equal requests share."""
        server = self._config.settings.server
        whole: Recognizer = Router([self._route(route) for route in self._config.settings.routes], now=wall_clock)
        if server.coalesce:
            whole = Coalesce(whole)
        return whole if server.cache is None else Cache(whole, server.cache)

    def _route(self, config: RouteConfig) -> Route:
        failover = Failover(
            config.name,
            [self.nests[name].target() for name in config.targets],
            observer=self._observer,
            accept=config.accept,
            hedge=config.hedge,
        )
        return Route(config.name, config.when, failover)


def build(config: LoadedConfig, *, observer: Observer) -> Gateway:
    """Phase two: give every upstream's ``options`` and ``credentials`` their types.

    Raises :class:`gateway.config.errors.ConfigError` with every problem of both phases. Opens nothing, so it is also
    the whole of ``check``.
    """
    vendors: dict[str, Vendor | Rehearsed] = {}
    readers: dict[str, LocalReader] = {}
    for name, upstream in config.settings.upstreams.items():
        match leaf_of(name, upstream, observer):
            case LocalReader() as reader:
                readers[name] = reader
            case Vendor() | Rehearsed() as vendor:
                vendors[name] = vendor
            case None:
                pass  # reported
    config.source.raise_problems()
    return Gateway(config, vendors, readers, observer)


def open_journal(config: LoadedConfig, *, observer: Observer) -> Journal | None:
    """The journal that ``config`` asks for, with its first file; None where it asks for none.

    Raises :class:`gateway.config.errors.ConfigError` where nothing can be written.
    """
    settings = config.settings.journal
    if settings is None:
        return None
    folder = config.source.folder / settings.directory
    file = JournalFile(folder, max_bytes=settings.max_file, sync=settings.fsync == "batch")
    try:
        file.open(wall_clock().date())
    except OSError as error:
        settings.at.report(f"no file can be created in {folder}: {error.strerror}", "directory")
    config.source.raise_problems()
    return Journal(file, observer=observer, room=settings.queue)


def _callers(config: CallersConfig, session: aiohttp.ClientSession) -> Callers:
    """Everybody who may call; ``session`` is for asking the IAM."""
    iam = None if config.iam is None else Iam(config.iam.url, session, seconds_since_1970, config.iam.timeout)
    return Callers(
        config.anonymous,
        [_account(account) for account in config.accounts],
        token_key=config.token_key,
        iam=iam,
        replay_grace=config.replay_grace,
    )


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
    )
