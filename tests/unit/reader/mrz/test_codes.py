from gateway.reader.mrz.codes import usual_code
from gateway.reader.mrz.glyph import Glyph, certain_row, text_of


def code(first: str, *second: tuple[str, float]) -> str:
    return text_of(usual_code((*certain_row(first), Glyph(second), *certain_row("UTO"))))


def test_an_unsure_letter_becomes_the_usual_one() -> None:
    assert code("I", ("O", 0.5), ("D", 0.1)) == "IDUTO"


def test_a_clear_letter_is_believed() -> None:
    assert code("I", ("O", 0.9), ("D", 0.1)) == "IOUTO"


def test_what_was_not_named_is_not_guessed() -> None:
    assert code("I", ("O", 0.5), ("D", 0.01)) == "IOUTO"
    assert code("X", ("O", 0.5), ("D", 0.1)) == "XOUTO"
