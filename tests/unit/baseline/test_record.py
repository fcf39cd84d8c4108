from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.baseline.record import BaselineRecord, unpack
from gateway.model import IdDocument
from tests.unit.baseline.records import DOCUMENT, PICTURE, make_record


def test_a_record_comes_back_as_it_was():
    assert unpack(make_record().pack()) == make_record()


@pytest.mark.parametrize("document", [IdDocument(), IdDocument(sex=DOCUMENT.sex)])
def test_absent_stays_absent(document):
    assert unpack(replace(make_record(), document=document).pack()).document == document


def test_the_portrait_is_not_kept():
    record = replace(make_record(), document=replace(DOCUMENT, portrait_image=memoryview(b"Y2FuYXJ5")))
    assert b"Y2FuYXJ5" not in record.pack()
    assert unpack(record.pack()).document == DOCUMENT


def test_every_other_field_is_kept():
    head = make_record().pack()
    kept = msgspec.json.decode(head[4 : 4 + int.from_bytes(head[:4])])["document"]
    assert kept.keys() == {field for field in IdDocument.__slots__ if field != "portrait_image"}


def test_the_picture_may_be_a_view():
    assert unpack(replace(make_record(), picture=memoryview(PICTURE)).pack()).picture == PICTURE


def test_fields_to_come_are_ignored():
    later = b'{"asked":{"time":"2026-01-05T12:00:00Z","upstream":"u","new":1},"document":{"new":1,"sex":"F"}}'
    assert unpack(len(later).to_bytes(4) + later + b"picture").document == IdDocument(sex=DOCUMENT.sex)


def test_it_shows_no_picture_and_no_value():
    shown = repr(make_record())
    assert not any(canary in shown for canary in ("Canaria", "3100600445635", "1990", "canary"))


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda rest: make_record().pack()[:-800] + rest))
def test_anything_else_is_refused_without_being_shown(plain):
    try:
        record = unpack(plain)
    except ValueError as error:
        assert str(error) == "not a record"  # noqa: PT017 - it may also be one
    else:
        assert isinstance(record, BaselineRecord)


@pytest.mark.parametrize(
    "change", [(b'"F"', b'"canary"'), (b"1990-04-11", b"1990-canary"), (b"{", b"["), (b"0.75", b'"x"')]
)
def test_a_value_that_cannot_be_is_refused_without_being_shown(change):
    plain = make_record().pack()
    end = 4 + int.from_bytes(plain[:4])
    head = plain[4:end].replace(*change)
    with pytest.raises(ValueError, match=r"^not a record$") as refused:
        unpack(len(head).to_bytes(4) + head + plain[end:])
    assert refused.value.__suppress_context__
