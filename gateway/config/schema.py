"""The settings of the gateway: one Struct per section of the YAML, each field documented beneath it.

``options`` and ``credentials`` of an upstream stay raw here: their types are known to the registries of adapters and
credentials, and ``build`` converts them with :func:`gateway.config.convert.convert`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from gateway.config.section import Here, Section
from gateway.config.types import Listen, Money, Name, ProjectId, Seconds, SecondsOrZero, Size
from gateway.image.fetch import FetchPolicy
from gateway.routing.match import Condition
from gateway.secret import Secret


class ServerConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The side that callers see."""

    listen: Listen = Listen("0.0.0.0", 8080)  # noqa: S104 - callers are on other machines
    """Where callers connect, ``host:port``; port 0 takes any free one."""

    deadline: Seconds = 30.0
    """Seconds that one request may take in all, whatever is tried on its behalf."""

    body_memory: Size = Size(512 * 2**20)
    """Bytes of request bodies held at once; a request beyond that is refused as overloaded."""

    drain: SecondsOrZero = 30.0
    """Seconds that requests under way are given to finish when the gateway stops."""

    parity: Literal["extended", "strict"] = "extended"
    """``extended`` adds ``X-Gateway-*`` reply headers; ``strict`` answers with the old API's headers only."""

    countries: Literal["table1", "any"] = "table1"
    """What a caller may ask for in ``country_region``: the countries of the old API's Table 1, or any."""

    fetch: FetchPolicy = FetchPolicy()
    """How pictures given by ``url`` are downloaded."""


class AdminConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The side that operators see. It is not authenticated: keep it off public networks."""

    listen: Listen = Listen("127.0.0.1", 9090)
    """Where health, readiness and metrics are served, ``host:port``; port 0 takes any free one."""


class AccountConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One caller that is let in."""

    name: Name
    """What the caller is called in logs and in route conditions; unique."""

    project_ids: Annotated[tuple[ProjectId, ...], Meta(min_length=1)]
    """The project ids that the caller may use in its request paths."""

    token: Secret
    """The value that the caller sends as ``X-Auth-Token``; unique."""

    at: Here


class CallersConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is answered."""

    anonymous: bool = False
    """Answer anyone, with any project id and without a token."""

    accounts: tuple[AccountConfig, ...] = ()
    """The callers that are let in, by token."""


class UpstreamConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One reader of documents: a vendor's endpoint with our credentials, or the embedded one."""

    adapter: str
    """The code that speaks to it, such as ``local`` or ``huawei_id_document``."""

    options: Section
    """The adapter's own options."""

    credentials: Section | None = None
    """How requests are signed: ``type`` names the scheme, the other keys are the scheme's own."""

    timeout: Seconds = 20.0
    """Seconds that one attempt may take."""

    connect_timeout: Seconds = 3.0
    """Seconds that making the connection may take; part of ``timeout``."""

    price: Money = 0.0
    """What one attempt costs, in the currency of your choice; adds up in ``X-Gateway-Cost`` and the metrics."""

    at: Here


class RouteConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which requests go to which upstreams. The first route whose condition holds answers."""

    name: Name
    """What the route is called in logs, metrics and reply headers; unique."""

    when: Condition = Condition()
    """What a request must be like; without it the route takes everything."""

    targets: Annotated[tuple[str, ...], Meta(min_length=1)]
    """Upstreams in the order of failover: the next one is asked where the one before did not answer."""

    at: Here


class GatewayConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    server: ServerConfig = ServerConfig()
    """The side that callers see."""

    admin: AdminConfig = AdminConfig()
    """The side that operators see."""

    callers: CallersConfig = CallersConfig()
    """Who is answered."""

    upstreams: dict[Name, UpstreamConfig] = field(default_factory=dict)
    """The readers of documents by name; at least one."""

    routes: tuple[RouteConfig, ...] = ()
    """Which requests go where, tried in order; at least one."""

    at: Here
