import asyncio
import os
import subprocess
import sys

import pytest

from gateway import __version__
from tests.unit.cli.program import ROOT


def test_it_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "gateway", "--version"], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode() == f"id-gateway {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [(), ("chekc", "x"), ("check",), ("recognize",), ("explain", "x", "--type", "XX")]
)
def test_a_wrong_command_line_is_2(call, arguments):
    code, output, errors = call(*arguments)
    assert (code, output) == (2, "")
    assert "usage: " in errors


def test_help_tells_the_exit_codes(call):
    code, output, _ = call("--help")
    assert code == 0
    assert "exit codes:\n  0    all is well\n  1    errors were found" in output


async def test_a_reader_of_the_output_may_leave_early(config, tmp_path):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gateway", "recognize", tmp_path / "gone", "--config", config()),
        cwd=ROOT,
        env={**os.environ, "TOKEN": "hunter2"},
        stdout=(pipe := os.pipe())[1],
        stderr=subprocess.PIPE,
    )
    os.close(pipe[0])
    os.close(pipe[1])
    _, errors = await process.communicate()
    assert (process.returncode, errors) == (1, b"")
