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
from gateway.resilience.places import Places
from gateway.resilience.rate import StoreBucket, burst_of
from gateway.resilience.retry import Retry
from gateway.resilience.retry_budget import RetryBudget
from gateway.resilience.spending import UpstreamBudget
from gateway.routing.asked import Asked
from gateway.state.memory import MemoryStore
from gateway.state.purse import Purse
from gateway.state.store import Store


@dataclass(frozen=True, slots=True)
class Nest:
    """``recognizer`` is the whole: filter, retry, budget, breaker, limit, leaf. The embedded reader has no policies: it
    guards itself, and its ``retry``, ``breaker`` and ``limit`` are None.
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
    store: Store | None = None,
    before: Nest | None = None,
    another: bool = False,
) -> Nest:
    """``leaf`` in the policies of ``config``. ``check`` is a free look whether the upstream can be reached. ``store`` keeps
    what replicas share, calls under way, rate and budget; without one this upstream is nobody else's.

    The policies go on with what those of ``before`` know, the nest of that name in the configuration before; ``another``
    tells that it was a different vendor's or account's.
    """
    store, key, limits = store or MemoryStore(), f"upstream:{name}", config.limits
    bucket = StoreBucket(store, key, limits.rate, burst_of(limits.rate, limits.burst)) if limits.rate else None
    if limits.concurrency is not None:
        leaf = Places(leaf, name, limits.concurrency, limits.wait, store)
    limit = Limit(leaf, name, limits, bucket=bucket, load=before.limit.load if before and before.limit else None)
    health = Health(check) if check is not None else None
    standing = before.breaker.standing if before and before.breaker else None
    breaker = Breaker(limit, name, config.breaker, observer=observer, health=health, standing=standing, another=another)
    paid = breaker if config.budget is None else UpstreamBudget(breaker, name, Purse(store, key, config.budget))
    retries = before.retry.budget if before and before.retry else RetryBudget()
    retries.follow(config.retry.budget)
    retry = Retry(paid, name, config.retry, observer=observer, budget=retries)
    return Nest(name, Asked(retry), supports, retry, breaker, limit)
