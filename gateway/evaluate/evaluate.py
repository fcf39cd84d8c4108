"""One evaluation from the folder of pictures to the files that tell of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gateway.clock import wall_clock
from gateway.config.load import LoadedConfig
from gateway.evaluate.book import Book, Terms
from gateway.evaluate.budget import Budget
from gateway.evaluate.compared import Comparison
from gateway.evaluate.errors import EvaluationError, OrderError
from gateway.evaluate.findings import Findings
from gateway.evaluate.interrupts import interrupts
from gateway.evaluate.measure import measures, seen
from gateway.evaluate.pace import Pace
from gateway.evaluate.pictures import Picture, pictures_in
from gateway.evaluate.report import report
from gateway.evaluate.run import Contender, Ending, Progress, Run
from gateway.evaluate.settings import ANYTHING, Wishes, settings_of
from gateway.evaluate.tables import results_csv, summary_json
from gateway.evaluate.truth import Truth, read_truth
from gateway.evaluate.verdicts import standings
from gateway.migrate.pairs import TABLE_1_PAIRS
from gateway.model import DocumentImage, DocumentType, ImageFormat, Query
from gateway.nest import Nest
from gateway.report.gates import Policies

RESULTS = "results"
"""The folder within ``out`` that holds what a later run goes on from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the command line asks for. ``rate`` is pictures a second, ``budget`` money over all runs into ``out``,
    ``again`` repeats what a killed run may have paid for, ``keep`` keeps what was read.
    """

    folder: Path
    out: Path
    upstreams: Sequence[str]
    truth: Path | None = None
    wishes: Wishes = ANYTHING
    rate: float | None = None
    budget: float | None = None
    concurrency: int = 2
    resume: bool = False
    again: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """What is read before anybody is asked."""

    pictures: Sequence[Picture]
    truth: Truth | None


def prepare(order: Order) -> Material:
    """Blocks. Raises ``OSError``, and :class:`EvaluationError` where the folder or the truth cannot be used."""
    pictures = pictures_in(order.folder)
    if not pictures:
        raise EvaluationError(f"no pictures in {order.folder}")
    truth = None
    if order.truth is not None:
        truth = read_truth(order.truth, (picture.id for picture in pictures))
    results = order.out / RESULTS
    if not order.resume and results.exists() and any(results.iterdir()):
        raise OrderError(f"there are results in {order.out} already: go on with --resume, or name another folder")
    return Material(pictures, truth)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An ``order`` and all that it needs."""

    order: Order
    material: Material
    config: LoadedConfig
    policies: Policies

    async def run(
        self, nests: Mapping[str, Nest], progress: Progress, *, now: Callable[[], datetime] = wall_clock
    ) -> Findings:
        """Ask ``nests``, which are those of the configuration, whatever is not on file yet, and find out. An interrupt ends it early, a second one at once.

        Raises what entering a :class:`Book` and :meth:`Comparison.catch_up` raise.
        """
        order, configured = self.order, self.config.settings.upstreams
        settings = {name: settings_of(configured[name], order.wishes) for name in order.upstreams}
        most = {name: self._most(name, nests[name]) for name in order.upstreams}
        comparison = Comparison(order.upstreams[0], settings, self.material.truth, order.keep)
        book = Book(
            order.out / RESULTS, {name: Terms(settings[name], most[name]) for name in settings}, again=order.again
        )
        await asyncio.to_thread(book.open)
        with closing(book):
            comparison.catch_up(book)
            run = Run(
                [Contender(nests[name], most[name]) for name in order.upstreams],
                book,
                comparison,
                order.wishes,
                budget=Budget(order.budget, book.spent),
                pace=Pace(order.rate),
                progress=progress,
                concurrency=order.concurrency,
                deadline=self.config.settings.server.deadline,
                limit=self.config.settings.server.fetch.max_bytes,
            )
            with interrupts(run.stop):
                ending = await run.over(self.material.pictures)
            return self._findings(book, ending, _takes(nests, order.upstreams), now())

    def _most(self, name: str, nest: Nest) -> float:
        """What one picture costs at an upstream if every attempt that may be made is billed."""
        upstream = self.config.settings.upstreams[name]
        return upstream.price * (1 if nest.retry is None else upstream.retry.attempts)

    def _findings(self, book: Book, ending: Ending, takes: Mapping[tuple[str, str], bool], at: datetime) -> Findings:
        upstreams, truth = tuple(self.order.upstreams), self.material.truth
        kinds = None
        if truth is not None:
            kinds = {file: (row.country_region or "", row.id_type or "") for file, row in truth.rows.items()}
        pictures = seen(book.lines(), upstreams[0], kinds)
        found = measures(pictures, frozenset(kinds or ()))
        alone = len(upstreams) == 1
        judged = upstreams if kinds is not None or alone else upstreams[1:]
        return Findings(
            upstreams=upstreams,
            with_truth=kinds is not None,
            pictures=pictures,
            measures=found,
            standings=standings(found, judged, self.policies, compared=kinds is not None or not alone),
            takes=takes,
            ending=ending,
            total=len(self.material.pictures),
            spent=book.spent,
            unknown=book.unknown,
            config=f"{Path(self.config.source.name).name} ({self.config.hash})",
            at=at,
        )


def write(found: Findings, out: Path) -> Path:
    """The page, ``summary.json`` and ``results.csv`` in ``out``; where the page is. Blocks; raises ``OSError``."""
    page = out / "report.html"
    for path, content in (
        (out / "summary.json", summary_json(found)),
        (out / "results.csv", results_csv(found).encode()),
        (page, report(found).encode()),
    ):
        unfinished = path.with_name(f".{path.name}.unfinished")
        unfinished.write_bytes(content)
        os.replace(unfinished, path)  # noqa: PTH105 - whoever has the page open sees the old or the new one
    return page


def _takes(nests: Mapping[str, Nest], upstreams: Sequence[str]) -> dict[tuple[str, str], bool]:
    """Who can be asked for which pair at all."""
    picture = DocumentImage(ImageFormat.JPEG, 2000, 1400, 500_000, content=b"")
    takes: dict[tuple[str, str], bool] = {}
    for pair in TABLE_1_PAIRS:
        country, kind = pair.split("-")
        query = Query(
            image=picture, countries=frozenset({country}), types=frozenset({DocumentType(kind)}), deadline=0.0
        )
        takes |= {(pair, name): nests[name].supports(query) for name in upstreams}
    return takes
