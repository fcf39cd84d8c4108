from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from gateway.config.errors import ConfigError
from gateway.config.load import LoadedConfig, load_text
from gateway.events import RequestFinished
from gateway.reload.generation import Generation, prepare
from gateway.reload.measures import metrics_for

TEXT = """
callers: {anonymous: true}
server: {deadline: 7, body_memory: 1MiB, parity: strict, countries: any}
upstreams: {a: {adapter: replay, options: {}}}
routes: [{name: all, targets: [a]}]
"""
JOURNAL = "journal: {directory: journal}\n"
DONE = RequestFinished("all", "a", "ok", 200, 0.1, 0.1)


def config(folder: Path, text: str = TEXT) -> LoadedConfig:
    return load_text(text, name="test.yaml", folder=folder)


async def prepared(given: LoadedConfig, before: Generation | None = None) -> Generation:
    metrics = metrics_for(CollectorRegistry(), given)
    return await asyncio.to_thread(prepare, given, metrics, before)


def files(folder: Path) -> list[list[str]]:
    """The outcomes of the lines of every file."""
    paths = sorted((folder / "journal").iterdir())
    return [[json.loads(line)["outcome"] for line in path.read_text().splitlines()] for path in paths]


async def test_what_callers_get_is_as_configured(tmp_path):
    async with await prepared(config(tmp_path)) as parts:
        assert (parts.settings.deadline, parts.settings.body_memory) == (7, 2**20)
        assert parts.settings.strict
        assert parts.settings.any_country
        assert parts.recorder is None


async def test_every_problem_of_both_phases(tmp_path):
    text = TEXT.replace("deadline", "deadlin").replace("replay", "repla")
    with pytest.raises(ConfigError) as raised:
        await prepared(config(tmp_path, text))
    assert [problem.path for problem in raised.value.problems] == ["server.deadlin", "upstreams.a.adapter"]
    assert list(tmp_path.iterdir()) == []


async def test_the_journal_goes_on_in_the_same_file(tmp_path):
    first = await prepared(config(tmp_path, TEXT + JOURNAL))
    old = await first.__aenter__()
    old.observer(DONE)
    second = await prepared(config(tmp_path, TEXT + "# another\n" + JOURNAL), first)
    new = await second.__aenter__()
    old.observer(DONE)
    await first.__aexit__(None, None, None)
    new.observer(DONE)
    await second.__aexit__(None, None, None)
    assert files(tmp_path) == [["ok"] * 3]


async def test_a_journal_with_other_settings_has_files_of_its_own_and_both_are_written(tmp_path):
    first = await prepared(config(tmp_path, TEXT + JOURNAL))
    old = await first.__aenter__()
    second = await prepared(config(tmp_path, TEXT + JOURNAL.replace("}", ", mode: strict}")), first)
    new = await second.__aenter__()
    old.observer(DONE)
    assert new.recorder is not None
    assert await new.recorder.record(DONE)
    assert await new.recorder.record(DONE)
    await first.__aexit__(None, None, None)
    await second.__aexit__(None, None, None)
    assert files(tmp_path) == [["ok"], ["ok"] * 2]


async def test_a_journal_can_come_and_go(tmp_path):
    first = await prepared(config(tmp_path))
    await first.__aenter__()
    second = await prepared(config(tmp_path, TEXT + JOURNAL), first)
    (await second.__aenter__()).observer(DONE)
    third = await prepared(config(tmp_path), second)
    (await third.__aenter__()).observer(DONE)
    for each in (first, second, third):
        await each.__aexit__(None, None, None)
    assert files(tmp_path) == [["ok"]]


async def test_a_journal_that_cannot_be_written_is_a_problem_of_the_configuration(tmp_path):
    (tmp_path / "journal").write_text("in the way")
    with pytest.raises(ConfigError, match=r"journal\.directory: no file can be created"):
        await prepared(config(tmp_path, TEXT + JOURNAL))
