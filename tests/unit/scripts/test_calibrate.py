"""The fit of the confidence table."""

import importlib.util
import json
import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.reader.confidence import interpolate
from gateway.reader.evidence import Evidence

SCRIPT = Path(__file__).parents[3] / "scripts" / "calibrate.py"
specification = importlib.util.spec_from_file_location("calibrate", SCRIPT)
calibrate = importlib.util.module_from_spec(specification)
sys.modules["calibrate"] = calibrate
specification.loader.exec_module(calibrate)


def table(points):
    return [(point["score"], point["confidence"]) for point in points]


def test_all_right_is_not_certain_and_grows_with_the_number():
    few = calibrate.fit([(0.99, True)] * 50)
    many = calibrate.fit([(0.99, True)] * 5000)
    assert few[-1]["confidence"] == round(51 / 52, 4)
    assert many[-1] == {"score": 0.99, "confidence": calibrate.CEILING, "n": 5000}


def test_all_wrong_is_not_impossible():
    points = calibrate.fit([(0.99, False)] * 98)
    assert [point["confidence"] for point in points] == [0.01, 0.01]


def test_scores_below_every_reading_fall_towards_a_coin():
    points = table(calibrate.fit([(0.9, True)] * 1000))
    assert interpolate(points, 0.0) == calibrate.UNSEEN
    assert calibrate.UNSEEN < interpolate(points, 0.45) < interpolate(points, 0.9)


def test_the_shares_are_found_again():
    dice = random.Random(7)  # noqa: S311 - a repeatable sample, not a secret
    readings = [(score, dice.random() < score) for score in (dice.uniform(0.5, 1) for _ in range(20000))]
    points = table(calibrate.fit(readings))
    for score in (0.55, 0.7, 0.85, 0.95):
        assert interpolate(points, score) == pytest.approx(score, abs=0.05)


@given(st.lists(st.tuples(st.floats(min_value=0, max_value=1), st.booleans()), min_size=1, max_size=300))
def test_every_fit_rises_and_stays_off_the_ends(readings):
    points = calibrate.fit(readings)
    assert all(one["score"] < other["score"] for one, other in pairwise(points))
    assert all(one["confidence"] <= other["confidence"] for one, other in pairwise(points))
    assert all(0 < point["confidence"] < 1 for point in points)


def test_classes_without_enough_readings_keep_their_prior():
    tables = calibrate.calibrate([], "nothing")["tables"]
    assert set(tables) == {str(evidence) for evidence in Evidence}
    assert all(point["n"] == 0 for points in tables.values() for point in points)


def line(field, evidence, score=0.99, right=True):
    return json.dumps({"field": field, "evidence": evidence, "score": score, "right": right})


def test_kinds_of_field_with_enough_readings_have_their_own_table():
    lines = [line("sex", "unchecked")] * 60 + [line("last_name", "unchecked", right=False)] * 20
    tables = calibrate.calibrate(lines, "a test")["tables"]
    assert tables["code.unchecked"][-1]["n"] == 60
    assert tables["unchecked"][-1]["n"] == 80
    assert "name.unchecked" not in tables


def test_unknown_evidence_is_refused():
    with pytest.raises(ValueError, match="guessed"):
        calibrate.calibrate([line("sex", "guessed")], "a test")


def test_the_command_writes_the_same_file_every_time(tmp_path):
    observations = tmp_path / "observations.jsonl"
    observations.write_text("\n".join([line("sex", "unchecked", 0.9 + place / 1000) for place in range(90)]) + "\n")
    outs = [tmp_path / "one.json", tmp_path / "other.json"]
    for out in outs:
        subprocess.run(
            [sys.executable, str(SCRIPT), str(observations), "--fitted-on", "a test", "--out", str(out)], check=True
        )
    first, second = (out.read_bytes() for out in outs)
    assert first == second
    assert json.loads(first)["observations"] == 90
