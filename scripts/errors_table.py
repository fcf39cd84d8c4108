"""Print the table of error classes for ``docs/resilience.md``: what each one lets be done, and what the caller sees.

python -m scripts.errors_table
"""

from __future__ import annotations

from collections.abc import Iterator

from gateway import errors
from gateway.wire.faults import fault_of

_OWN_COOLDOWN = (errors.UpstreamMisconfigured, errors.UpstreamExhausted, errors.UpstreamGone)
"""Those that :class:`gateway.resilience.breaker.Breaker` opens the circuit for at once."""


def table() -> str:
    rows = [
        "| error | outcome | tried again here | next target | circuit | the caller gets |",
        "|---|---|---|---|---|---|",
        *(_row(kind) for kind in _below(errors.GatewayError)),
    ]
    return "\n".join(rows)


def _below(kind: type[errors.GatewayError]) -> Iterator[type[errors.GatewayError]]:
    """What may come of a request that was let in: a caller's mistakes are one row."""
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield child
            if child is not errors.CallerError:
                yield from _below(child)


def _row(kind: type[errors.GatewayError]) -> str:
    fault = fault_of(kind())
    yes = {True: "yes", False: "·"}
    return (
        f"| `{kind.__name__}` | `{kind.outcome}` | {yes[kind.retryable]} | {yes[kind.failover]} | {_circuit(kind)} | "
        f"{fault.status} `{fault.code}` |"
    )


def _circuit(kind: type[errors.GatewayError]) -> str:
    if issubclass(kind, _OWN_COOLDOWN):
        return "opens at once"
    if issubclass(kind, errors.UpstreamThrottled):
        return "rests as told"
    return "a failure" if kind.trips_breaker else "·"


if __name__ == "__main__":
    print(table())
