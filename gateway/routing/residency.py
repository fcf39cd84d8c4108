"""Where documents may go: an upstream outside a route's regions is not asked, whatever else fails."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, TypeAlias

from msgspec import Meta

Region: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]{0,31}\Z",
        description="a region such as th or eu-west, in small letters as you like them",
    ),
]

HERE = frozenset({"local", "replay"})
"""Adapters that send nothing anywhere."""


def excluded(residency: Collection[str], region: str | None, adapter: str) -> str | None:
    """Why an upstream in ``region`` may not see documents that stay in ``residency``, or None where it may.

    An empty ``residency`` binds nobody. An upstream that does not say where it is counts as outside.
    """
    if not residency or adapter in HERE or region in residency:
        return None
    allowed = ", ".join(sorted(residency))
    return f"says no region, and documents stay in {allowed}" if region is None else f"is in {region}, not in {allowed}"
