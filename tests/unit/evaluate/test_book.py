from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, closing

from gateway.evaluate.book import Book, Terms
from tests.unit.evaluate.made import SETTINGS, line

TERMS = {"a": Terms(SETTINGS, 0.02), "free": Terms(SETTINGS, 0.0)}


@asynccontextmanager
async def opened(folder, **options):
    book = Book(folder, options.pop("terms", TERMS), **options)
    await asyncio.to_thread(book.open)
    with closing(book):
        yield book


async def test_what_is_done_stays_done_in_the_next_run(tmp_path):
    async with opened(tmp_path) as book:
        assert not book.done("a", "p")
        await book.begin(["a"], "p")
        await book.finish("a", line(picture="p"))
        assert book.done("a", "p")
    async with opened(tmp_path) as book:
        assert book.done("a", "p")
        assert not book.done("free", "p")
        assert book.spent == 0.01
        assert [name for name, _ in book.lines()] == ["a"]


async def test_what_was_made_with_other_settings_does_not_count(tmp_path):
    async with opened(tmp_path) as book:
        await book.finish("a", line(picture="p"))
    async with opened(tmp_path, terms={"a": Terms("other", 0.02)}) as book:
        assert not book.done("a", "p")
        assert book.spent == 0
        assert list(book.lines()) == []


async def test_a_picture_that_may_have_been_paid_for_is_not_asked_about_again(tmp_path):
    async with opened(tmp_path) as book:
        await book.begin(["a", "free"], "p")
    async with opened(tmp_path) as book:
        assert book.done("a", "p")
        assert not book.done("free", "p")
        assert book.spent == 0.02
        assert book.unknown == 1


async def test_except_where_that_is_asked_for_and_then_both_count(tmp_path):
    async with opened(tmp_path) as book:
        await book.begin(["a"], "p")
    async with opened(tmp_path, again=True) as book:
        assert not book.done("a", "p")
        await book.begin(["a"], "p")
        await book.finish("a", line(picture="p"))
    async with opened(tmp_path) as book:
        assert book.done("a", "p")
        assert book.unknown == 0
        assert round(book.spent, 9) == 0.03


async def test_what_says_nothing_of_the_picture_is_asked_again(tmp_path):
    async with opened(tmp_path) as book:
        await book.finish("a", line(picture="p", outcome="exhausted", cost=0.0))
        await book.finish("a", line(picture="q", outcome="circuit_open", cost=0.0))
        await book.finish("a", line(picture="r", outcome="unavailable", cost=0.0))
        assert [book.done("a", picture) for picture in "pqr"] == [False, False, True]
        assert sorted(found.picture for _, found in book.lines()) == ["p", "r"]


async def test_asked_again_it_costs_both(tmp_path):
    async with opened(tmp_path) as book:
        await book.finish("a", line(picture="p", outcome="gone", cost=0.01))
        await book.finish("a", line(picture="p", cost=0.02))
    async with opened(tmp_path) as book:
        assert round(book.spent, 9) == 0.03
        assert book.line("a", "p").outcome == "ok"


async def test_a_line_can_be_revised_for_this_run(tmp_path):
    async with opened(tmp_path) as book:
        await book.finish("a", line(picture="p"))
        book.revise("a", line(picture="p", truth_digest="new"))
        assert book.line("a", "p").truth_digest == "new"
    async with opened(tmp_path) as book:
        assert book.line("a", "p").truth_digest == ""
