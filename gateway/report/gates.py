"""Which gates hold for whom: those of the command line, else those of a migration that is configured, else usual ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

import msgspec

from gateway.migrate.gates import GatePolicy
from gateway.migrate.policy import RampPolicy
from gateway.model import DocumentImage, DocumentType, ImageFormat, Query
from gateway.routing.match import Condition

Policies: TypeAlias = Callable[[str, str], GatePolicy]
"""The gates for an upstream and a pair."""

USUAL = GatePolicy(
    success=0.95,
    agreement={"document_number": 0.95, "birth_date": 0.95, "expiry_date": 0.95, "last_name": 0.9, "first_name": 0.9},
)
"""What is asked where nobody says: few users of an ID reader could do with less."""

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def gates_for(ramps: Iterable[tuple[Condition, RampPolicy]], given: GatePolicy | None) -> Policies:
    """``given`` for everybody; without it those of the first of ``ramps`` that leads to an upstream and takes a pair, each
    with the condition of its route.
    """
    known = tuple(ramps)

    def policy(upstream: str, pair: str) -> GatePolicy:
        if given is not None:
            return given
        asked = _asked(pair)
        fitting = (
            ramp.gates
            for when, ramp in known
            if ramp.target == upstream and _of_the_kind(when).matches(asked, _ANY_TIME)
        )
        return next(fitting, USUAL)

    return policy


def policy_from(settings: Sequence[str]) -> GatePolicy:
    """The gates written ``success=0.99``, ``agreement.birth_date=0.98``, ``p95=5``, ``minimum=30``.

    Raises ValueError, with what is wrong, for anything that is no gate.
    """
    tree: dict[str, object] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        outer, dot, inner = name.partition(".")
        try:
            number = float(value)
        except ValueError:
            raise ValueError(f"{setting}: a gate is written name=number") from None
        amount = int(number) if number.is_integer() else number
        if not dot:
            tree[outer] = amount
        else:
            branch = tree.setdefault(outer, {})
            if not isinstance(branch, dict):
                raise ValueError(f"{setting}: {outer} is a number already")
            branch[inner] = amount
    try:
        return msgspec.convert(tree, GatePolicy)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


def _of_the_kind(when: Condition) -> Condition:
    """What ``when`` says about the document alone: nobody calls here, and it is no time of day."""
    return Condition(country_region=when.country_region, id_type=when.id_type)


def _asked(pair: str) -> Query:
    """A request for just this pair; for anything, where it is none of Table 1."""
    country, _, kind = pair.partition("-")
    picture = DocumentImage(ImageFormat.JPEG, 2000, 1400, 500_000, content=b"")
    return Query(
        image=picture,
        countries=frozenset({country} if kind else ()),
        types=frozenset({DocumentType(kind)} if kind else ()),
        deadline=0.0,
    )
