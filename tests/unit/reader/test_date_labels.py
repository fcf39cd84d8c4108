"""Which label governs a printed date."""

import pytest

from gateway.reader.label_table import Label
from gateway.reader.labelled import labelled_page
from gateway.reader.page import visual_spans
from gateway.reader.page_dates import page_dates
from tests.unit.reader.pages import page, passport

DAY = "12 MAR 2020"


def labels(rows):
    found = page_dates(labelled_page(visual_spans(page(rows), passport())), country=None, known=())
    return [one.label for one in found.dates]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(400, 100, f"Date of issue {DAY}")], Label.ISSUE),
        ([(400, 100, "Date of issue"), (560, 100, DAY)], Label.ISSUE),
        ([(400, 100, "Date of issue"), (400, 122, DAY)], Label.ISSUE),
        ([(400, 76, "Date de délivrance"), (400, 96, "Sth unread"), (400, 120, DAY)], Label.ISSUE),
        ([(400, 100, "Date of issue"), (700, 122, DAY)], None),
        ([(400, 60, "Date of issue"), (400, 122, DAY)], None),
        ([(400, 100, "Date of issue / Date of expiry"), (400, 122, DAY)], None),
        ([(400, 100, "Place of birth"), (400, 122, DAY)], Label.OTHER),
        ([(400, 80, "Date of issue"), (400, 100, "LAGOS"), (400, 122, DAY)], None),
        ([(400, 122, DAY)], None),
        ([(400, 100, "Date of issue"), (530, 100, "~j"), (400, 122, DAY)], Label.ISSUE),
        ([(700, 100, "Date of expiry"), (400, 100, "Date of issue"), (400, 122, DAY)], Label.ISSUE),
    ],
)
def test_label(rows, expected):
    assert labels(rows) == [expected]


def test_two_columns_of_dates_under_their_labels():
    rows = [(400, 100, "Date of issue"), (640, 100, "Date of expiry"), (400, 122, DAY), (640, 122, "12 MAR 2030")]
    assert labels(rows) == [Label.ISSUE, Label.EXPIRY]


def test_two_dates_in_one_line_with_their_labels():
    assert labels([(400, 100, f"Issued on Date of issue {DAY} Date of expiry 12 MAR 2030")]) == [
        Label.ISSUE,
        Label.EXPIRY,
    ]


def test_a_date_with_its_label_beside_another_date():
    rows = [(400, 100, f"Date of issue {DAY}"), (700, 100, "12 MAR 2030")]
    assert labels(rows) == [Label.ISSUE, None]


def test_the_search_upwards_stops_at_another_date():
    rows = [(400, 100, "Date of issue"), (400, 122, DAY), (400, 146, "12 MAR 2030")]
    assert labels(rows) == [Label.ISSUE, None]
