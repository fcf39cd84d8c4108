from __future__ import annotations

import csv
import io
import json

from gateway.evaluate.run import Ending
from gateway.evaluate.tables import results_csv, summary_json
from tests.unit.evaluate.found import findings, folder, picture
from tests.unit.evaluate.made import line


def test_the_summary_has_verdicts_with_their_grounds():
    summary = json.loads(summary_json(findings(folder(20, bad=20, failed=1))))
    (standing,) = summary["standings"]
    assert (summary["verdict"], summary["reference"], standing["go"]) == ("fail", "old", False)
    gate = standing["gates"]["agreement.birth_date"]
    assert (gate["verdict"], gate["threshold"], gate["n"], gate["good"], gate["rate"]) == ("fail", 0.9, 40, 20, 0.5)
    assert 0 < gate["low"] < 0.5 < gate["high"] < 1
    assert standing["gates"]["p95"]["n"] == 40
    assert standing["gates"]["cost"] == {"verdict": "pass", "threshold": 0.02}


def test_and_what_each_upstream_did():
    summary = json.loads(summary_json(findings(folder(3, bad=1, failed=1))))
    new = summary["overall"]["new"]
    assert (new["asked"], new["answered"], new["accepted"]) == (5, 4, 3)
    assert new["outcomes"] == {"ok": 4, "unavailable": 1}
    assert new["fields"]["birth_date"]["classes"] == {"conflict": 1, "exact": 3}
    assert new["seconds"] == {"p50": 1.5, "p95": 1.5, "most": 1.5}
    assert [pair["upstream"] for pair in summary["pairs"]] == ["new", "old"]


def test_why_it_ended_and_what_was_left_out():
    ending = Ending("the budget is used up", "", {"text.png": "unsupported_image_format"}, 2)
    summary = json.loads(summary_json(findings(folder(1), ending=ending, total=9, unknown=1)))
    assert summary["ended_early"] == "the budget is used up"
    assert summary["pictures"] == {
        "found": 9, "asked": 1, "copies": 2, "unusable": {"text.png": "unsupported_image_format"}, "unknown": 1,
    }  # fmt: skip


def test_one_row_for_each_picture_at_each_upstream():
    rows = list(csv.DictReader(io.StringIO(results_csv(findings(picture(7, wrong=True))))))
    assert [(row["file"], row["pair"], row["upstream"], row["outcome"]) for row in rows] == [
        ("007.png", "THA-ID", "new", "ok"),
        ("007.png", "THA-ID", "old", "ok"),
    ]
    assert (rows[0]["birth_date"], rows[0]["last_name"], rows[0]["sex"]) == ("conflict", "equivalent", "")
    assert (rows[0]["seconds"], rows[0]["cost"], rows[0]["attempts"]) == ("1.5", "0.015", "1")


def test_checks_that_fail_are_listed():
    (row,) = csv.DictReader(io.StringIO(results_csv(findings([("old", line(failures=("mrz", "dates")))]))))
    assert row["failures"] == "mrz dates"
