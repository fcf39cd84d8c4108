"""Zones as vendors deliver them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.reader.mrz.record import MrzFormat
from gateway.truth.zone import zone_of
from tests.unit.reader.mrz.zones import TD2
from tests.unit.truth.documents import UTOPIA, UTOPIA_CARD, td1, td3, wrong


@pytest.mark.parametrize(
    ("lines", "layout"), [(UTOPIA, MrzFormat.TD3), (UTOPIA_CARD, MrzFormat.TD1), (TD2, MrzFormat.TD2)]
)
def test_the_specimens_of_the_standard(lines, layout):
    zone = zone_of(lines)
    assert zone is not None
    assert zone.valid
    assert zone.record.format is layout
    assert (zone.record.surname, zone.record.given_names) == ("ERIKSSON", "ANNA MARIA")


@pytest.mark.parametrize("zone", [td3(), td1(), td1(state="VNM", number="093004417", optional="068093004417")])
def test_the_zones_of_these_tests(zone):
    assert zone_of(zone).valid
    assert not zone_of(wrong(zone)).valid


LINE_1, LINE_2 = UTOPIA


@pytest.mark.parametrize(
    "lines",
    [
        ("".join(UTOPIA),),
        ("\n".join(UTOPIA),),
        (f"{LINE_1}\r\n{LINE_2}\n",),
        (LINE_1.lower(), LINE_2.lower()),
        (" ".join(LINE_1), f" {LINE_2} "),
        ("", LINE_1, " ", LINE_2),
        (LINE_1.replace("<<", "\u00ab"), LINE_2.replace("<<", "\u00ab")),
        (LINE_1.replace("<", "\u2039"), LINE_2.replace("<", "\uff1c")),
        (LINE_1.replace("<", "&lt;"), LINE_2.replace("<", "&lt;")),
        (LINE_1.rstrip("<"), LINE_2),
        (LINE_1 + "<<", LINE_2),
        (LINE_1, LINE_2.replace("7408122", "74O8I22")),
    ],
)
def test_what_vendors_make_of_a_zone(lines):
    assert zone_of(lines).lines == UTOPIA


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("",),
        (LINE_1,),
        (LINE_2,),
        (LINE_1, LINE_2[:-1]),
        (LINE_1, LINE_2 + "<"),
        (LINE_1.rstrip("<") + "AVERYLONGNAMETHATDOESNOTFIT", LINE_2),
        (LINE_1, LINE_2, LINE_2),
        (LINE_1, LINE_2.replace("L", "*")),
        (LINE_1, LINE_2.replace("L", "\u00c9")),
        (UTOPIA_CARD[0], UTOPIA_CARD[1]),
        ("V" + LINE_1[1:], LINE_2),
        ("<" * 500, "<" * 500),
    ],
)
def test_no_zone(lines):
    assert zone_of(lines) is None


@given(st.lists(st.text(max_size=50) | st.text("ABC019< \n", min_size=28, max_size=46), max_size=4))
def test_any_lines(lines):
    zone = zone_of(lines)
    assert zone is None or all(len(line) == zone.layout.width for line in zone.lines)
