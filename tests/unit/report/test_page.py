from __future__ import annotations

from gateway.report.page import Column, Section, chip, figure, lines, name, page, plots, small, table, tiles
from tests.unit.report.markup import Page


def test_one_file_that_stands_by_itself():
    text = page("A <title>", "about", tiles(("1", "one")), [Section("x", "X & Y", "lead", "body")], "end")
    told = Page(text)
    assert text.startswith('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')
    assert "default-src &#x27;none&#x27;" in text
    assert told.ids == ["x"]
    assert told.words == "A <title> A <title> about X & Y 1 one X & Y lead body end"


def test_it_is_for_dark_rooms_small_screens_and_paper_too():
    text = page("t", "a", None, [], "f")
    for query in ("prefers-color-scheme: dark", "max-width: 600px", "@media print"):
        assert query in text


def test_a_table_names_its_rows_and_columns():
    text = table("What", [name("a"), figure("b"), Column("c")], [["<x>", "1", small("y")], ["z", "2", None]])
    told = Page(text)
    assert told.words == "What a b c <x> 1 y z 2"
    assert text.count('scope="row"') == 2
    assert text.count('scope="col"') == 3


def test_an_empty_table_is_a_sentence():
    assert table("What", [Column("a")], [], none="Nobody.") == '<p class="note">Nobody.</p>'


def test_small_parts():
    assert chip("go", "<go>") == '<span class="chip go">&lt;go&gt;</span>'
    assert lines("a", None, "b") == "a<br>b"
    assert plots("a", None) == '<div class="plots">a</div>'
