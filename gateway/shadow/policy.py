"""What YAML's ``shadow`` of a route may say."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from gateway.secret import Secret


class ShadowPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask another upstream the same once the caller has its answer, and compare. Each such question is paid for."""

    candidate: str
    """The upstream that is tried out. It answers no caller here, unless it is also one of ``targets``."""

    fraction: Annotated[float, Meta(gt=0, le=1, description="a share above 0, at most 1")]
    """Share of the pictures that are compared. The same picture always is or never is, on every replica; a larger share
    keeps those of a smaller one."""

    budget: Annotated[float, Meta(gt=0, description="an amount of money above 0")] | None = None
    """Money that this route's comparisons may cost in a day, which ends at midnight UTC, on all replicas together. What is
    under way when it is spent may exceed it, each by its own price. Absent: no limit."""

    until: Annotated[datetime, Meta(tz=True)] | None = None
    """Nothing is compared from this moment on."""

    reverse: bool = False
    """The candidate is the one that answered before: after a cutover it is asked on, to see whether the new one still
    agrees with it."""

    noise: Annotated[float, Meta(ge=0, le=1, description="a share from 0 to 1")] = 0.0
    """Of the comparisons, the share for which the upstream that answered is asked a second time too: how often it does not
    agree with itself is the noise below which no disagreement means anything."""

    timeout: Annotated[float, Meta(gt=0, le=300, description="seconds above 0, at most 300")] = 30.0
    """Seconds that the candidate has for one answer, all its tries together."""

    queue: Annotated[int, Meta(ge=0, le=10_000, description="a whole number from 0 to 10000")] = 100
    """Comparisons that may wait for their turn at one upstream; a further one is dropped and counted."""

    concurrency: Annotated[int, Meta(ge=1, le=1000, description="a whole number from 1 to 1000")] = 1
    """Comparisons under way at once at one upstream. Of several routes with the same candidate the largest number counts."""

    values_key: Secret | None = None
    """An X25519 public key in PEM, ``{file: …}``. With it the values that disagree are kept in the journal, sealed so that
    the holder of the private key alone can read them. Without it no value is kept in any form."""
