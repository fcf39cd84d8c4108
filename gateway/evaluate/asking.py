"""One upstream asked about one picture, as often as it takes to be let in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gateway.errors import GatewayError, UpstreamBusy
from gateway.model import IdDocument, Query
from gateway.nest import Nest

TURNS = 4
"""Times that a picture is turned away by our own limit or an open circuit before its upstream is given up."""

SHORTEST, LONGEST = 0.1, 60.0
"""Seconds between two of them; for an upstream that is to be left alone for longer, nobody waits."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``outcome`` is ``ok`` or an error's. ``seconds`` are those of all attempts, ``cost`` is theirs too; both are 0 where
    the upstream does not take such a picture and was not asked.
    """

    outcome: str
    document: IdDocument | None = None
    seconds: float = 0.0
    cost: float = 0.0
    attempts: int = 0


class Refused(Exception):
    """An upstream that cannot be asked any more for now; says nothing about the picture."""

    def __init__(self, upstream: str, outcome: str) -> None:
        super().__init__(f"{upstream}: {outcome}")
        self.outcome = outcome


async def ask(
    nest: Nest, query: Callable[[], Query], *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
) -> Answer:
    """What became of it. ``query`` gives a fresh one for every turn. Raises :class:`Refused`."""
    for turn in range(TURNS):
        asked = query()
        if not nest.supports(asked):
            return Answer("incapable")
        try:
            recognition = await nest.recognizer.recognize(asked)
        except UpstreamBusy as error:
            wait = error.retry_after or SHORTEST
            if turn == TURNS - 1 or wait > LONGEST:
                raise Refused(nest.name, error.outcome) from None
            await sleep(max(wait, SHORTEST))
        except GatewayError as error:
            return _answer(asked, error.outcome)
        else:
            return _answer(asked, "ok", recognition.document)
    raise AssertionError("the last turn returns or raises")


def _answer(asked: Query, outcome: str, document: IdDocument | None = None) -> Answer:
    attempts = tuple(asked.trail)
    return Answer(outcome, document, sum(attempt.seconds for attempt in attempts), asked.trail.cost, len(attempts))
