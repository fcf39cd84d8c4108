from __future__ import annotations

import io

from gateway.evaluate.progress import Bar
from tests.fakes import FakeClock


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_line_that_is_written_over():
    out, clock = Terminal(), FakeClock()
    bar = Bar(4, out, clock)
    for spent in (0.01, 0.02, 0.03, 0.04):
        clock.now += 30
        bar.advance(spent)
    bar.close()
    first, *_, last = out.getvalue().split("\r")[1:]
    assert first == "███████░░░░░░░░░░░░░░░░░░░░░ 1/4  1:30 left  cost 0.01\x1b[K"
    assert last == "████████████████████████████ 4/4  0:00 left  cost 0.04\x1b[K\n"


def test_it_is_not_drawn_more_often_than_can_be_seen():
    out, clock = Terminal(), FakeClock()
    bar = Bar(1000, out, clock)
    for _ in range(1000):
        clock.now += 0.001
        bar.advance(0.0)
    assert 9 <= out.getvalue().count("\r") <= 12
    assert "cost" not in out.getvalue()
    assert "1000/1000" in out.getvalue()


def test_nothing_is_written_where_nobody_looks():
    out = io.StringIO()
    bar = Bar(1, out)
    bar.advance(1.0)
    bar.close()
    assert out.getvalue() == ""


def test_a_run_that_never_began_leaves_no_line():
    out = Terminal()
    Bar(1, out).close()
    assert out.getvalue() == ""
