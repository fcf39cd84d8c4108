"""One upstream's leaf inside its policies, made once and shared by all the routes that name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gateway.config.schema import UpstreamConfig
from gateway.events import Observer
from gateway.model import Query, Recognizer
from gateway.resilience.breaker import Breaker
from gateway.resilience.failover import Target
from gateway.resilience.health import Check, Health
from gateway.resilience.limit import Limit
from gateway.resilience.rate import Bucket
from gateway.resilience.retry import Retry
from gateway.routing.asked import Asked


@dataclass(frozen=True, slots=True)
class Nest:
    """``recognizer`` is the whole: filter, retry, breaker, limit, leaf. The embedded reader has no policies: it guards
    itself, and its ``retry``, ``breaker`` and ``limit`` are None.
    """

    name: str
    recognizer: Recognizer
    supports: Callable[[Query], bool]
    retry: Retry | None = None
    breaker: Breaker | None = None
    limit: Limit | None = None

    def target(self) -> Target:
        return Target(self.name, self.recognizer, self.supports, self.breaker)


def bare(name: str, leaf: Recognizer, supports: Callable[[Query], bool]) -> Nest:
    """A leaf without policies."""
    return Nest(name, Asked(leaf), supports)


def nest(
    name: str,
    leaf: Recognizer,
    supports: Callable[[Query], bool],
    config: UpstreamConfig,
    *,
    observer: Observer,
    check: Check | None = None,
    bucket: Bucket | None = None,
) -> Nest:
    """``leaf`` in the policies of ``config``. ``check`` is a free look whether the upstream can be reached, ``bucket`` the
    rate limit where others share it.
    """
    limit = Limit(leaf, name, config.limits, bucket=bucket)
    health = Health(check) if check is not None else None
    breaker = Breaker(limit, name, config.breaker, observer=observer, health=health)
    retry = Retry(breaker, name, config.retry, observer=observer)
    return Nest(name, Asked(retry), supports, retry, breaker, limit)
