from datetime import UTC, date, datetime
from itertools import count

import pytest

from gateway.model import IdDocument, Sex
from gateway.shadow.compare import FIELDS
from gateway.shadow.trace import TRACED, Tracer, shape, written

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
LI = IdDocument(last_name="LI", first_name="LI", sex=Sex.MALE, birth_date=date(1990, 1, 2))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A123456 (3)", "11:A0."),
        ("1234567", "7:0"),
        ("Nguyễn Văn", "10:Aae"),
        ("สมชาย ด้วยดี", "12:w"),
        ("陳大文", "3:w"),
        ("๑๒", "2:0"),
        ("1990-01-02", "10:0."),
        (" ", "1:"),
    ],
)
def test_a_shape_is_length_and_kinds_whatever_their_order(value, expected):
    assert shape(value) == expected
    assert shape(value[::-1]) == expected


def test_a_mark_is_of_a_field_and_its_value():
    tracer = Tracer(lambda: NOON)
    last, first = tracer.trace("last_name", LI), tracer.trace("first_name", LI)
    assert last is not None
    assert first is not None
    assert (last.shape, len(last.mark)) == ("2:A", 16)
    assert last == tracer.trace("last_name", LI)
    assert last.mark != first.mark
    assert last != Tracer(lambda: NOON).trace("last_name", LI), "the key is another one in every process"


def test_the_key_changes_with_the_day_and_is_not_kept():
    hours, keys = iter((1, 2, 23, 24, 25, 1)), count()
    tracer = Tracer(lambda: datetime.fromtimestamp(next(hours) * 3600, UTC), new_key=lambda: str(next(keys)).encode())
    marks = [trace.mark for _ in range(5) if (trace := tracer.trace("last_name", LI))]
    assert marks[0] == marks[1] != marks[2] == marks[3]
    assert marks[4] not in marks[:4]


def test_nothing_is_kept_of_fields_that_have_few_values_or_none():
    tracer = Tracer(lambda: NOON)
    assert set(FIELDS) - TRACED == {"country_region", "id_type", "side", "sex", "nationality"}
    assert tracer.trace("sex", LI) is None
    assert tracer.trace("address", LI) is None
    assert tracer.trace("birth_date", LI) is not None


def test_values_as_text():
    assert (written(LI, "birth_date"), written(LI, "sex"), written(LI, "address")) == ("1990-01-02", "M", None)
