from gateway.reader.mrz.glyph import Glyph, certain_row, text_of


def test_a_glyph_is_its_likeliest_choice() -> None:
    glyph = Glyph((("0", 0.7), ("O", 0.2)), 0.5)
    assert (glyph.character, glyph.score) == ("0", 0.7)
    assert glyph.chance("O") == 0.2
    assert glyph.chance("Q") == 0.0


def test_a_certain_row_spells_its_text_at_an_even_pitch() -> None:
    row = certain_row("ABC<")
    assert text_of(row) == "ABC<"
    assert [glyph.x for glyph in row] == [0.125, 0.375, 0.625, 0.875]


def test_nothing_personal_is_in_the_representation() -> None:
    assert "A" not in repr(Glyph((("A", 1.0),))).replace("Glyph", "")
