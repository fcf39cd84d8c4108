"""The headers that every answer has, and those that tell an operator how it came about."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.model import Attempt
from gateway.wire import contract
from gateway.wire.record import RequestRecord

MOST_ATTEMPTS = 16
"""Attempts that are listed; a header has to have an end."""

MOST_PROVENANCE = 4096
"""Characters of ``X-Gateway-Provenance``; fields beyond that are left out as a whole."""


def reply_headers(record: RequestRecord, *, strict: bool) -> dict[str, str]:
    """``strict`` leaves out everything that the old API did not have.

    ``X-Gateway-Trail`` lists the attempts in order: upstream, outcome, milliseconds, price, and what was done to the
    picture where something was. ``X-Gateway-Shortfall`` names what the route's ``accept`` asks for and no target gave.
    ``X-Gateway-Provenance`` is there where several answers were made one.
    """
    headers = {contract.REQUEST_ID: record.request_id, "Server": "id-document-gateway"}
    if strict or record.query is None:
        return headers
    if record.recognition is not None:
        headers["X-Gateway-Upstream"] = record.upstream
        if record.recognition.shortfall:
            headers["X-Gateway-Shortfall"] = ", ".join(record.recognition.shortfall)
        if record.recognition.provenance:
            headers["X-Gateway-Provenance"] = _provenance(record.recognition.provenance)
    trail = record.query.trail
    if trail.route:
        headers["X-Gateway-Route"] = trail.route
    if trail.cache:
        headers["X-Gateway-Cache"] = trail.cache
    if record.attempts:
        headers["X-Gateway-Trail"] = ", ".join(map(_listed, record.attempts[:MOST_ATTEMPTS]))
    return headers | {"X-Gateway-Attempts": str(len(record.attempts)), "X-Gateway-Cost": _price(trail.cost)}


def _listed(attempt: Attempt) -> str:
    """One attempt as an item with parameters (RFC 9651 section 3.1.2)."""
    fitted = f';fitted="{attempt.fitted}"' if attempt.fitted else ""
    return f"{attempt.upstream};outcome={attempt.outcome};ms={attempt.seconds * 1000:.0f};cost={_price(attempt.cost)}{fitted}"


def _provenance(provenance: Mapping[str, tuple[str, ...]]) -> str:
    """A dictionary of inner lists (RFC 9651 section 3.2): field=("the upstream it is from" "one that agrees")."""
    listed = ""
    for name, upstreams in provenance.items():
        item = "{}=({})".format(name, " ".join(f'"{upstream}"' for upstream in upstreams))
        if len(listed) + len(item) + 2 > MOST_PROVENANCE:
            break
        listed += f", {item}" if listed else item
    return listed


def _price(cost: float) -> str:
    return f"{cost:.6f}".rstrip("0").rstrip(".")
