"""Which target is asked first: requests fall into 10000 buckets by a hash, and each target has a range of them.

No state, no dice: every replica puts a caller into the same bucket, always. A range that grows keeps the callers it had.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Final, Protocol, TypeAlias

from gateway.model import Query

BUCKETS: Final = 10_000

Ranges: TypeAlias = Sequence[tuple[str, int]]
"""Targets and how many buckets each has, in the order of the ranges; together :data:`BUCKETS`."""

_NAMELESS = "anonymous"


class Key(StrEnum):
    """What is kept together."""

    CALLER = "caller"
    """An account; callers without a name by the project in their path."""

    PROJECT = "project_id"
    """The project in the path."""

    ENTERPRISE_PROJECT = "enterprise_project_id"
    """The ``Enterprise-Project-Id``; a request without one by its caller."""

    REQUEST = "request"
    """Nothing: each request for itself."""


class Shares(Protocol):
    """Who is asked first, and how often."""

    @property
    def key(self) -> Key: ...

    def ranges(self, query: Query, /) -> Ranges: ...


def bucket(route: str, key: Key, query: Query) -> int:
    """Where ``query`` falls, from 0. Another route mixes the same callers anew."""
    digest = hashlib.sha256(f"{route}\0{_value(key, query)}".encode()).digest()
    return int.from_bytes(digest[:8]) % BUCKETS


def first(ranges: Ranges, bucket: int) -> str:
    """The target in whose range ``bucket`` lies."""
    ends = accumulate(size for _, size in ranges)
    return next(name for (name, _), end in zip(ranges, ends, strict=True) if bucket < end)


def in_buckets(weights: Mapping[str, float]) -> Ranges:
    """``weights``, of which one is above 0, as ranges in their order, each within one bucket of its exact share."""
    total = sum(weights.values())
    ends = [0, *(round(BUCKETS * sum_ / total) for sum_ in accumulate(weights.values()))]
    return [(name, end - begin) for name, (begin, end) in zip(weights, pairwise(ends), strict=True)]


def _value(key: Key, query: Query) -> str:
    if key is Key.REQUEST:
        return query.request_id
    if key is Key.PROJECT:
        return query.project_id
    if key is Key.ENTERPRISE_PROJECT and query.enterprise_project_id is not None:
        return query.enterprise_project_id
    return query.project_id if query.caller == _NAMELESS else query.caller
