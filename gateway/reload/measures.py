"""What the metrics have to know of a configuration: its names, and whom to ask for numbers of the moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

from prometheus_client import CollectorRegistry

from gateway import __version__, heads
from gateway.build import Gateway
from gateway.config.load import LoadedConfig
from gateway.leaves import EMBEDDED
from gateway.metrics import Metrics


def metrics_for(registry: CollectorRegistry, config: LoadedConfig) -> Metrics:
    """Metrics that know the names in ``config``."""
    return Metrics(
        registry,
        routes(config),
        readers=readers(config),
        version=__version__,
        config_hash=config.hash,
        shadows=shadows(config),
        ramps=ramps(config),
        ends=ends(config),
    )


def follow(metrics: Metrics, config: LoadedConfig) -> None:
    """Have ``metrics`` know the names in ``config`` from now on."""
    metrics.follow(
        routes(config),
        readers=readers(config),
        config_hash=config.hash,
        shadows=shadows(config),
        ramps=ramps(config),
        ends=ends(config),
    )


def watch(metrics: Metrics, gateway: Gateway) -> None:
    """Have ``metrics`` ask the upstreams of ``gateway``, which has been entered, and know where its ramps are."""
    gateway.ramps.announce()
    for name, nest in gateway.nests.items():
        if nest.limit is not None and nest.retry is not None and nest.breaker is not None:
            metrics.upstreams.watch(
                name,
                state=partial(getattr, nest.breaker, "state"),
                in_flight=partial(getattr, nest.limit, "in_flight"),
                queued=partial(getattr, nest.limit, "queued"),
                retries=partial(getattr, nest.retry.budget, "remaining"),
            )


def routes(config: LoadedConfig) -> Mapping[str, Sequence[str]]:
    """Targets by route, in order."""
    return {route.name: heads.names(route) for route in config.settings.routes}


def ramps(config: LoadedConfig) -> Mapping[str, Sequence[str]]:
    """Gates by route, of those that have a ramp."""
    return {route.name: route.migrate.gates.names() for route in config.settings.routes if route.migrate is not None}


def ends(config: LoadedConfig) -> Mapping[str, float]:
    """When upstreams end, in seconds since 1970."""
    return {name: end.timestamp() for name, end in heads.ends(config.settings).items()}


def shadows(config: LoadedConfig) -> Mapping[str, Collection[str]]:
    """Candidates, with those that each is compared with."""
    compared: dict[str, set[str]] = {}
    for route in config.settings.routes:
        if route.shadow is not None:
            compared.setdefault(route.shadow.candidate, set()).update(heads.names(route))
    return compared


def readers(config: LoadedConfig) -> Sequence[str]:
    """The upstreams that read here."""
    return [name for name, upstream in config.settings.upstreams.items() if upstream.adapter == EMBEDDED]
