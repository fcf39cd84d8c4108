"""``evaluate``"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.program import ROOT
from tests.unit.evaluate.made import pictures

YAML = """
callers: {anonymous: true}
upstreams:
  good: {adapter: replay, options: {latency: LATENCY}, price: 0.01}
  same: {adapter: replay, options: {latency: LATENCY}, price: 0.01}
  bad: {adapter: replay, options: {wrong: {birth_date: 0.5}}}
  dead: {adapter: replay, options: {faults: {UpstreamExhausted: 1}}, breaker: {consecutive: 1, cooldown: 0.1}}
routes: [{name: default, targets: [good]}]
"""


@pytest.fixture
def yaml(tmp_path):
    def write(latency="0"):
        (tmp_path / "c.yaml").write_text(YAML.replace("LATENCY", latency))
        return tmp_path / "c.yaml"

    return write


@pytest.fixture
def folder(tmp_path):
    return pictures(tmp_path / "in", *(f"{number:02}.png" for number in range(30)))


@pytest.fixture
def evaluate(call, folder, yaml, tmp_path):
    def run(*upstreams, options=()):
        named = [word for name in upstreams for word in ("--upstream", name)]
        return call("evaluate", folder, "--config", yaml(), "--out", tmp_path / "out", *named, *options)

    return run


def test_go_is_0_and_no_go_is_3(evaluate, tmp_path):
    gates = (
        "--gate",
        "agreement.birth_date=0.9",
        "--gate",
        "minimum=5",
        "--gate",
        "confidence=0.5",
        "--country",
        "THA",
    )
    code, output, errors = evaluate("good", "same", options=gates)
    assert (code, errors) == (0, "")
    assert output == f"{tmp_path}/out/report.html: 30 of 30 pictures, 2 of 2 upstreams and pairs may go\n"
    code, output, _ = evaluate("good", "bad", options=(*gates, "--resume"))
    assert (code, output.rpartition(", ")[2]) == (3, "0 of 2 upstreams and pairs may go\n")


def test_without_gates_the_usual_ones_hold(evaluate):
    code, output, _ = evaluate("good", "same")
    assert code == 3
    assert "0 of " in output


def test_the_command_line_may_be_wrong(evaluate, tmp_path):
    wrong = [
        (("goood",), (), "no upstream is called goood; did you mean good?"),
        (("good", "good"), (), "the upstream good is named twice"),
        (("good",), ("--hints",), "--hints: only together with --truth"),
        (("good",), ("--gate", "succes=1"), "--gate: Object contains unknown field `succes`"),
        (("good",), ("--gate", "success"), "--gate: success: a gate is written name=number"),
    ]
    for upstreams, options, told in wrong:
        assert evaluate(*upstreams, options=options) == (2, "", f"{told}\n")
    assert evaluate("good", options=("--budget", "0"))[0] == 2
    assert evaluate("good", options=("--concurrency", "1000"))[0] == 2
    assert evaluate()[0] == 2
    assert not (tmp_path / "out").exists()


def test_a_second_run_has_to_say_that_it_goes_on(evaluate, tmp_path):
    evaluate("good")
    code, _, errors = evaluate("good")
    assert code == 2
    assert errors == f"there are results in {tmp_path}/out already: go on with --resume, or name another folder\n"
    assert evaluate("good", options=("--resume",))[0] == 3


def test_mistakes_in_files_are_1(evaluate, folder, tmp_path):
    (tmp_path / "truth.csv").write_text("file,sex\n00.png,female\n")
    code, _, errors = evaluate("good", options=("--truth", tmp_path / "truth.csv"))
    assert (code, errors) == (1, "truth.csv:2: sex: expected F, M or X\n")
    evaluate("good")
    (tmp_path / "out" / "results" / "good.jsonl").write_bytes(b"canary\n")
    code, _, errors = evaluate("good", options=("--resume",))
    assert (code, errors) == (1, f"{tmp_path}/out/results/good.jsonl, line 1: not a result\n")
    (folder / "00.png").parent.rename(tmp_path / "gone")
    assert evaluate("good", options=("--resume",)) == (1, "", f"{folder}: No such file or directory\n")


def test_an_upstream_that_is_used_up_is_1_and_what_is_known_is_written(evaluate, tmp_path):
    code, output, _ = evaluate("good", "dead")
    assert code == 1
    assert "it ended early: dead cannot be asked any more (exhausted)" in output
    assert (tmp_path / "out" / "report.html").exists()


def test_help_tells_of_personal_data_and_exit_codes(call):
    code, output, _ = call("evaluate", "--help")
    assert code == 0
    assert "What is read is personal data. It is compared in memory and forgotten" in output
    assert "3    no-go" in output


async def start(folder, config, out, *options):
    words = (
        sys.executable,
        "-m",
        "gateway",
        "evaluate",
        folder,
        "--config",
        config,
        "--upstream",
        "good",
        "--out",
        out,
    )
    return await asyncio.create_subprocess_exec(
        *map(str, (*words, *options)), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


async def first_results(path: Path) -> None:
    for _ in range(500):
        if await asyncio.to_thread(lambda: path.exists() and path.read_bytes().count(b'"result"') >= 3):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("no results")


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 130), (signal.SIGINT, 130)])
async def test_a_run_that_was_ended_goes_on_and_pays_for_nothing_twice(folder, yaml, tmp_path, number, code):
    path = tmp_path / "out" / "results" / "good.jsonl"
    process = await start(folder, yaml("0.1"), tmp_path / "out")
    await first_results(path)
    os.kill(process.pid, number)
    output, errors = await process.communicate()
    assert (process.returncode, errors) == (code, b"")
    assert (b"it was interrupted" in output) == (code == 130)
    before = await asyncio.to_thread(lines, path)
    assert 3 <= sum(line["kind"] == "result" for line in before) < 30

    process = await start(folder, yaml("0.1"), tmp_path / "out", "--resume", "--concurrency", "30")
    await process.communicate()
    assert process.returncode == 3
    begun = [line["picture"] for line in await asyncio.to_thread(lines, path) if line["kind"] == "begun"]
    assert len(begun) == len(set(begun)) == 30
