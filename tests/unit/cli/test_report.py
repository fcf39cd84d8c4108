"""``report``"""

from __future__ import annotations

import csv

import msgspec
import pytest

from tests.unit.report.lines import attempt, comparison, request
from tests.unit.report.markup import Page


@pytest.fixture
def journal(tmp_path):
    entries = [request(1, attempt("old")), request(2, attempt("new", cost=0.5)), comparison(2, sex="exact")]
    path = tmp_path / "journal" / "2026-11-01.host.1.000.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries) + b'{"kind":"requ')
    return path


def test_a_page_and_usage(call, journal, tmp_path):
    page, usage = tmp_path / "report.html", tmp_path / "usage.csv"
    code, output, errors = call("report", journal.parent, journal, "--out", page, "--csv", usage)
    assert (code, output, errors) == (0, f"{page}: 1 journal(s), 2026-11-01 to 2026-11-02\n", "")
    assert "Migration report" in Page(page.read_text()).words
    rows = list(csv.DictReader(usage.read_text().splitlines()))
    assert [(row["account"], row["upstream"], row["cost"]) for row in rows] == [
        ("billing", "new", "0.5"), ("billing", "old", "0.01"),
    ]  # fmt: skip


def test_gates_may_be_given(call, journal, tmp_path):
    page = tmp_path / "report.html"
    call("report", journal, "--out", page, "--gate", "p95=0.001", "--gate", "minimum=1")
    assert "p95" in Page(page.read_text()).words
    code, _, errors = call("report", journal, "--out", page, "--gate", "p95")
    assert (code, errors) == (2, "--gate: p95: a gate is written name=number\n")


def test_damage_is_told_with_its_place(call, journal, tmp_path):
    journal.write_bytes(journal.read_bytes().replace(b'"kind":"comparison"', b'"kind":"canary"') + b"\n")
    code, output, errors = call("report", journal, "--out", tmp_path / "report.html")
    assert (code, output) == (1, "")
    assert errors == f"{journal}, line 3: not an entry of a journal\n"
    assert not (tmp_path / "report.html").exists()


def test_files_that_are_not_there(call, journal, tmp_path):
    assert call("report", tmp_path / "gone", "--out", tmp_path / "r.html") == (
        1, "", f"{tmp_path}/gone: No such file or directory\n",
    )  # fmt: skip
    assert call("report", journal, "--out", tmp_path / "no" / "r.html")[0] == 1


def test_an_empty_folder_is_no_mistake(call, tmp_path):
    code, output, _ = call("report", tmp_path, "--out", tmp_path / "r.html")
    assert (code, output) == (0, f"{tmp_path}/r.html: 0 journal(s), nothing to nothing\n")
