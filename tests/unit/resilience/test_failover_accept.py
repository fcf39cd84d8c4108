"""Failover by the quality of answers."""

from datetime import date

import pytest

from gateway.errors import NoDocument, UpstreamTimeout
from gateway.events import FailedOver
from gateway.model import IdDocument
from gateway.resilience.accept import AcceptPolicy
from gateway.resilience.failover import Failover, Target
from tests.fakes import Events, FakeClock, FakeRecognizer, make_query

WANTED = AcceptPolicy(require=("document_number", "birth_date", "sex"))
EMPTY = IdDocument(country_region="THA")
NUMBER = IdDocument(document_number="X1")
BOTH = IdDocument(document_number="X2", birth_date=date(1990, 1, 2))


def chain(*outcomes: IdDocument | BaseException, accept: AcceptPolicy | None = WANTED):
    events = Events()
    fakes = [FakeRecognizer(name, outcome) for name, outcome in zip("abcd", outcomes, strict=False)]
    targets = [Target(fake.name, fake, lambda _query: True) for fake in fakes]
    return Failover("route", targets, observer=events, accept=accept, clock=FakeClock()), fakes, events


async def test_an_answer_that_falls_short_lets_the_next_be_asked():
    whole = IdDocument(document_number="X3", birth_date=date(1990, 1, 2), sex="M")
    failover, fakes, events = chain(NUMBER, whole, whole)
    recognition = await failover.recognize(make_query(deadline=200.0))
    assert (recognition.upstream, recognition.shortfall) == ("b", ())
    assert events == [FailedOver("route", "a", "b", "not_accepted")]
    assert not fakes[2].calls


@pytest.mark.parametrize(
    ("outcomes", "who", "lacks"),
    [
        ((EMPTY, BOTH, NUMBER), "b", ("sex",)),
        ((NUMBER, NUMBER), "a", ("birth_date", "sex")),
        ((NUMBER, UpstreamTimeout(), NoDocument()), "a", ("birth_date", "sex")),
        ((NoDocument(), EMPTY), "b", ("document_number", "birth_date", "sex")),
    ],
)
async def test_when_all_fall_short_the_one_that_lacks_least_is_given(outcomes, who, lacks):
    failover, _, _ = chain(*outcomes)
    recognition = await failover.recognize(make_query(deadline=200.0))
    assert (recognition.upstream, recognition.shortfall) == (who, lacks)


async def test_answers_are_never_mixed():
    failover, _, _ = chain(NUMBER, IdDocument(birth_date=date(1991, 1, 1), sex="F"))
    recognition = await failover.recognize(make_query(deadline=200.0))
    assert recognition.document == IdDocument(birth_date=date(1991, 1, 1), sex="F")


async def test_without_a_policy_every_answer_will_do():
    failover, fakes, _ = chain(EMPTY, BOTH, accept=None)
    assert (await failover.recognize(make_query(deadline=200.0))).upstream == "a"
    assert not fakes[1].calls
