"""From the lines of a page to a document: what engines do to a zone, and pages that are no document."""

from __future__ import annotations

import contextlib
import math
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.adapters.text.engine import PageText, line_of, line_of_words
from gateway.adapters.text.mapping import to_document
from gateway.adapters.text.pieces import pieces
from gateway.adapters.text.zone_characters import zone_text
from gateway.errors import (
    ContradictedDocument,
    GatewayError,
    NoDocument,
    SeveralDocuments,
    UnreadableDocument,
    WrongDocument,
)
from gateway.model import DocumentType, Side
from gateway.reader.text import Line
from tests.unit.reader.pages import card, passport

TODAY = date(2026, 11, 20)
PITCH, SPACING, HEIGHT = 20.0, 49.0, 26.0


def at(
    text: str, x: float, y: float, *, width: float | None = None, height: float = HEIGHT, score: float = 0.97
) -> Line:
    right, bottom = x + (PITCH * len(text) if width is None else width), y + height
    return line_of([(text, score)], ((x, y), (right, y), (right, bottom), (x, bottom)))


def printed(*lines: str, x: float = 50, y: float = 500) -> list[Line]:
    """Lines of a zone, one under the other."""
    return [at(text, x, y + number * SPACING) for number, text in enumerate(lines)]


def read(*lines: Line, answered_on: date | None = TODAY):
    return to_document(PageText(lines, answered_on))


ZONE = passport().lines


def test_words_and_scores_of_a_line():
    line = line_of_words([("DE", 0.9), ("LA\tO", 1.2)], ((0, 0), (9, 0), (9, 1), (0, 1)))
    assert line.text == "DE LA O"
    assert line.scores == (0.9, 0.9, 1.0, 1.0, 1.0, 1.0, 1.0)
    assert line_of_words([], ((0, 0), (9, 0), (9, 1), (0, 1))).text == ""


def test_a_zone_alone():
    document = read(*printed(*ZONE))
    assert (document.last_name, document.first_name, document.id_type) == (
        "ERIKSSON",
        "ANNA MARIA",
        DocumentType.PASSPORT,
    )
    assert (document.birth_date, document.expiry_date) == (date(1974, 8, 12), date(2032, 4, 15))
    assert document.mrz == ZONE
    assert set(document.confidence.values()) == {0.97}


def test_the_back_of_a_card():
    document = read(*printed(*card("CHL").lines))
    assert (document.id_type, document.side, document.country_region) == (DocumentType.IDENTITY_CARD, Side.BACK, "CHL")


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_whichever_way_the_picture_was_taken(degrees: int):
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    page = [at("Date of issue", 60, 300, width=130, height=18), at("14 APR 2022", 60, 322, width=110, height=18)]
    turned = [
        replace(line, box=tuple((x * cosine - y * sine, x * sine + y * cosine) for x, y in line.box))
        for line in [*page, *printed(*ZONE)]
    ]
    assert read(*turned).issue_date == date(2022, 4, 14)


@pytest.mark.parametrize(
    ("sign", "meant"),
    [
        *((sign, "<<") for sign in "«≪《"),
        *((sign, "<") for sign in "<\u2039≤⟨〈く"),
        ("\uff1c", "<"),
        ("\uff21", "A"),
        ("k", "K"),
        ("\u0410", "A"),
        ("\u0445", "X"),
        ("\u03a1", "P"),
        ("Ö", "O"),
        ("Ø", "0"),
        ("đ", "D"),
        *((sign, "") for sign in " \u3000.,-_'|>\u2026"),
        *((sign, None) for sign in "Япщ本ก½"),
    ],
)
def test_what_a_sign_is_in_a_zone(sign: str, meant: str | None):
    assert zone_text(sign) == meant


@pytest.mark.parametrize("fillers", [0, 3, 12, 17, 25])
def test_fillers_behind_the_names_are_not_counted_on(fillers: int):
    names = ZONE[0].rstrip("<") + "<" * fillers
    assert read(*printed(names, ZONE[1])).mrz == ZONE


def test_what_follows_three_fillers_is_none_of_the_names():
    document = read(*printed(ZONE[0][:35] + "<<K<C<<<<", ZONE[1]))
    assert (document.first_name, document.mrz) == ("ANNA MARIA", ZONE)


def test_a_filler_lost_between_the_names_makes_them_doubtful():
    zone = printed(ZONE[0].replace("<<ANNA", "<ANNA"), ZONE[1])
    document = read(*zone)
    assert (document.last_name, document.first_name, document.mrz) == (None, None, ())
    assert document.document_number == "L898902C3"

    page = [at("ERIKSSON ANNA MARIA", 60, 300, width=200, height=18), *zone]
    assert read(*page).last_name == "ERIKSSON ANNA MARIA"


def test_a_row_in_parts_is_put_together_and_fillers_that_nobody_saw_are_put_in():
    second = ZONE[1]
    parts = [at(second[:20], 50, 549), at(second[20:30], 450, 551), at(second[33:], 710, 548)]
    assert read(at(ZONE[0], 50, 500), *parts).mrz == ZONE


def test_rows_run_together_are_parted():
    found = pieces([at("".join(card().lines), 50, 500, width=840, height=90)])
    assert [(piece.text, piece.top) for piece in found] == [
        (line, 500 + 30 * number) for number, line in enumerate(card().lines)
    ]
    assert read(at("".join(ZONE), 50, 500, width=880, height=75)).mrz == ZONE


def test_two_passports_below_one_another_or_side_by_side():
    other = passport("BRA", surname="LIMA", number="GB123456").lines
    for more in (printed(*other, y=1200), printed(*other, x=1100)):
        with pytest.raises(SeveralDocuments):
            read(*printed(*ZONE), *more)
    assert read(*printed(*ZONE), *printed(*ZONE, x=1100)).last_name == "ERIKSSON"


def test_half_a_zone_beside_another_s_half_makes_no_document():
    other = passport("BRA", surname="LIMA", number="GB123456").lines
    with pytest.raises(UnreadableDocument):
        read(at(ZONE[0], 50, 500), at(other[1], 1100, 549))
    with pytest.raises(UnreadableDocument):
        read(at(ZONE[0], 50, 500), at(other[1], 50, 900))


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ([], NoDocument),
        (["REPUBLIC", "PASSPORT"], NoDocument),
        ([ZONE[0]], UnreadableDocument),
        ([ZONE[1]], UnreadableDocument),
        ([ZONE[0], ZONE[1].replace("740812", "740813")], ContradictedDocument),
        (["V" + ZONE[0][1:], ZONE[1]], WrongDocument),
    ],
)
def test_pages_that_are_no_document(lines: list[str], error: type[GatewayError]):
    with pytest.raises(error):
        read(*printed(*lines))


def test_print_far_from_the_zone_is_not_of_its_document():
    label, day = at("Date of issue", 60, 300, width=130, height=18), at("14 APR 2022", 60, 322, width=110, height=18)
    assert read(label, day, *printed(*ZONE)).issue_date == date(2022, 4, 14)
    assert read(label, day, *printed(*ZONE, y=1600)).issue_date is None
    assert read(label, day, *printed(*ZONE, x=1600)).issue_date is None


def test_a_value_that_the_page_contradicts_has_no_score():
    label, day = at("Date of expiry", 60, 300, width=140, height=18), at("14 APR 2031", 60, 322, width=110, height=18)
    document = read(label, day, *printed(*ZONE))
    assert document.expiry_date == date(2032, 4, 15)
    assert "expiry_date" not in document.confidence
    assert "birth_date" in document.confidence


def test_without_a_day_there_are_no_dates():
    document = read(*printed(*ZONE), answered_on=None)
    assert (document.birth_date, document.expiry_date) == (None, None)
    assert not document.confidence.keys() & {"birth_date", "expiry_date"}
    assert document.mrz == ZONE


def test_a_page_full_of_print_takes_no_time():
    """Of zones, of half of them, and of prose: a second on the slowest machine, a tenth on most."""
    prose = [at("the quick brown fox 12/03/2011 jumps", 50, 30.0 * y, width=700) for y in range(5_000)]
    halves = [at(ZONE[y % 2][:40], 50, SPACING * y) for y in range(5_000)]
    began = time.perf_counter()
    endless = [at("P<UTO" * 200_000, 50, 500), *printed(ZONE[0])]
    for lines in (prose, halves, prose + halves, endless):
        with pytest.raises(GatewayError):
            read(*lines)
    assert time.perf_counter() - began < 5


coordinates = st.floats(-100_000, 100_000)
places = st.tuples(coordinates, coordinates)
texts = st.one_of(st.text(max_size=60), st.sampled_from([*ZONE, *card().lines, "", "<<<", "01 JAN 2020"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.builds(lambda text, box: line_of([(text, 0.9)], box), texts, st.tuples(*[places] * 4)), max_size=8))
def test_whatever_an_engine_says_is_a_document_or_an_error_of_ours(lines: list[Line]):
    with contextlib.suppress(GatewayError):
        assert read(*lines).id_type is not None
