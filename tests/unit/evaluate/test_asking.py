from __future__ import annotations

import pytest

from gateway.errors import CircuitOpen, NoDocument, UpstreamBusy
from gateway.evaluate.asking import TURNS, Answer, Refused, ask
from gateway.model import Attempt, IdDocument
from tests.fakes import make_query
from tests.unit.evaluate.made import nest

THAI = IdDocument(country_region="THA")


class Sleeper(list[float]):
    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


async def test_an_answer_comes_with_its_document():
    answer = await ask(nest("a", THAI), make_query)
    assert (answer.outcome, answer.document) == ("ok", THAI)


async def test_cost_and_seconds_are_those_of_all_attempts():
    def query():
        made = make_query()
        made.trail.add(Attempt("a", "unavailable", 0.5, 0.01))
        made.trail.add(Attempt("a", "no_document", 0.25, 0.02))
        return made

    assert await ask(nest("a", NoDocument()), query) == Answer("no_document", None, 0.75, 0.03, 2)


async def test_what_is_turned_away_asks_again_when_it_is_told_to():
    sleep = Sleeper()
    answer = await ask(nest("a", UpstreamBusy(retry_after=3), UpstreamBusy(), THAI), make_query, sleep=sleep)
    assert answer.document == THAI
    assert sleep == [3, 0.1]


async def test_every_turn_is_a_fresh_query():
    upstream = nest("a", UpstreamBusy(), THAI)
    await ask(upstream, make_query, sleep=Sleeper())
    first, second = upstream.recognizer.calls
    assert first.trail is not second.trail


async def test_an_upstream_that_turns_everybody_away_is_given_up():
    upstream, sleep = nest("a", CircuitOpen(retry_after=60)), Sleeper()
    with pytest.raises(Refused, match="a: circuit_open") as refused:
        await ask(upstream, make_query, sleep=sleep)
    assert refused.value.outcome == "circuit_open"
    assert len(upstream.recognizer.calls) == TURNS
    assert sleep == [60.0] * (TURNS - 1)


async def test_nobody_waits_for_one_that_is_to_be_left_alone_for_long():
    upstream, sleep = nest("a", CircuitOpen(retry_after=300)), Sleeper()
    with pytest.raises(Refused):
        await ask(upstream, make_query, sleep=sleep)
    assert sleep == []


async def test_who_does_not_take_such_a_picture_is_not_asked():
    upstream = nest("a", THAI, takes=False)
    assert await ask(upstream, make_query) == Answer("incapable")
    assert upstream.recognizer.calls == []
