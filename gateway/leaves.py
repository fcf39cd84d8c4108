"""The upstreams of a configuration, their options typed and checked, before there is a session to call them with."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp

from gateway.adapters.registry import ADAPTERS
from gateway.config.convert import convert, convert_by_type
from gateway.config.schema import UpstreamConfig
from gateway.credentials.registry import CREDENTIALS
from gateway.events import Observer
from gateway.exchange import Adapter, Credentials
from gateway.image.fitter import Fitter
from gateway.local.local import LocalOptions, LocalReader
from gateway.model import Query
from gateway.nest import Nest, nest
from gateway.replay.options import ReplayOptions
from gateway.replay.recordings import load
from gateway.replay.replay import Replay
from gateway.state.store import Store
from gateway.upstream.reach import Reach
from gateway.upstream.upstream import Upstream, takes

EMBEDDED = "local"
"""The adapter that reads here, in processes of its own."""

REHEARSED = "replay"
"""The adapter that reads nothing: it plays recorded answers."""

NOT_FOR_EMBEDDED = (
    "credentials", "timeout", "connect_timeout", "first_byte_timeout", "idle_timeout", "retry", "breaker", "limits",
    "budget",
)  # fmt: skip
"""Settings of an upstream that the embedded reader has no use for: nothing of it is far away, and it queues by itself."""


RAW = frozenset({"options", "credentials", "at"})
"""Parts of an upstream's section that are compared as what they were turned into."""

NOT_FOR_REHEARSED = ("credentials", "connect_timeout", "first_byte_timeout", "idle_timeout")


@dataclass(frozen=True, slots=True)
class Vendor:
    """One HTTP upstream, typed and checked, before there is a session to call it with."""

    name: str
    config: UpstreamConfig
    adapter: Adapter
    credentials: Credentials | None
    reach: Reach

    def supports(self, query: Query) -> bool:
        return takes(self.adapter, query)

    def is_account_of(self, other: Vendor | Rehearsed | None) -> bool:
        """Whether ``other`` calls the same API of the same vendor with the same credentials."""
        return isinstance(other, Vendor) and (self.adapter, self.credentials) == (other.adapter, other.credentials)

    def is_as(self, other: Vendor | Rehearsed | None) -> bool:
        """Whether ``other`` is the same in every respect."""
        return other is not None and self.is_account_of(other) and policies(self.config) == policies(other.config)

    def connect(
        self,
        session: aiohttp.ClientSession,
        fitter: Fitter,
        observer: Observer,
        store: Store,
        *,
        before: Nest | None = None,
        another: bool = False,
    ) -> Nest:
        """The upstream as it is asked; ``before`` and ``another`` are told to :func:`gateway.nest.nest`."""
        leaf = Upstream(
            self.name,
            self.adapter,
            session=session,
            observer=observer,
            fitter=fitter,
            credentials=self.credentials,
            timeout=self.config.timeout,
            connect_timeout=self.config.connect_timeout,
            first_byte_timeout=self.config.first_byte_timeout,
            idle_timeout=self.config.idle_timeout,
            price=self.config.price,
        )
        return nest(
            self.name,
            leaf,
            self.supports,
            self.config,
            observer=observer,
            check=self.reach,
            store=store,
            before=before,
            another=another,
        )


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One upstream of recorded answers, which needs no session."""

    name: str
    config: UpstreamConfig
    options: ReplayOptions
    leaf: Replay

    def supports(self, query: Query) -> bool:
        return self.leaf.supports(query)

    def is_account_of(self, other: Vendor | Rehearsed | None) -> bool:
        """Whether ``other`` plays the same."""
        return isinstance(other, Rehearsed) and self.options == other.options

    def is_as(self, other: Vendor | Rehearsed | None) -> bool:
        """Whether ``other`` is the same in every respect; of a folder of recordings that is never known."""
        same = other is not None and self.is_account_of(other) and policies(self.config) == policies(other.config)
        return same and self.options.directory is None

    def connect(
        self,
        _session: aiohttp.ClientSession,
        _fitter: Fitter,
        observer: Observer,
        store: Store,
        *,
        before: Nest | None = None,
        another: bool = False,
    ) -> Nest:
        return nest(
            self.name,
            self.leaf,
            self.supports,
            self.config,
            observer=observer,
            store=store,
            before=before,
            another=another,
        )


def policies(config: UpstreamConfig) -> tuple[object, ...]:
    """The settings of an upstream that every adapter has."""
    return tuple(getattr(config, name) for name in config.__struct_fields__ if name not in RAW)


def leaf_of(name: str, upstream: UpstreamConfig, observer: Observer) -> Vendor | Rehearsed | LocalReader | None:
    """What ``upstream`` describes; None where something in it is wrong, which has then been reported to its source."""
    if upstream.adapter == EMBEDDED:
        return _embedded(name, upstream, observer)
    if upstream.adapter == REHEARSED:
        return _rehearsed(name, upstream, observer)
    return _vendor(name, upstream)


def _embedded(name: str, upstream: UpstreamConfig, observer: Observer) -> LocalReader | None:
    for key in NOT_FOR_EMBEDDED:
        if key in upstream.at:
            upstream.at.report("the embedded reader has no such setting; its time is options.budget", key)
    options = convert(upstream.options, LocalOptions)
    return None if options is None else LocalReader(name, options, observer, upstream.price)


def _rehearsed(name: str, upstream: UpstreamConfig, observer: Observer) -> Rehearsed | None:
    for key in NOT_FOR_REHEARSED:
        if key in upstream.at:
            upstream.at.report("recorded answers have no such setting: nobody is called", key)
    options = convert(upstream.options, ReplayOptions)
    if options is None:
        return None
    recordings = None
    if options.directory is not None:
        try:
            recordings = load(upstream.at.source.folder / options.directory)
        except (OSError, ValueError) as error:
            upstream.options.report(str(error), "directory")
            return None
    leaf = Replay(name, options, observer, upstream.price, recordings=recordings, timeout=upstream.timeout)
    return Rehearsed(name, upstream, options, leaf)


def _vendor(name: str, upstream: UpstreamConfig) -> Vendor | None:
    kind = ADAPTERS.get(upstream.adapter)
    if kind is None:
        upstream.at.report_unknown("adapter", upstream.adapter, [*ADAPTERS, EMBEDDED, REHEARSED], "adapter")
        return None
    adapter = convert(upstream.options, kind)
    credentials = None
    if upstream.credentials is not None:
        credentials = convert_by_type(upstream.credentials, CREDENTIALS, "credentials scheme")
    return None if adapter is None else Vendor(name, upstream, adapter, credentials, Reach(adapter.endpoint))
