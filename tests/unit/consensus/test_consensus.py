from __future__ import annotations

import asyncio
import contextlib
import gc
import weakref
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.consensus.calibration import ENOUGH, Calibration
from gateway.consensus.consensus import RESERVED, Consensus
from gateway.consensus.policy import ConsensusPolicy
from gateway.errors import (
    ContradictedDocument,
    DeadlineExceeded,
    GatewayError,
    InvalidParameter,
    NoDocument,
    NoRoute,
    UnreadableDocument,
    UpstreamBusy,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from gateway.events import FailedOver
from gateway.model import IdDocument, Query, Recognition, Trail
from gateway.resilience.accept import AcceptPolicy
from gateway.resilience.failover import Target
from gateway.shadow.compare import FIELDS
from tests.fakes import Events, make_query
from tests.unit.consensus.answers import ERIKSSON, MALEE, SOMCHAI, TODAY, malee
from tests.virtual_time import virtual_time

MISREAD = malee(birth_date=date(1991, 2, 8))


class Reader:
    """Answers or fails after so many seconds of the loop's time."""

    def __init__(self, name: str, outcome: IdDocument | GatewayError, after: float = 0.0) -> None:
        self.name = name
        self.outcome = outcome
        self.after = after
        self.calls: list[Query] = []
        self.let_go = False

    async def recognize(self, query: Query, /) -> Recognition:
        self.calls.append(query)
        try:
            await asyncio.sleep(self.after)
        except asyncio.CancelledError:
            self.let_go = True
            raise
        if isinstance(self.outcome, GatewayError):
            raise self.outcome
        return Recognition(self.outcome, self.name)


Outcome = IdDocument | GatewayError | tuple[IdDocument | GatewayError, float]


class Panel:
    """A consensus over readers named a, b, c …, each with what comes of it, and after how long where that is not at once."""

    def __init__(self, *outcomes: Outcome, supports: Callable[[str], bool] = lambda _: True, **settings: Any) -> None:
        self.events = Events()
        self.readers = [
            Reader(name, *(outcome if isinstance(outcome, tuple) else (outcome,)))
            for name, outcome in zip("abcdefghi", outcomes, strict=False)
        ]
        targets = [Target(reader.name, reader, lambda _, name=reader.name: supports(name)) for reader in self.readers]
        given = {name: settings.pop(name) for name in ("accept", "calibration") if name in settings}
        self.consensus = Consensus(
            "route",
            targets,
            ConsensusPolicy(**settings),
            observer=self.events,
            clock=lambda: asyncio.get_running_loop().time(),
            today=lambda: TODAY,
            **given,
        )

    async def ask(self, seconds: float = 30.0) -> Recognition:
        return await self.consensus.recognize(make_query(deadline=asyncio.get_running_loop().time() + seconds))

    @property
    def asked(self) -> str:
        return "".join(reader.name for reader in self.readers if reader.calls)

    @property
    def let_go(self) -> str:
        return "".join(reader.name for reader in self.readers if reader.let_go)


@virtual_time
async def test_all_are_asked_side_by_side_and_the_answer_is_theirs_together():
    panel = Panel((MISREAD, 1.0), (MALEE, 3.0), (malee(sex=None), 2.0))
    began = asyncio.get_running_loop().time()
    recognition = await panel.ask()
    assert asyncio.get_running_loop().time() - began == pytest.approx(3.0)
    assert recognition.document == MALEE
    assert recognition.provenance["birth_date"] == ("b", "c")
    assert recognition.provenance["sex"] == ("a", "b")
    assert recognition.upstream == "a"
    assert recognition.shortfall == ()
    assert [[call.purpose for call in reader.calls] for reader in panel.readers] == [["consensus"]] * 3
    assert panel.events == []


@virtual_time
async def test_the_order_of_trust_is_that_of_the_targets_and_not_of_the_answers():
    assert (await Panel((MISREAD, 2.0), (MALEE, 1.0)).ask()).document == MISREAD
    assert (await Panel((MALEE, 1.0), (MISREAD, 2.0)).ask()).document == MALEE


async def test_who_cannot_take_the_query_is_passed_over():
    panel = Panel(MALEE, MALEE, MALEE, supports=lambda name: name != "a")
    assert (await panel.ask()).upstream == "b"
    assert panel.asked == "bc"


async def test_nobody_is_paid_where_too_few_could_agree():
    panel = Panel(MALEE, MALEE, supports=lambda name: name == "a")
    with pytest.raises(NoRoute, match="2 targets of route are to agree; 1 take such a document"):
        await panel.ask()
    assert panel.asked == ""


@pytest.mark.parametrize(
    ("outcomes", "error"),
    [
        ([MALEE, UpstreamUnavailable()], UpstreamUnavailable),
        ([NoDocument(), UpstreamUnavailable()], NoDocument),
        ([UpstreamBusy(), MALEE, UpstreamTimeout()], UpstreamTimeout),
        ([UpstreamBusy(), UpstreamUnavailable(), NoDocument()], NoDocument),
    ],
)
async def test_with_too_few_answers_the_most_telling_error_is_told(outcomes, error):
    with pytest.raises(error):
        await Panel(*outcomes).ask()


async def test_a_failure_beside_enough_answers_is_nobodys_business():
    assert (await Panel(UpstreamUnavailable(), MALEE, MALEE).ask()).document == MALEE


@virtual_time
async def test_an_error_that_would_be_the_same_everywhere_ends_it():
    panel = Panel((InvalidParameter(), 1.0), (MALEE, 2.0), MALEE)
    with pytest.raises(InvalidParameter):
        await Panel((InvalidParameter(), 1.0), (MALEE, 2.0), of=2).ask()
    with pytest.raises(InvalidParameter):
        await panel.ask()
    assert panel.let_go == "b"


async def test_two_persons_are_never_merged():
    with pytest.raises(ContradictedDocument):
        await Panel(MALEE, SOMCHAI).ask()


async def test_the_person_of_most_answers_wins_whole():
    recognition = await Panel(SOMCHAI, malee(address=None), MALEE).ask()
    assert recognition.document == MALEE
    assert {name for agreed in recognition.provenance.values() for name in agreed} == {"b", "c"}


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([MALEE, SOMCHAI]),
        st.sets(
            st.sampled_from(["first_name", "last_name", "birth_date", "document_number", "sex", "expiry_date"]),
            max_size=2,
        ),
    ),
    min_size=2,
    max_size=4,
)


@given(PEOPLE)
@settings(deadline=None)
def test_no_answer_holds_anything_of_two_persons(people):
    """Whatever two of the fields a reader misses."""
    panel = Panel(*(replace(person, **dict.fromkeys(missing)) for person, missing in people))
    try:
        document = asyncio.run(panel.ask()).document
    except ContradictedDocument:
        return
    of_malee, of_somchai = (
        {
            name
            for name in ("first_name", "birth_date", "document_number")
            if getattr(document, name) == getattr(person, name)
        }
        for person in (MALEE, SOMCHAI)
    )
    assert not (of_malee and of_somchai)


@virtual_time
async def test_a_reserve_takes_the_place_of_one_that_failed():
    panel = Panel((UpstreamUnavailable(), 1.0), (MALEE, 5.0), (MALEE, 1.0), MALEE, of=2)
    assert (await panel.ask()).provenance["birth_date"] == ("b", "c")
    assert panel.asked == "abc"
    assert panel.events == [FailedOver("route", "a", "c", "unavailable")]


@pytest.mark.parametrize(
    ("second", "settings"),
    [
        (SOMCHAI, {}),
        (MISREAD, {"agree": ("birth_date",)}),
        (malee(birth_date=None), {"agree": ("birth_date",)}),
        (MALEE, {"accept": AcceptPolicy(require=("address",))}),
    ],
)
async def test_a_reserve_settles_what_is_not_settled(second, settings):
    panel = Panel(MALEE, second, malee(address="7 Lane"), MALEE, of=2, **settings)
    recognition = await panel.ask()
    assert recognition.document == malee(address="7 Lane")
    assert recognition.shortfall == ()
    assert panel.asked == "abc"
    assert panel.events == [FailedOver("route", "b", "c", "undecided")]


async def test_no_reserve_is_asked_where_all_is_well():
    panel = Panel(MALEE, MALEE, MALEE, of=2, agree=("document_number", "birth_date"))
    await panel.ask()
    assert panel.asked == "ab"


async def test_what_is_still_open_in_the_end_is_told():
    panel = Panel(MALEE, MISREAD, agree=("birth_date",), accept=AcceptPolicy(require=("address", "birth_date")))
    recognition = await panel.ask()
    assert recognition.document.birth_date == MALEE.birth_date
    assert recognition.shortfall == ("birth_date", "address")


@virtual_time
async def test_stopping_early_lets_the_others_go():
    panel = Panel((MALEE, 1.0), (MISREAD, 2.0), (MALEE, 3.0), (MALEE, 9.0), agree=("birth_date",), stop_early=True)
    began = asyncio.get_running_loop().time()
    assert (await panel.ask()).provenance["birth_date"] == ("a", "c")
    assert asyncio.get_running_loop().time() - began == pytest.approx(3.0)
    assert panel.let_go == "d"


@virtual_time
async def test_who_is_slow_is_left_out_once_there_are_enough():
    panel = Panel((MALEE, 1.0), (MALEE, 2.0), (MISREAD, 60.0), timeout=5.0)
    began = asyncio.get_running_loop().time()
    assert (await panel.ask()).provenance["birth_date"] == ("a", "b")
    assert asyncio.get_running_loop().time() - began == pytest.approx(5.0)
    assert panel.let_go == "c"


@virtual_time
async def test_until_there_are_enough_the_slow_are_waited_for():
    panel = Panel((MALEE, 1.0), (MALEE, 12.0), (MALEE, 20.0), timeout=5.0)
    began = asyncio.get_running_loop().time()
    assert (await panel.ask()).provenance["birth_date"] == ("a", "b")
    assert asyncio.get_running_loop().time() - began == pytest.approx(12.0)


@virtual_time
async def test_whether_there_are_two_persons_is_waited_for_too():
    panel = Panel((MALEE, 1.0), (SOMCHAI, 2.0), (MALEE, 12.0), timeout=5.0)
    assert (await panel.ask()).document == MALEE


@virtual_time
async def test_nobody_in_reserve_is_asked_after_that_time():
    panel = Panel((MALEE, 1.0), (MISREAD, 6.0), MALEE, of=2, agree=("birth_date",), timeout=5.0)
    assert (await panel.ask()).shortfall == ("birth_date",)
    assert panel.asked == "ab"


@virtual_time
async def test_answers_that_are_there_are_given_before_the_request_is_out_of_time():
    panel = Panel((MALEE, 1.0), (MALEE, 2.0), (MALEE, 60.0), timeout=30.0)
    began = asyncio.get_running_loop().time()
    await panel.ask(seconds=8.0)
    assert asyncio.get_running_loop().time() - began == pytest.approx(8.0 - RESERVED)


@virtual_time
async def test_a_request_out_of_time_with_too_few_answers_fails():
    with pytest.raises(DeadlineExceeded):
        await Panel((MALEE, 1.0), (MALEE, 60.0)).ask(seconds=8.0)


@virtual_time
async def test_a_caller_that_goes_away_stops_all():
    panel = Panel((MALEE, 10.0), (MALEE, 10.0))
    asking = asyncio.get_running_loop().create_task(panel.ask())
    await asyncio.sleep(1.0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert panel.let_go == "ab"


async def test_a_sound_zone_is_right_whatever_the_vote():
    by_eye = replace(
        ERIKSSON, mrz=(), birth_date=date(1974, 8, 17), country_region="SWE", confidence={"birth_date": 0.9}
    )
    recognition = await Panel(by_eye, by_eye, ERIKSSON).ask()
    assert recognition.document.birth_date == date(1974, 8, 12)
    assert recognition.provenance["birth_date"] == ("c",)
    assert "birth_date" not in recognition.document.confidence


async def test_what_cannot_stand_beside_the_rest_is_left_out():
    """Each of the two can be; both cannot."""
    first = malee(expiry_date=date(2019, 2, 2), issue_date=None)
    second = malee(expiry_date=None, issue_date=date(2022, 2, 3))
    recognition = await Panel(first, second).ask()
    assert (recognition.document.issue_date, recognition.document.expiry_date) == (None, None)
    assert not recognition.provenance.keys() & {"issue_date", "expiry_date"}


async def test_a_document_of_which_nothing_can_be_is_none():
    zone = (ERIKSSON.mrz[0], ERIKSSON.mrz[1].replace("7408122", "7408172"))
    with pytest.raises(ContradictedDocument, match="check digits"):
        await Panel(replace(ERIKSSON, mrz=zone), ERIKSSON.__class__(country_region="UTO")).ask()
    future = IdDocument(birth_date=date(2050, 1, 1))
    with pytest.raises(UnreadableDocument):
        await Panel(future, future).ask()


async def test_what_readers_are_sure_of_is_learnt_and_decides():
    calibration = Calibration()
    unsure, sure = malee(confidence={"birth_date": 0.75}), malee(confidence={"birth_date": 0.92})
    for _ in range(ENOUGH):
        await Panel(replace(unsure, birth_date=date(1991, 3, 3)), MALEE, calibration=calibration).ask()
        await Panel(MALEE, sure, calibration=calibration).ask()
    assert (calibration.score("a", "birth_date", 0.75), calibration.score("b", "birth_date", 0.92)) == (0.0, 1.0)
    last = Panel(replace(unsure, birth_date=MISREAD.birth_date), sure, calibration=calibration)
    assert (await last.ask()).document.birth_date == MALEE.birth_date


async def test_all_fields_of_the_answer_have_a_provenance():
    recognition = await Panel(malee(portrait_image=b"Yg=="), MALEE).ask()
    given_fields = {name for name in (*FIELDS, "portrait_image") if getattr(recognition.document, name) is not None}
    assert recognition.provenance.keys() == given_fields


class Watched(Trail):
    """A trail that can be watched; it lives exactly as long as its query."""


class Refusing:
    """Raises a new error for each call, so that nothing but the consensus could keep it."""

    async def recognize(self, _query: Query, /) -> Recognition:
        raise UpstreamUnavailable


async def test_errors_do_not_keep_the_query_alive():
    targets = [Target(name, Refusing(), lambda _: True) for name in "ab"]
    consensus = Consensus("route", targets, ConsensusPolicy(), observer=Events())
    query = make_query(trail=Watched())
    watched = weakref.ref(query.trail)
    gc.disable()
    try:
        with contextlib.suppress(UpstreamUnavailable):
            await consensus.recognize(query)
        del query
        assert watched() is None
    finally:
        gc.enable()


def test_there_is_an_end_to_the_targets():
    with pytest.raises(ValueError, match="at most 8"):
        Panel(*[MALEE] * 9)
