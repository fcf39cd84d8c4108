from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import date

import pytest

from gateway.evaluate.asking import Answer
from gateway.evaluate.book import Book, Terms
from gateway.evaluate.compared import Comparison, TruthChanged
from gateway.evaluate.truth import Truth
from gateway.evaluate.values import Values
from gateway.model import DocumentType, IdDocument
from gateway.shadow.compare import Result
from tests.unit.evaluate.made import SETTINGS, line

TODAY = date(2026, 1, 1)
NAMES = ("old", "new")
CARD = IdDocument(
    country_region="THA", id_type=DocumentType.IDENTITY_CARD, birth_date=date(1990, 1, 31), last_name="TUAYANG"
)
TRUTH = Truth({"a.png": Values(birth_date=date(1990, 1, 31), document_number="1234567890121")}, "t1")


@asynccontextmanager
async def opened(folder):
    book = Book(folder, {name: Terms(SETTINGS, 0.0) for name in NAMES})
    await asyncio.to_thread(book.open)
    with closing(book):
        yield book


def comparison(truth=None, *, keep=False):
    return Comparison("old", dict.fromkeys(NAMES, SETTINGS), truth, keep)


async def lines(tmp_path, answers, truth=None, *, keep=False, before=()):
    async with opened(tmp_path) as book:
        for name, known in before:
            await book.finish(name, known)
        return dict(comparison(truth, keep=keep).lines("a.png", "p", answers, book, TODAY))


async def test_the_others_are_held_against_the_first(tmp_path):
    other = replace(CARD, birth_date=date(1990, 1, 30), sex=None)
    found = await lines(tmp_path, {"old": Answer("ok", CARD), "new": Answer("ok", other, 0.12345, 0.01, 2)})
    new = found["new"]
    assert (new.control, new.agreement["birth_date"], new.agreement["last_name"]) == ("old", Result.NEAR, Result.EXACT)
    assert (new.seconds, new.cost, new.attempts) == (0.1235, 0.01, 2)
    assert (new.country_region, new.id_type, new.file) == ("THA", "ID", "a.png")
    assert new.fields == ("country_region", "id_type", "last_name", "birth_date")
    assert found["old"].agreement is None
    assert new.values is None
    assert new.truth is None


async def test_check_digits_may_prove_the_other_one_right(tmp_path):
    wrong = replace(CARD, document_number="1234567890123")
    right = replace(CARD, document_number="1234567890121")
    found = await lines(tmp_path, {"old": Answer("ok", wrong), "new": Answer("ok", right)})
    assert found["new"].proven == ("document_number",)


async def test_the_truth_counts_where_it_states_something(tmp_path):
    found = await lines(tmp_path, {"old": Answer("ok", CARD)}, TRUTH)
    assert found["old"].truth == {
        "birth_date": Result.EXACT,
        "document_number": Result.MISSING_CANDIDATE,
    }
    assert found["old"].truth_digest == "t1"


async def test_a_picture_that_the_truth_does_not_mention_is_held_against_nothing(tmp_path):
    found = await lines(tmp_path, {"old": Answer("ok", CARD)}, Truth({}, "t1"))
    assert (found["old"].truth, found["old"].truth_digest) == (None, "t1")


async def test_checks_that_do_not_hold_are_named(tmp_path):
    later = replace(CARD, issue_date=date(2020, 1, 1), expiry_date=date(2010, 1, 1))
    found = await lines(tmp_path, {"old": Answer("ok", later)})
    assert found["old"].failures == ("dates",)


async def test_nothing_is_known_of_what_was_not_answered(tmp_path):
    found = await lines(tmp_path, {"old": Answer("timeout"), "new": Answer("ok", CARD)}, TRUTH)
    assert (found["old"].outcome, found["old"].truth, found["old"].country_region) == ("timeout", None, None)
    assert found["new"].agreement is None


async def test_values_are_kept_only_where_that_is_asked_for(tmp_path):
    found = await lines(tmp_path, {"old": Answer("ok", CARD)}, keep=True)
    assert found["old"].values.document() == CARD


async def test_an_upstream_that_comes_later_is_held_against_kept_values(tmp_path):
    kept = line(picture="p", values=Values(birth_date=date(1990, 1, 31)))
    found = await lines(tmp_path, {"new": Answer("ok", CARD)}, before=[("old", kept)])
    assert found["new"].agreement["birth_date"] == Result.EXACT


async def test_without_kept_values_it_is_held_against_nothing(tmp_path):
    found = await lines(tmp_path, {"new": Answer("ok", CARD)}, before=[("old", line(picture="p"))])
    assert found["new"].agreement is None


async def test_another_truth_needs_the_values(tmp_path):
    async with opened(tmp_path) as book:
        await book.finish("old", line(picture="p", truth_digest="t0"))
        with pytest.raises(TruthChanged, match="another truth"):
            comparison(TRUTH).catch_up(book)


async def test_and_is_caught_up_with_where_they_are_kept(tmp_path):
    async with opened(tmp_path) as book:
        values = Values(birth_date=date(1991, 1, 31))
        await book.finish("old", line(picture="p", truth_digest="t0", values=values))
        await book.finish("new", line(picture="p", outcome="timeout"))
        comparison(TRUTH).catch_up(book)
        assert book.line("old", "p").truth["birth_date"] == Result.NEAR
        assert book.line("old", "p").truth_digest == "t1"


async def test_the_same_truth_changes_nothing(tmp_path):
    async with opened(tmp_path) as book:
        known = line(picture="p", truth_digest="t1", truth={"sex": Result.EXACT})
        await book.finish("old", known)
        comparison(TRUTH).catch_up(book)
        assert book.line("old", "p") == known
