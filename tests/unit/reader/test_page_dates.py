"""The dates of a page, their labels, and the order of day and month."""

from datetime import date

from gateway.normalize.printed_dates import Order
from gateway.reader.label_table import Label
from gateway.reader.labelled import labelled_page
from gateway.reader.page import visual_spans
from gateway.reader.page_dates import page_dates
from tests.unit.reader.pages import line, page, passport


def dates(rows, country=None, known=()):
    return page_dates(labelled_page(visual_spans(page(rows), passport())), country=country, known=known)


def test_the_state_s_convention_orders_numeric_dates():
    rows = [(400, 100, "03/04/2015")]
    assert dates(rows, "CHL").order is Order.DAY_FIRST
    assert dates(rows, "USA").order is Order.MONTH_FIRST
    assert dates(rows, "UTO").order is None
    assert dates(rows, None).order is None


def test_agreement_with_the_zone_comes_before_convention():
    rows = [(400, 100, "03/04/2015"), (400, 150, "01/02/2010")]
    assert dates(rows, "UTO", [date(2015, 4, 3)]).order is Order.DAY_FIRST
    assert dates(rows, "CHL", [date(2015, 3, 4)]).order is Order.MONTH_FIRST
    assert dates(rows, "CHL", [date(2015, 3, 4), date(2010, 2, 1)]).order is None
    assert dates(rows, "UTO", [date(2001, 1, 1), None]).order is None


def test_shows_any_reading():
    found = dates([(400, 100, "03/04/15")])
    assert found.shows(date(2015, 4, 3))
    assert found.shows(date(1915, 3, 4))
    assert not found.shows(date(2015, 4, 4))


def test_labelled_wants_one_certain_reading():
    rows = [(400, 100, "Date of birth"), (400, 122, "03 APR 1990")]
    assert dates(rows).labelled(Label.BIRTH) == (date(1990, 4, 3), 0.99)
    assert dates(rows).labelled(Label.EXPIRY) is None
    twice = [*rows, (700, 100, "Date of birth"), (700, 122, "03 APR 1991")]
    assert dates(twice).labelled(Label.BIRTH) is None
    assert dates([(400, 100, "Date of birth"), (400, 122, "03/04/1990")]).labelled(Label.BIRTH) is None


def test_weak_forms_count_only_under_a_date_label():
    assert len(dates([(400, 100, "Personal No."), (400, 122, "15022021")]).dates) == 0
    assert len(dates([(400, 122, "15022021")]).dates) == 0
    assert len(dates([(400, 100, "Date of issue"), (400, 122, "15022021")]).dates) == 1


def test_a_date_in_two_boxes_is_one():
    (found,) = dates([(400, 100, "14 JAN /JAN"), (532, 100, "13")]).dates
    assert date(2013, 1, 14) in found.days()


def test_scores_are_those_of_digits_and_of_the_clearer_month():
    text = "03 APR/AVR 2015"
    scores = [0.99] * len(text)
    scores[2] = scores[6] = 0.1  # a space and the slash
    scores[3], scores[12] = 0.4, 0.95  # a letter of the first month, a digit of the year
    print_ = line(text, 400, 100)
    spans = visual_spans([type(print_)(text, print_.box, tuple(scores))], passport())
    (found,) = page_dates(labelled_page(spans), country=None, known=()).dates
    assert (found.score, found.year_score) == (0.95, 0.95)
