from gateway.reader.mrz.alike import BELIEVED, CORRECTED, TO_DIGIT, TO_LETTER
from gateway.reader.mrz.glyph import DIGITS, LETTERS


def test_tables_go_from_letters_to_figures_and_back() -> None:
    assert set(TO_DIGIT) <= set(LETTERS)
    assert set(TO_LETTER) <= set(DIGITS)
    assert all(TO_DIGIT[letter] == figure for figure, letter in TO_LETTER.items())


def test_every_letter_that_may_be_put_in_has_a_figure() -> None:
    assert set(BELIEVED) <= set(CORRECTED) <= set(TO_DIGIT)
    assert all(CORRECTED[letter] < chance for letter, chance in BELIEVED.items())
