"""What a caller that may choose asks of the routes: an upstream by name, and no other after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gateway.errors import InvalidParameter

TARGET: Final = "X-Gateway-Target"
"""The name of the upstream to ask first, one of the route's."""

NO_FALLBACK: Final = "X-Gateway-No-Fallback"
"""``true`` to have no other asked after the first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """``target`` is empty where the caller leaves it to the route."""

    target: str = ""
    alone: bool = False


def choice(headers: Mapping[str, str], *, permitted: bool) -> Choice:
    """What the caller chose. Raises :class:`InvalidParameter` where it may not choose, as it would else be taken for
    obeyed, and for a value that means nothing.
    """
    target, alone = headers.get(TARGET, ""), headers.get(NO_FALLBACK, "")
    if not target and not alone:
        return Choice()
    if not permitted:
        raise InvalidParameter(f"{TARGET} and {NO_FALLBACK}: the account may not choose")
    if alone not in {"", "true", "false"}:
        raise InvalidParameter(f"{NO_FALLBACK} is true or false")
    return Choice(target, alone == "true")
