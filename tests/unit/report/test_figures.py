from __future__ import annotations

import pytest

from gateway.report.figures import change, count, counted, interval, money, percent, seconds


def plain(text):
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{EN DASH}", "-")


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (None, "-"),
        (1.0, "100 %"),
        (0.0, "0 %"),
        (0.9999, "99.9 %"),
        (0.0001, "0.1 %"),
        (0.9725, "97.2 %"),
        (0.5, "50.0 %"),
    ],
)
def test_percent_never_rounds_to_all_or_nothing(share, shown):
    assert plain(percent(share)) == shown


def test_an_interval_is_rounded_outwards():
    assert plain(interval(0.961, 0.984)) == "96 to 99 %"
    assert plain(interval(0.0, 1.0)) == "0 to 100 %"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "-"), (0, "0 s"), (0.0421, "42 ms"), (0.9996, "1 s"), (1.239, "1.24 s"), (9.996, "10 s"), (31.4, "31 s")],
)
def test_seconds(value, shown):
    assert plain(seconds(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "-"), (0.0, "0.00"), (0.004, "0.004"), (0.012345, "0.0123"), (1.5, "1.50"), (12345.6, "12 345.60")],
)
def test_money(value, shown):
    assert plain(money(value)) == shown


def test_change():
    assert plain(change(0.01, 0.015)) == "+50 %"
    assert plain(change(0.02, 0.01)) == "-50 %"
    assert plain(change(0.0, 0.01)) == plain(change(None, 1)) == plain(change(1, None)) == "-"


def test_counts():
    assert plain(count(1234567)) == "1 234 567"
    assert [plain(counted(number, "file")) for number in (0, 1, 2)] == ["0 files", "1 file", "2 files"]
    assert counted(2, "is", "are") == "2 are"
