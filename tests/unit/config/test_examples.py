"""Whole files: the good ones load, the bad ones give exactly the problems that their leading comments list."""

import re
from pathlib import Path

import pytest

from gateway.build import build
from gateway.config.errors import ConfigError
from gateway.config.load import load_file

ROOT = Path(__file__).parents[3]
GOOD = sorted((ROOT / "tests" / "config" / "good").glob("*.yaml")) + sorted((ROOT / "config").rglob("*.yaml"))
BAD = sorted((ROOT / "tests" / "config" / "bad").glob("*.yaml"))
ENVIRON = {"HW_AK": "ak", "HW_SK": "sk", "BILLING_TOKEN": "billing", "OTHER_TOKEN": "other", "EMPTY": "", "ON": "on"}


def check(path, environ):
    build(load_file(path, environ=environ), observer=lambda _: None)


def problems(path):
    with pytest.raises(ConfigError) as caught:
        check(path, ENVIRON)
    return [str(problem).removeprefix(f"{path}:").strip() for problem in caught.value.problems]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_file_has_no_problem(path):
    names = re.findall(r"\{env: (\w+)\}", path.read_text())
    check(path, {name: f"value-of-{name}" for name in names})


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_has_exactly_the_problems_it_lists(path):
    listed = [line.removeprefix("# ") for line in re.match(r"(?:# .*\n)+", path.read_text())[0].splitlines()]
    assert problems(path) == listed
    assert not re.search("hunter2|1234567", "\n".join(listed))


def test_there_are_files_of_both_kinds():
    assert len(GOOD) >= 4
    assert len(BAD) >= 15
