"""The measuring program reads a few pictures of the gallery and tells how it went."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.accuracy import folder_cases, summary
from scripts.degrade import KINDS
from scripts.worker_process import Usage, worker_usage
from tests.specimens.gallery import FOLDER

ROOT = Path(__file__).parents[3]


def test_a_sample_is_the_same_for_a_seed_and_degraded_pictures_follow():
    plain = list(folder_cases(FOLDER, 3, degraded=False, seed=5))
    assert [case.name for case in plain] == [case.name for case in folder_cases(FOLDER, 3, degraded=False, seed=5)]
    spoilt = folder_cases(FOLDER, 1, degraded=True, seed=5)
    assert [case.kind for case in spoilt] == ["as is", *KINDS]


def test_a_folder_without_truth_holds_no_documents(tmp_path):
    (tmp_path / "a.jpg").write_bytes((FOLDER / "no-document-cover.jpg").read_bytes())
    (tmp_path / "notes.txt").write_text("x")
    assert [case.truth for case in folder_cases(tmp_path, None, degraded=False, seed=1)] == [{"documents": 0}]


def test_usage_counts_living_children():
    assert worker_usage() == Usage(0.0, 0)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert worker_usage().peak_rss > 0
        child.communicate(b"\n")


def test_summary_of_nothing():
    assert summary([], 0.5, Usage(0.0, 0))["documents"] == 0


@pytest.mark.slow
def test_measures_with_the_real_reader(tmp_path):
    report = tmp_path / "report.json"
    command = [sys.executable, "scripts/accuracy.py", str(FOLDER), "--sample", "1", "--json", str(report)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    measured = json.loads(report.read_text())
    assert "all fields right" in told.stdout
    assert measured["documents"] == sum(measured["all"].values()) == 1
    assert measured["cpu_seconds"]["median"] > 0
    assert measured["peak_rss_mib"] > 50
