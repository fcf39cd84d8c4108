"""The promises of the zone reader as a whole, over generated zones."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.reader.mrz.glyph import ALPHABET, Glyph, certain_row
from gateway.reader.mrz.read import best_zone
from tests.unit.reader.mrz import zones
from tests.unit.reader.mrz.zones import VALUES


@given(zones.zones)
def test_a_valid_zone_reads_as_itself(lines: tuple[str, ...]) -> None:
    zone = best_zone([certain_row(line) for line in lines])
    assert zone is not None
    assert zone.lines == lines
    assert zone.valid
    assert zone.repaired == 0


@given(zones.zones, st.lists(st.text("ABCabc ", min_size=1, max_size=20), max_size=2))
def test_rows_around_it_do_not_disturb(lines: tuple[str, ...], others: list[str]) -> None:
    rows = [certain_row(text.upper().replace(" ", "<")) for text in others]
    zone = best_zone([*rows, *(certain_row(line) for line in lines), *rows])
    assert zone is not None
    assert zone.lines == lines


CHECKED = {
    2: [(1, place) for place in (*range(10), *range(13, 20), *range(21, 28))],
    3: [(1, place) for place in (*range(7), *range(8, 15))] + [(0, place) for place in range(5, 15)],
}


@given(zones.zones, st.data())
def test_one_certain_wrong_character_is_never_turned_into_another_valid_zone(
    lines: tuple[str, ...], data: st.DataObject
) -> None:
    """Whatever stands there now is read verbatim and fails, unless it weighs the same or is no character of the place."""
    line, place = data.draw(st.sampled_from(CHECKED[len(lines)]))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(lines[line][place], "")))
    broken = list(lines)
    broken[line] = lines[line][:place] + wrong + lines[line][place + 1 :]
    zone = best_zone([certain_row(each) for each in broken])
    assert zone is not None
    assert zone.repaired == 0
    same_sum = VALUES[wrong] % 10 == VALUES[lines[line][place]] % 10
    assert not zone.valid or zone.lines == lines or (same_sum and zone.lines == tuple(broken))


@given(zones.zones, st.data())
def test_an_unsure_wrong_character_is_put_right_or_reported(lines: tuple[str, ...], data: st.DataObject) -> None:
    line, place = data.draw(st.sampled_from(CHECKED[len(lines)]))
    right = lines[line][place]
    wrong = data.draw(st.sampled_from(ALPHABET.replace(right, "")))
    rows = [list(certain_row(each)) for each in lines]
    rows[line][place] = Glyph(((wrong, 0.6), (right, 0.4)), rows[line][place].x)
    zone = best_zone([tuple(row) for row in rows])
    assert zone is not None
    same_sum = VALUES[wrong] % 10 == VALUES[right] % 10
    assert not zone.valid or zone.lines == lines or same_sum


@given(zones.zones, st.integers(min_value=1, max_value=3))
def test_lost_fillers_at_the_end_of_the_names_come_back(lines: tuple[str, ...], lost: int) -> None:
    names = 2 if len(lines) == 3 else 0
    if not lines[names].endswith("<" * (lost + 3)):
        return
    rows = [certain_row(line) for line in lines]
    rows[names] = rows[names][:-lost]
    zone = best_zone(rows)
    assert zone is not None
    assert zone.lines == lines


def test_two_changes_that_cancel_are_not_seen_by_any_digit() -> None:
    """Z to 2 and S to 5 at these places leave every sum as it was: only the engine's own doubt can tell."""
    line = "ZS0000177" + zones.digit("ZS0000177") + zones.TD3[1][10:43]
    line += zones.digit(line[:10] + line[13:20] + line[21:43])
    row = list(certain_row(line))
    row[0], row[1] = Glyph((("2", 0.6), ("Z", 0.3))), Glyph((("5", 0.7), ("S", 0.2)))
    zone = best_zone([certain_row(zones.TD3[0]), tuple(row)])
    assert zone is not None
    assert zone.record.document_number == "ZS0000177"


def test_letters_are_not_a_zone() -> None:
    assert best_zone([]) is None
    assert best_zone([certain_row("SPECIMEN"), certain_row("REPUBLIC OF UTOPIA".replace(" ", ""))]) is None


def test_a_visa_is_recognised_as_one() -> None:
    lines = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
    zone = best_zone([certain_row(line) for line in lines])
    assert zone is not None
    assert zone.lines == lines
    assert zone.record.document_code == "V"
