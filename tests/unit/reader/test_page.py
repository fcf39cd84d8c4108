"""Levelling the page, taking the zone out, joining rows."""

import math

import pytest

from gateway.reader.page import Span, follows, join, overlap, rows, visual_spans
from gateway.reader.text import Line
from tests.unit.reader.pages import line, page, passport, zone_lines

RECORD = passport()
PAGE = page([(400, 100, "Surname"), (400, 120, "ERIKSSON"), (700, 120, "SWEDISH")])


def turned(source: Line, degrees: float) -> Line:
    angle = math.radians(degrees)
    turn = [
        (x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)) for x, y in source.box
    ]
    return Line(source.text, tuple(turn), source.scores)


def test_the_zone_and_what_is_below_it_go():
    below = line("PRINTED IN UTOPIA", 400, 760)
    spans = visual_spans([*zone_lines(RECORD), *PAGE, below], RECORD)
    assert [span.text for span in spans] == ["Surname", "ERIKSSON", "SWEDISH"]


def test_a_zone_line_read_in_parts_goes_too():
    first = RECORD.lines[1]
    parts = [line(first[:22], 40, 690, 28), line(first[22:], 560, 690, 28)]
    assert [span.text for span in visual_spans([*parts, *PAGE], RECORD)] == ["Surname", "ERIKSSON", "SWEDISH"]


@pytest.mark.parametrize("degrees", [-9, -3, 4, 12])
def test_a_turned_page_is_levelled(degrees):
    level = visual_spans(PAGE, RECORD)
    spans = visual_spans([turned(one, degrees) for one in PAGE], RECORD)
    assert [span.text for span in spans] == [span.text for span in level]
    for one, other in zip(spans, level, strict=True):
        assert (one.left, one.top, one.height) == pytest.approx((other.left, other.top, other.height))


def test_print_across_the_page_goes():
    across = turned(line("SPECIMEN", 300, 100), 40)
    upright_box = line("ALONG THE EDGE", 20, 100, height=300, width=20)
    assert len(visual_spans([*PAGE, across, upright_box], RECORD)) == 3


def test_blank_lines_and_an_empty_page():
    assert visual_spans([], RECORD) == ()
    assert visual_spans([line("  ", 10, 10)], RECORD) == ()


def test_a_line_without_a_score_for_every_character_has_its_worst_for_all():
    (span,) = visual_spans([Line("ABC", line("ABC", 0, 0).box, (0.7, 0.9))], RECORD)
    assert span.scores == (0.7, 0.7, 0.7)


def test_certainty_leaves_spaces_out():
    span = Span("A B", (0.9, 0.1, 0.8), 0, 0, 30, 10)
    assert span.certainty() == 0.8
    assert span.certainty(0, 2) == 0.9
    assert span.certainty(1, 2) == 0.0


def test_rows_join_what_stands_close_together():
    spans = visual_spans(page([(100, 50, "14 JAN /JAN"), (232, 52, "13"), (500, 50, "CAN"), (100, 100, "M")]), RECORD)
    assert [row.text for row in rows(spans)] == ["14 JAN /JAN 13", "CAN", "M"]


def test_part_follows_the_letters():
    whole = Span("DATE 2020", (1.0,) * 9, 0, 0, 90, 10)
    part = whole.part(5, 9)
    assert (part.text, part.left, part.right, len(part.scores)) == ("2020", 50, 90, 4)


def test_geometry():
    left, right = Span("A", (1.0,), 0, 0, 10, 10), Span("B", (1.0,), 15, 1, 25, 11)
    assert follows(left, right)
    assert not follows(right, left)
    assert not follows(left, right, gap=0.2)
    assert overlap(left, right) == 0
    assert overlap(left, Span("C", (1.0,), 5, 20, 45, 30)) == 0.5
    assert join(left, right).text == "A B"
