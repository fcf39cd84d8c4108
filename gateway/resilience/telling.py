"""Which of several failures a caller is told of."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.errors import CallerError, DocumentError, GatewayError, NoRoute, UpstreamBusy, UpstreamIncapable


def most_telling(errors: Iterable[GatewayError]) -> GatewayError:
    """A judgement on the document or the request before a failure of infrastructure, either before "cannot take it" or
    "busy"; the earliest of equals.
    """
    return min(errors, key=_rank)


def _rank(error: GatewayError) -> int:
    """How little an error tells the caller."""
    if isinstance(error, CallerError | DocumentError):
        return 0
    return 2 if isinstance(error, UpstreamIncapable | UpstreamBusy | NoRoute) else 1
