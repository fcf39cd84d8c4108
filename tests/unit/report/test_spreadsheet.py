from __future__ import annotations

import csv
import io

from gateway.report.spreadsheet import csv_text


def test_what_is_written_is_read_again():
    text = csv_text(["a", "b", "c"], [["x,y", 'say "no"', "two\nlines"], ["plain", None, 0.1 + 0.2], ["é", 5, ""]])
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["a", "b", "c"], ["x,y", 'say "no"', "two\nlines"], ["plain", "", "0.3"], ["é", "5", ""],
    ]  # fmt: skip
    assert "\r" not in text


def test_no_text_becomes_a_formula_and_no_number_becomes_text():
    text = csv_text(["a"], [["=1+1"], ["+1"], ["-1"], ["@x"], ["\tx"], [-1], [-0.5]])
    assert text.splitlines() == ["a", "'=1+1", "'+1", "'-1", "'@x", "'\tx", "-1", "-0.5"]
