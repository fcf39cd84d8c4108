from datetime import UTC, datetime, timedelta

import pytest

from gateway.errors import NoRoute, UpstreamGone
from gateway.model import IdDocument
from gateway.routing.match import Condition
from gateway.routing.router import Route, Router
from tests.fakes import FakeRecognizer, make_query

NOW = datetime(2026, 5, 1, tzinfo=UTC)
THAI = Condition(country_region=frozenset({"THA"}))


async def test_the_first_match_answers_and_is_named():
    thai, rest = FakeRecognizer("bangkok", IdDocument(country_region="THA")), FakeRecognizer("local")
    router = Router([Route("thai", THAI, thai), Route("default", Condition(), rest)], now=lambda: NOW)
    query = make_query(countries=frozenset({"THA"}))

    recognition = await router.recognize(query)

    assert (query.trail.route, recognition.upstream) == ("thai", "bangkok")
    assert recognition.document.country_region == "THA"
    assert thai.calls == [query]
    assert not rest.calls


async def test_what_the_first_does_not_match_goes_on():
    thai, rest = FakeRecognizer("bangkok"), FakeRecognizer("local")
    router = Router([Route("thai", THAI, thai), Route("default", Condition(), rest)], now=lambda: NOW)
    query = make_query()
    await router.recognize(query)
    assert query.trail.route == "default"
    assert not thai.calls


async def test_a_failure_on_a_route_is_not_tried_on_another():
    thai, rest = FakeRecognizer("bangkok", UpstreamGone()), FakeRecognizer("local")
    router = Router([Route("thai", THAI, thai), Route("default", Condition(), rest)], now=lambda: NOW)
    query = make_query(countries=frozenset({"THA"}))
    with pytest.raises(UpstreamGone):
        await router.recognize(query)
    assert not rest.calls
    assert query.trail.route == "thai"


async def test_nothing_matches():
    router = Router([Route("thai", THAI, FakeRecognizer("bangkok"))], now=lambda: NOW)
    with pytest.raises(NoRoute):
        await router.recognize(make_query())


async def test_the_time_is_taken_for_each_request():
    clock = iter([NOW, NOW + timedelta(days=2)])
    routes = [
        Route("old", Condition(before=NOW + timedelta(days=1)), FakeRecognizer("old")),
        Route("new", Condition(), FakeRecognizer("new")),
    ]
    router = Router(routes, now=lambda: next(clock))
    assert [(await router.recognize(make_query())).upstream for _ in range(2)] == ["old", "new"]
