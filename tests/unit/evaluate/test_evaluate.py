from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.build import build
from gateway.config.load import load_text
from gateway.evaluate.errors import EvaluationError, OrderError
from gateway.evaluate.evaluate import Evaluation, Order, prepare, write
from gateway.evaluate.results import ResultsBusy
from gateway.evaluate.settings import Wishes
from gateway.evaluate.truth import TruthError
from gateway.migrate.gates import GatePolicy, Verdict
from gateway.report.gates import gates_for
from tests.unit.evaluate.made import pictures
from tests.unit.report.markup import Page

YAML = """
callers: {anonymous: true}
upstreams:
  good: {adapter: replay, price: 0.01}
  bad: {adapter: replay, options: {wrong: {birth_date: 0.5}}, price: 0.02, retry: {attempts: 3}}
routes: [{name: default, targets: [good]}]
"""
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
POLICY = GatePolicy(success=0.5, agreement={"birth_date": 0.9}, minimum=5)


class Nobody:
    def advance(self, spent: float, /) -> None:
        pass


@pytest.fixture
def order(tmp_path):
    pictures(tmp_path / "in", *(f"{number:02}.png" for number in range(40)))

    def make(**changes):
        values = {"folder": tmp_path / "in", "out": tmp_path / "out", "upstreams": ("good", "bad")}
        return Order(**values | {"wishes": Wishes(countries=frozenset({"THA"}))} | changes)

    return make


@asynccontextmanager
async def nests(config):
    async with build(config, observer=lambda _: None) as gateway:
        yield gateway.nests


async def evaluated(order, yaml=YAML):
    config = load_text(yaml, name="test.yaml", folder=Path())
    material = await asyncio.to_thread(prepare, order)
    async with nests(config) as known:
        evaluation = Evaluation(order, material, config, gates_for((), POLICY))
        return await evaluation.run(known, Nobody(), now=lambda: NOON)


async def test_an_upstream_that_misreads_is_found_out(order, tmp_path):
    found = await evaluated(order())
    assert found.overall["bad"].asked == 40
    assert 0.3 < found.overall["bad"].fields["birth_date"].rate < 0.7
    assert found.overall["bad"].fields["sex"].rate == 1.0
    assert {standing.upstream for standing in found.standings} == {"bad"}
    assert found.verdict == Verdict.FAIL
    assert round(found.spent, 9) == 1.2
    assert found.config.startswith("test.yaml (")
    await asyncio.to_thread(write, found, tmp_path / "out")


async def test_what_is_written(order, tmp_path):
    found = await evaluated(order())
    page = await asyncio.to_thread(write, found, tmp_path / "out")
    text = await asyncio.to_thread(page.read_text)
    assert "Evaluation of ID readers" in Page(text).words
    assert json.loads(await asyncio.to_thread((tmp_path / "out" / "summary.json").read_bytes))["spent"] == 1.2
    csv = await asyncio.to_thread((tmp_path / "out" / "results.csv").read_text)
    assert len(csv.splitlines()) == 81
    assert sorted(await asyncio.to_thread(lambda: [path.name for path in (tmp_path / "out").iterdir()])) == [
        "report.html", "results", "results.csv", "summary.json",
    ]  # fmt: skip


async def test_no_value_is_kept_unless_that_is_asked_for(order, tmp_path):
    def contents():
        return b"".join(path.read_bytes() for path in (tmp_path / "out" / "results").iterdir())

    await evaluated(order())
    assert b'"values":{' not in await asyncio.to_thread(contents)
    await evaluated(order(out=tmp_path / "out", resume=True, keep=True, wishes=Wishes()))
    assert b'"values":{"country_region"' in await asyncio.to_thread(contents)


async def test_going_on_costs_nothing_where_all_is_done(order):
    await evaluated(order())
    found = await evaluated(order(resume=True))
    assert round(found.spent, 9) == 1.2
    assert len(found.pictures) == 40


async def test_the_budget_counts_what_retries_may_cost(order):
    found = await evaluated(order(budget=0.5, concurrency=1))
    assert found.ending.reason == "the budget is used up"
    assert 0.44 <= found.spent <= 0.5


async def test_with_a_truth_all_are_judged_and_hints_ask_for_it(order, tmp_path):
    rows = "".join(f"{number:02}.png,VNM,PP,1990-01-31\n" for number in range(40))
    truth = tmp_path / "truth.csv"
    await asyncio.to_thread(truth.write_text, f"file,country_region,id_type,birth_date\n{rows}")
    found = await evaluated(order(truth=truth, wishes=Wishes(hints=True)))
    assert {(standing.pair, standing.upstream) for standing in found.standings} == {
        ("VNM-PP", "good"),
        ("VNM-PP", "bad"),
    }
    assert found.overall["good"].fields["birth_date"].n == 40
    assert found.overall["good"].fields["id_type"].rate == 1.0
    assert found.overall["good"].fields["birth_date"].rate < 0.1


async def test_one_upstream_alone_is_judged_by_what_can_be_counted(order):
    found = await evaluated(order(upstreams=("good",)))
    assert {gate for standing in found.standings for gate in standing.gates} == {"success"}
    assert found.verdict == Verdict.PASS


async def test_who_takes_what_is_told_of_every_pair(order):
    found = await evaluated(order())
    assert len(found.takes) == 46
    assert all(found.takes.values())


async def test_two_runs_do_not_share_a_folder(order):
    config = load_text(YAML, name="test.yaml", folder=Path())
    material = await asyncio.to_thread(prepare, order())
    async with nests(config) as known:
        evaluation = Evaluation(order(), material, config, gates_for((), POLICY))
        both = await asyncio.gather(*(evaluation.run(known, Nobody()) for _ in range(2)), return_exceptions=True)
    assert [type(outcome) for outcome in both].count(ResultsBusy) == 1


def test_results_that_are_there_are_not_mixed_with_new_ones_by_mistake(order, tmp_path):
    pictures(tmp_path / "out" / "results", "good.jsonl")
    with pytest.raises(OrderError, match="--resume"):
        prepare(order())
    assert len(prepare(order(resume=True)).pictures) == 40


def test_a_folder_without_pictures_and_a_truth_with_mistakes(order, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(EvaluationError, match="no pictures in"):
        prepare(order(folder=tmp_path / "empty"))
    (tmp_path / "truth.csv").write_text("file\ngone.png\n")
    with pytest.raises(TruthError, match=r"truth\.csv:2"):
        prepare(order(truth=tmp_path / "truth.csv"))
