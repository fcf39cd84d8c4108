"""The settings of the gateway: one Struct per section of the YAML, each field documented beneath it.

``options`` and ``credentials`` of an upstream stay raw here: their types are known to the registries of adapters and
credentials, and ``build`` converts them with :func:`gateway.config.convert.convert`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from gateway.adapters.endpoint import check_endpoint
from gateway.config.records import BaselineConfig, JournalConfig
from gateway.config.section import Here, Section
from gateway.config.types import Listen, Money, Name, ProjectId, Seconds, SecondsOrZero, Size
from gateway.consensus.policy import ConsensusPolicy
from gateway.image.fetch import FetchPolicy
from gateway.migrate.brownout import BrownoutPolicy
from gateway.migrate.gone import GonePolicy
from gateway.migrate.policy import RampPolicy
from gateway.resilience.accept import AcceptPolicy
from gateway.resilience.cache import CachePolicy
from gateway.resilience.caller_limits import CallerLimitPolicy
from gateway.resilience.circuit import BreakerPolicy
from gateway.resilience.hedge import HedgePolicy
from gateway.resilience.limit import LimitPolicy
from gateway.resilience.retry import RetryPolicy
from gateway.routing.match import Condition, Moment
from gateway.routing.residency import Region
from gateway.routing.split import SplitPolicy
from gateway.secret import Secret
from gateway.shadow.policy import ShadowPolicy
from gateway.state.address import Address, read_address


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

    reload_interval: SecondsOrZero = 5.0
    """Seconds between two looks whether this file, or one with a secret in it, says something else; 0 waits until told."""

    parity: Literal["extended", "strict"] = "extended"
    """``extended`` adds ``X-Gateway-*`` reply headers; ``strict`` answers with the old API's headers only."""

    countries: Literal["table1", "any"] = "table1"
    """What a caller may ask for in ``country_region``: the countries of the old API's Table 1, or any."""

    coalesce: bool = True
    """Whether equal requests of one caller that are under way at the same time share one answer, paid for once."""

    cache: CachePolicy | None = None
    """Keep answers for equal requests to come, in memory. Absent: nothing is kept."""

    fetch: FetchPolicy = FetchPolicy()
    """How pictures given by ``url`` are downloaded."""


class AdminConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The side that operators see. It is not authenticated: keep it off public networks."""

    listen: Listen = Listen("127.0.0.1", 9090)
    """Where health, readiness and metrics are served, ``host:port``; port 0 takes any free one."""


class StateConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where replicas agree on rates, requests under way and money spent. In memory, each replica has its own."""

    url: str | Secret = "memory://"
    """``memory://``, ``redis://host:6379/0``, or ``rediss://`` for TLS. With a password in it: ``{env: NAME}``."""

    password: Secret | None = None
    """Where it is not in ``url``."""

    ca: Annotated[str, Meta(min_length=1, description="the name of a file")] | None = None
    """A PEM file of the authorities that the server's certificate may come from, instead of the system's. A relative path
    starts at the folder of this file."""

    directory: Annotated[str, Meta(min_length=1, description="the name of a folder")] | None = None
    """Where the state of ramps is kept where ``url`` is ``memory://``; absent: where the journal is. A relative path starts at
    the folder of this file."""

    def __post_init__(self) -> None:
        address = self.address()
        if isinstance(self.url, str) and address is not None and address.password is not self.password:
            raise ValueError(
                "url: a password is not written here: give it as password, or url as {env: NAME} or {file: PATH}"
            )
        if self.ca is not None and (address is None or not address.tls):
            raise ValueError("ca: only with rediss://")

    def address(self) -> Address | None:
        """The server; None for memory. Raises ValueError where ``url`` names none."""
        return read_address(self.url if isinstance(self.url, str) else self.url.reveal(), self.password)


class AccountConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One caller that is let in, by at least one of: key pair, token, password, the IAM of ``callers.iam``."""

    name: Name
    """What the caller is called in logs and in route conditions, and the user name that goes with ``password``; unique."""

    project_ids: Annotated[tuple[ProjectId, ...], Meta(min_length=1)]
    """The project ids that the caller may use in its request paths."""

    projects: dict[Name, ProjectId] = field(default_factory=dict)
    """Names of some of ``project_ids``, such as ``ap-southeast-1``, for clients that look their project up by region.
    Not needed for an account with one project, which is found under every name."""

    access_key: Secret | None = None
    """AK with which the caller signs its requests; unique."""

    secret_key: Secret | None = None
    """SK that belongs to ``access_key``."""

    security_token: Secret | None = None
    """Only for a temporary key pair: what the caller sends, signed, as ``X-Security-Token``."""

    token: Secret | None = None
    """A fixed value that the caller sends as ``X-Auth-Token``; unique."""

    password: Secret | None = None
    """With which the caller gets tokens for 24 hours from ``POST /v3/auth/tokens``; needs ``callers.token_key``."""

    limits: CallerLimitPolicy | None = None
    """How much the caller may ask for; absent: as much as it likes."""

    may_choose: bool = False
    """Whether ``X-Gateway-Target`` and ``X-Gateway-No-Fallback`` of this caller are obeyed. Those of others are refused."""

    at: Here


class IamConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A Huawei IAM that vouches for tokens: the caller is the account that lists the token's project."""

    url: str
    """Where it is, such as ``https://iam.ap-southeast-1.myhuaweicloud.com``."""

    timeout: Seconds = 5.0
    """Seconds that one look-up may take."""

    def __post_init__(self) -> None:
        check_endpoint(self.url)


class CallersConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is answered."""

    anonymous: bool = False
    """Answer anyone, with any project id and without a token."""

    limits: CallerLimitPolicy | None = None
    """How much callers without a name may ask for, all of them together; needs ``anonymous: true``."""

    accounts: tuple[AccountConfig, ...] = ()
    """The callers that are let in."""

    iam: IamConfig | None = None
    """Let in, as the account that lists their project, those whose token this IAM accepts."""

    token_key: Secret | None = None
    """Signs the tokens that are issued here; 16 characters or more, the same on every replica."""

    replay_grace: Annotated[float, Meta(ge=0, le=1800, description="seconds from 0 to 1800")] = 5.0
    """Seconds for which the same signed request is taken again; 0 refuses every repetition, 1800 none."""


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

    first_byte_timeout: Seconds = 20.0
    """Seconds from the request's last byte to the answer's first; part of ``timeout``."""

    idle_timeout: Seconds = 10.0
    """Seconds without a byte in either direction once an answer or a request is on its way; part of ``timeout``."""

    retry: RetryPolicy = RetryPolicy()
    """Whether and when the same request is tried here again."""

    breaker: BreakerPolicy = BreakerPolicy()
    """When this upstream is left alone for a while because it fails."""

    limits: LimitPolicy = LimitPolicy()
    """How much is asked of this upstream at once and in a second."""

    price: Money = 0.0
    """What one attempt costs, in the currency of your choice; adds up in ``X-Gateway-Cost`` and the metrics."""

    region: Region | None = None
    """Where it reads documents, such as ``th``: what a route's ``residency`` asks for."""

    end_of_life: Moment | None = None
    """When it ends. In the last 30 days the log and ``check`` name the routes that still need it."""

    gone: GonePolicy = GonePolicy()
    """When it counts as gone for good."""

    brownout: BrownoutPolicy | None = None
    """Hours at which it counts as gone, to rehearse its end. Absent: none."""

    budget: Annotated[float, Meta(gt=0, description="an amount of money above 0")] | None = None
    """Money for a day, which ends at midnight UTC. Once it is spent the next target is asked instead; attempts under way
    may exceed it, each by its own price."""

    at: Here


class RouteConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which requests go to which upstreams. The first route whose condition holds answers."""

    name: Name
    """What the route is called in logs, metrics and reply headers; unique."""

    when: Condition = Condition()
    """What a request must be like; without it the route takes everything."""

    targets: Annotated[tuple[str, ...], Meta(min_length=1)]
    """Upstreams in the order of failover: the next one is asked where the one before did not answer."""

    accept: AcceptPolicy | None = None
    """What an answer must have; where it falls short, the next target is asked. Absent: every answer will do."""

    hedge: HedgePolicy | None = None
    """Ask the next target beside one that is slow. Absent: one after the other."""

    consensus: ConsensusPolicy | None = None
    """Ask several of ``targets`` at once and let their answers vote. Absent: one answer is taken whole."""

    shadow: ShadowPolicy | None = None
    """Try another upstream out on a share of the requests, once they are answered. Absent: none."""

    split: SplitPolicy | None = None
    """Ask another target first for a share of the requests. Absent: the first one is asked first."""

    migrate: RampPolicy | None = None
    """Move step by step from one upstream to another. Absent: nothing moves."""

    residency: frozenset[Region] = frozenset()
    """Regions that documents may go to, such as ``[th, sg]``: no upstream elsewhere is asked, whatever fails. Without any,
    documents may go anywhere."""

    at: Here


class GatewayConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    server: ServerConfig = ServerConfig()
    """The side that callers see."""

    admin: AdminConfig = AdminConfig()
    """The side that operators see."""

    state: StateConfig = StateConfig()
    """Where replicas agree on limits."""

    journal: JournalConfig | None = None
    """Where an account of every request is kept; absent means nowhere."""

    baseline: BaselineConfig | None = None
    """Where answers are recorded for later comparisons; absent means nowhere."""

    callers: CallersConfig = CallersConfig()
    """Who is answered."""

    upstreams: dict[Name, UpstreamConfig] = field(default_factory=dict)
    """The readers of documents by name; at least one."""

    routes: tuple[RouteConfig, ...] = ()
    """Which requests go where, tried in order; at least one."""

    at: Here
