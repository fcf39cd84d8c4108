from __future__ import annotations

import pytest

from gateway.report.html import join, raw, tag, text
from tests.unit.report.markup import Page


def test_text_is_escaped_and_markup_is_not():
    assert tag("p", '<b> & "quotes" \'', tag("b", "x")) == "<p>&lt;b&gt; &amp; &quot;quotes&quot; &#x27;<b>x</b></p>"


def test_attributes_are_escaped_and_may_be_left_out():
    element = tag("a", href='#"><script>', class_="x", stroke_width=1.50, aria_label=None)
    assert element == '<a href="#&quot;&gt;&lt;script&gt;" class="x" stroke-width="1.5"></a>'


def test_children_may_be_lists_and_nothing():
    assert join("a", None, ["b", [tag("br")], None]) == "ab<br>"


def test_an_element_may_have_a_name_attribute():
    assert tag("meta", name="viewport") == '<meta name="viewport">'


@pytest.mark.parametrize("bad", ["\x00", "\x1b[31m", "\u202e", "\u2066", "\ud800"])
def test_what_cannot_be_shown_or_would_mislead_is_replaced(bad):
    shown = text(f"a{bad}b")
    assert shown[:2] == "a\N{REPLACEMENT CHARACTER}"
    assert shown[-1] == "b"
    shown.encode()


def test_what_is_trusted_stays_as_it_is():
    assert join(raw("a > b")) == "a > b"


def test_the_tests_own_reader_notices_what_is_not_closed_or_fetched():
    for bad in ("<p>", "<p></b>", "<script></script>", '<p style="background: url(x)"></p>', '<a href="x"></a>'):
        with pytest.raises((AssertionError, IndexError)):
            Page(bad)
