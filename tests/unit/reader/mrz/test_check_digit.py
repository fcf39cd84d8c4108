import pytest

from gateway.reader.mrz.check_digit import check_digit, holds


@pytest.mark.parametrize(
    ("text", "digit"),
    [("520727", "3"), ("AB2134<<<", "5"), ("HA672242<658022549601086<<<<<<<<<<<<<<0", "8"), ("<<<<<<", "0"), ("", "0")],
)
def test_examples_of_doc_9303_part_3_appendix_a(text: str, digit: str) -> None:
    assert check_digit(text) == digit
    assert holds(text, digit)


def test_a_filler_is_the_digit_of_nothing_but_fillers() -> None:
    assert holds("<<<<", "<")
    assert holds("<<<<", "0")
    assert not holds("12<<", "<")


def test_a_letter_is_no_check_digit() -> None:
    assert not holds("520727", "B")
