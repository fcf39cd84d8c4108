"""The settings of what is put on file: the journal, and the baseline for comparisons to come."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from gateway.config.section import Here
from gateway.config.types import Size
from gateway.secret import Secret


class JournalConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The account of every request: lines of JSON with kinds of documents, outcomes and cost, never a value."""

    directory: Annotated[str, Meta(min_length=1, description="the name of a folder")]
    """Where the files go; created where it is missing. A relative path starts at the folder of this file."""

    mode: Literal["best_effort", "strict"] = "best_effort"
    """``best_effort`` answers though a line may be lost, and counts the loss; ``strict`` refuses rather than lose it."""

    queue: Annotated[int, Meta(ge=1, le=1_000_000)] = 10_000
    """Lines that may wait for the disk; a further one is lost."""

    max_file: Size = Size(64 * 2**20)
    """Bytes after which the day's next file is begun."""

    fsync: Literal["never", "batch"] = "never"
    """``batch`` brings lines to the disk before they count as written; ``never`` leaves that to the operating system."""

    at: Here


class BaselineConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Pictures with the answers of upstreams that will not be there for ever, sealed for comparisons to come. These are
    personal data: there is no recording unless this section is given.
    """

    directory: Annotated[str, Meta(min_length=1, description="the name of a folder")]
    """Where the files go; created where it is missing. A relative path starts at the folder of this file."""

    public_key: Secret
    """The operator's X25519 key in PEM, ``{file: baseline.pub}``. The private one must not lie on this machine."""

    upstreams: Annotated[tuple[str, ...], Meta(min_length=1)]
    """Whose answers are recorded."""

    fraction: Annotated[float, Meta(gt=0, le=1, description="a share above 0, at most 1")] = 1.0
    """Share of the pictures that are recorded. The same picture always is or never is, on every replica."""

    retention: Annotated[int, Meta(ge=1, le=3650, description="a whole number of days from 1 to 3650")]
    """Days after which a record is deleted."""

    max_bytes: Size = Size(10 * 2**30)
    """Bytes of the whole folder, with what other replicas put there; a further record is dropped."""

    queue: Size = Size(64 * 2**20)
    """Bytes of request bodies that may wait for the disk; a further record is dropped."""

    at: Here
