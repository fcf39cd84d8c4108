from __future__ import annotations

from pathlib import Path

from scripts.accuracy_page import measured, page

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_says_what_was_measured():
    assert (DOCS / "accuracy.md").read_text("utf-8") == page(
        measured("synthetic"), measured("public"), measured("speed")
    )


def test_no_picture_is_named_in_what_is_kept():
    assert not measured("public")["failures"]
    assert not measured("speed")["failures"]
