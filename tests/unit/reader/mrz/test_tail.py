from gateway.reader.mrz.glyph import Glyph, certain_row, text_of
from gateway.reader.mrz.tail import quiet_tail


def test_an_unsure_letter_behind_the_names_is_a_filler() -> None:
    row = (*certain_row("ERIKSSON<<ANNA<<<"), Glyph((("C", 0.6),)), *certain_row("<<"))
    assert text_of(quiet_tail(row)) == "ERIKSSON<<ANNA<<<<<<"


def test_a_sure_letter_is_believed() -> None:
    row = certain_row("ERIKSSON<<<ANNA<<<")
    assert quiet_tail(row) == row


def test_names_themselves_are_untouched() -> None:
    row = certain_row("ERIKSSON<<ANNA", score=0.3)
    assert quiet_tail(row) == row
