import pytest

from gateway.reader.mrz.coerce import coerce
from gateway.reader.mrz.glyph import Glyph
from gateway.reader.mrz.layout import Kind


def read(*choices: tuple[str, float]) -> Glyph:
    return Glyph(choices)


@pytest.mark.parametrize(
    ("character", "kind", "expected"),
    [
        ("O", Kind.DIGIT, "0"),
        ("D", Kind.OPTIONAL_DIGIT, "0"),
        ("I", Kind.DIGIT, "1"),
        ("L", Kind.DIGIT, "1"),
        ("0", Kind.LETTER, "O"),
        ("1", Kind.LETTER, "I"),
        ("8", Kind.LETTER, "B"),
        ("1", Kind.CODE, "I"),
        ("O", Kind.ANY, "O"),
        ("0", Kind.ANY, "0"),
        ("X", Kind.DIGIT, "X"),
        ("0", Kind.SEX, "0"),
        ("<", Kind.OPTIONAL_DIGIT, "<"),
    ],
)
def test_a_character_of_the_wrong_kind_becomes_what_it_resembles(character: str, kind: Kind, expected: str) -> None:
    assert coerce(read((character, 0.9)), kind).character == expected


def test_the_engines_own_alternative_goes_before_the_table() -> None:
    assert coerce(read(("0", 0.8), ("Q", 0.15)), Kind.LETTER).character == "Q"


def test_twins_add_up() -> None:
    assert coerce(read(("0", 0.8), ("O", 0.15)), Kind.LETTER).score == pytest.approx(0.95)


def test_what_is_no_twin_keeps_its_own_chance() -> None:
    assert coerce(read(("0", 0.8), ("Q", 0.15)), Kind.LETTER).score == pytest.approx(0.15)


def test_a_letter_named_second_to_a_figure_is_believed_where_both_may_stand() -> None:
    assert coerce(read(("1", 0.6), ("L", 0.3)), Kind.ANY).character == "L"
    assert coerce(read(("1", 0.99), ("L", 0.001)), Kind.ANY).character == "1"


@pytest.mark.parametrize("letter", ["O", "D", "Q"])
def test_a_nought_is_left_to_the_check_digits(letter: str) -> None:
    assert coerce(read(("0", 0.7), (letter, 0.3)), Kind.ANY).character == "0"
