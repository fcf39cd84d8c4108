"""The condition of a route: YAML's ``when``, matched against a query. Pure; the time is given."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, TypeAlias, TypeVar

import msgspec

from gateway.model import DocumentType, InputKind, Query
from gateway.routing.hours import Hours

Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""A point in time with its offset from UTC: a naive one would mean another moment on another machine."""

Bytes: TypeAlias = Annotated[int, msgspec.Meta(ge=1, description="a number of bytes")]

T = TypeVar("T")

_SECRETS = frozenset({"x-auth-token", "x-subject-token", "x-security-token"})
"""Headers that are nobody's business but the door's."""


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of what is given must hold; what is not given does not matter. Lists also take a single value.

    ``country_region`` and ``id_type`` are compared with what the caller asks for, since nobody has seen the document
    yet: *everything* asked for must be in the list. A caller that asks for nothing in particular may send anything, and
    so matches only conditions that do not look at it.
    """

    country_region: str | frozenset[str] | None = None
    """ISO 3166-1 alpha-3 codes that the caller may ask for."""

    id_type: DocumentType | frozenset[DocumentType] | None = None
    """``PP``, ``DL``, ``ID``."""

    project_id: str | frozenset[str] | None = None
    """The project in the caller's path."""

    caller: str | frozenset[str] | None = None
    """Account names of ``callers``."""

    enterprise_project_id: str | frozenset[str] | None = None
    """The caller's ``Enterprise-Project-Id``; a request without one does not match."""

    input: InputKind | None = None
    """``image`` or ``url``: how the picture was handed over."""

    min_bytes: Bytes | None = None
    """Least size of the picture's file."""

    max_bytes: Bytes | None = None
    """Largest size of the picture's file."""

    portrait: bool | None = None
    """Whether the portrait is asked for."""

    header: dict[str, str | frozenset[str]] = {}
    """Values of ``X-`` headers, such as ``{X-Tenant: [gold, silver]}``: each must be there and have exactly one of them."""

    between: Hours | None = None
    """Hours of every day, such as ``08:00-18:00+07:00``."""

    after: Moment | None = None
    """From this moment on."""

    before: Moment | None = None
    """Until just before this moment."""

    def __post_init__(self) -> None:
        for name in ("country_region", "id_type", "project_id", "caller", "enterprise_project_id"):
            if getattr(self, name) == frozenset():
                raise ValueError(f"{name} is an empty list, which nothing matches")
        for country in _members(self.country_region):
            if not re.fullmatch("[A-Z]{3}", country):
                raise ValueError("country_region holds three-letter codes such as THA")
        if self.after is not None and self.before is not None and self.after >= self.before:
            raise ValueError("after is not earlier than before")
        if self.min_bytes is not None and self.max_bytes is not None and self.min_bytes > self.max_bytes:
            raise ValueError("min_bytes is more than max_bytes")
        self._check_headers()

    def _check_headers(self) -> None:
        for name, values in self.header.items():
            if not re.fullmatch("x-[0-9a-z-]{1,62}", name, re.IGNORECASE) or name.lower() in _SECRETS:
                raise ValueError(f"header: {name} is no X- header that a route may look at")
            if not _members(values):
                raise ValueError(f"header: {name} has an empty list, which nothing matches")
        if len(self.headers) < len(self.header):
            raise ValueError("header: one name stands there twice, as capitals do not count")

    @property
    def headers(self) -> frozenset[str]:
        """The names in ``header``, in lower case: what a query has to carry along."""
        return frozenset(name.lower() for name in self.header)

    def matches(self, query: Query, now: datetime) -> bool:
        return self.mismatch(query, now) is None

    def mismatch(self, query: Query, now: datetime) -> str | None:
        """Why this condition does not hold, in words for an operator, or None where it holds."""
        return (
            _outside("country_region", self.country_region, query.countries)
            or _outside("id_type", self.id_type, query.types)
            or _other("project_id", self.project_id, query.project_id)
            or _other("caller", self.caller, query.caller)
            or _other("enterprise_project_id", self.enterprise_project_id, query.enterprise_project_id)
            or _other("input", self.input, query.input)
            or self._out_of_size(query.image.size)
            or _unlike("portrait", self.portrait, query.portrait)
            or self._other_header(query)
            or self._untimely(now)
        )

    def _out_of_size(self, size: int) -> str | None:
        if self.min_bytes is not None and size < self.min_bytes:
            return f"min_bytes: the picture has {size}"
        if self.max_bytes is not None and size > self.max_bytes:
            return f"max_bytes: the picture has {size}"
        return None

    def _other_header(self, query: Query) -> str | None:
        carried = dict(query.headers)
        words = (_other(name, values, carried.get(name.lower())) for name, values in self.header.items())
        return next((f"header {word}" for word in words if word), None)

    def _untimely(self, now: datetime) -> str | None:
        if self.after is not None and now < self.after:
            return f"begins at {self.after.isoformat()}"
        if self.before is not None and now >= self.before:
            return f"ended at {self.before.isoformat()}"
        if self.between is not None and not self.between.holds(now):
            return f"holds at {self.between} only"
        return None


def _members(wanted: T | frozenset[T] | None) -> frozenset[T]:
    if wanted is None:
        return frozenset()
    return wanted if isinstance(wanted, frozenset) else frozenset({wanted})


def _outside(name: str, wanted: T | frozenset[T] | None, asked: frozenset[T]) -> str | None:
    if wanted is None:
        return None
    if not asked:
        return f"{name}: the request asks for any"
    foreign = asked - _members(wanted)
    return f"{name}: the request also asks for {_listed(foreign)}" if foreign else None


def _other(name: str, wanted: T | frozenset[T] | None, actual: T | None) -> str | None:
    if wanted is None or actual in _members(wanted):
        return None
    return f"{name}: the request has another" if actual else f"{name}: the request has none"


def _unlike(name: str, wanted: bool | None, actual: bool) -> str | None:
    return None if wanted is None or wanted == actual else f"{name}: the request says {str(actual).lower()}"


def _listed(values: frozenset[T]) -> str:
    return ", ".join(sorted(map(str, values)))
