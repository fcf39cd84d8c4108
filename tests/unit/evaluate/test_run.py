from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field

import pytest

from gateway.errors import CircuitOpen
from gateway.evaluate.book import Book, Terms
from gateway.evaluate.budget import Budget
from gateway.evaluate.compared import Comparison
from gateway.evaluate.pace import Pace
from gateway.evaluate.pictures import pictures_in
from gateway.evaluate.run import Contender, Run
from gateway.evaluate.settings import ANYTHING, Wishes
from gateway.evaluate.truth import Truth
from gateway.evaluate.values import Values
from gateway.nest import Nest
from tests.unit.evaluate.made import SETTINGS, Paid, nest, pictures


@dataclass
class Seen:
    """Somebody who is told of the progress and may have enough of it."""

    stop_after: int = 10**9
    run: Run | None = None
    spent: list[float] = field(default_factory=list)

    def advance(self, spent: float) -> None:
        self.spent.append(round(spent, 9))
        if len(self.spent) == self.stop_after:
            self.run.stop()


@asynccontextmanager
async def opened(tmp_path, upstreams, **options):
    """A run over ``upstreams`` into ``tmp_path/out``, with its book and progress."""
    most = 0.01
    book = Book(tmp_path / "out", {name: Terms(SETTINGS, most) for name in upstreams})
    await asyncio.to_thread(book.open)
    nests = [one if isinstance(one, Nest) else Nest(name, one, lambda _: True) for name, one in upstreams.items()]
    first = next(iter(upstreams))
    seen = Seen(options.pop("stop_after", 10**9))
    with closing(book):
        seen.run = Run(
            [Contender(one, most) for one in nests],
            book,
            Comparison(first, dict.fromkeys(upstreams, SETTINGS), options.pop("truth", None), keep=False),
            options.pop("wishes", ANYTHING),
            budget=Budget(options.pop("budget", None), book.spent),
            pace=Pace(None),
            progress=seen,
            concurrency=options.pop("concurrency", 2),
            deadline=10,
            limit=1_000_000,
            **options,
        )
        yield seen.run, book, seen


@pytest.fixture
def folder(tmp_path):
    return pictures(tmp_path / "in", *(f"{number}.png" for number in range(10)))


async def test_every_picture_goes_to_every_upstream_once(tmp_path, folder):
    a, b = Paid("a"), Paid("b")
    async with opened(tmp_path, {"a": a, "b": b}) as (run, book, seen):
        ending = await run.over(await asyncio.to_thread(pictures_in, folder))
        assert ending.reason == ""
        assert sorted(a.asked) == sorted(b.asked) == list(range(400, 410))
        assert len(list(book.lines())) == 20
        assert len(seen.spent) == 10
        assert round(seen.spent[-1], 9) == 0.2
        assert all(line.agreement for name, line in book.lines() if name == "b")


@pytest.mark.parametrize("stop_after", [1, 4, 9])
async def test_a_run_that_was_stopped_goes_on_and_no_picture_is_paid_twice(tmp_path, folder, stop_after):
    a, b = Paid("a"), Paid("b")
    async with opened(tmp_path, {"a": a, "b": b}, stop_after=stop_after) as (run, _, _):
        ending = await run.over(await asyncio.to_thread(pictures_in, folder))
        assert ending.reason == "stopped"
    assert stop_after <= len(a.asked) < 10 or stop_after == 9
    async with opened(tmp_path, {"a": a, "b": b}) as (run, book, _):
        assert (await run.over(await asyncio.to_thread(pictures_in, folder))).reason == ""
        assert len(list(book.lines())) == 20
        assert round(book.spent, 9) == 0.2
    assert sorted(a.asked) == sorted(b.asked) == list(range(400, 410))


async def test_neither_is_one_that_was_under_way_when_the_run_was_killed(tmp_path, folder):
    class Hanging(Paid):
        async def recognize(self, query, /):
            recognition = await super().recognize(query)
            if len(self.asked) == 4:
                raise asyncio.CancelledError
            return recognition

    a = Hanging("a")
    async with opened(tmp_path, {"a": a}, concurrency=1) as (run, _, _):
        with pytest.raises(asyncio.CancelledError):
            await run.over(await asyncio.to_thread(pictures_in, folder))
    async with opened(tmp_path, {"a": a}) as (run, book, _):
        await run.over(await asyncio.to_thread(pictures_in, folder))
        assert len(list(book.lines())) == 9
        assert book.unknown == 1
        assert round(book.spent, 9) == 0.1
    assert sorted(a.asked) == list(range(400, 410))


async def test_an_upstream_that_comes_later_is_asked_alone(tmp_path, folder):
    a, b = Paid("a"), Paid("b")
    async with opened(tmp_path, {"a": a}) as (run, _, _):
        await run.over(await asyncio.to_thread(pictures_in, folder))
    async with opened(tmp_path, {"a": a, "b": b}) as (run, book, _):
        await run.over(await asyncio.to_thread(pictures_in, folder))
        assert len(list(book.lines())) == 20
    assert (len(a.asked), len(b.asked)) == (10, 10)


async def test_the_budget_is_never_exceeded_and_holds_for_all_runs(tmp_path, folder):
    a, b = Paid("a"), Paid("b")
    async with opened(tmp_path, {"a": a, "b": b}, budget=0.09, concurrency=4) as (run, book, _):
        ending = await run.over(await asyncio.to_thread(pictures_in, folder))
        assert ending.reason == "the budget is used up"
        assert round(book.spent, 9) == 0.08
    async with opened(tmp_path, {"a": a, "b": b}, budget=0.13) as (run, book, _):
        await run.over(await asyncio.to_thread(pictures_in, folder))
        assert round(book.spent, 9) == 0.12
    assert (len(a.asked), len(b.asked)) == (6, 6)


async def test_an_upstream_that_cannot_be_asked_any_more_ends_the_run_for_all(tmp_path, folder):
    a, waits = Paid("a"), []

    async def sleep(seconds):
        waits.append(seconds)

    upstreams = {"a": a, "b": nest("b", CircuitOpen(retry_after=30))}
    async with opened(tmp_path, upstreams, concurrency=1, sleep=sleep) as (run, book, _):
        ending = await run.over(await asyncio.to_thread(pictures_in, folder))
        assert (ending.reason, ending.refused) == ("b cannot be asked any more (circuit_open)", "b")
        assert [name for name, _ in book.lines()] == ["a"]
        assert not any(book.done("b", line.picture) for _, line in book.lines())
    assert len(a.asked) == 1
    assert waits == [30, 30, 30]


async def test_files_that_are_no_pictures_and_copies_are_told_and_not_asked_about(tmp_path, folder):
    (folder / "text.png").write_bytes(b"text")
    (folder / "gone.png").symlink_to(tmp_path / "nowhere")
    (folder / "copy.png").write_bytes((folder / "3.png").read_bytes())
    a = Paid("a")
    async with opened(tmp_path, {"a": a}) as (run, _, seen):
        ending = await run.over(await asyncio.to_thread(pictures_in, folder))
    assert ending.unusable == {"text.png": "unsupported_image_format", "gone.png": "No such file or directory"}
    assert ending.copies == 1
    assert len(a.asked) == 10
    assert len(seen.spent) == 13


async def test_with_hints_each_picture_is_asked_for_what_it_is(tmp_path, folder):
    a = nest("a")
    truth = Truth({"3.png": Values(country_region="THA")}, "t")
    async with opened(tmp_path, {"a": a}, truth=truth, wishes=Wishes(hints=True)) as (run, _, _):
        await run.over(await asyncio.to_thread(pictures_in, folder))
    asked = {query.image.width: query.countries for query in a.recognizer.calls}
    assert asked.pop(403) == {"THA"}
    assert set(asked.values()) == {frozenset()}


async def test_a_disk_that_does_not_take_a_line_ends_the_run_before_anything_is_paid(tmp_path, folder):
    a = Paid("a")
    async with opened(tmp_path, {"a": a}, concurrency=1) as (run, book, _):
        book.close()
        with pytest.raises(OSError, match="Bad file descriptor"):
            await run.over(await asyncio.to_thread(pictures_in, folder))
    assert a.asked == []
