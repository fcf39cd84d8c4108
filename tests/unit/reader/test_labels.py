"""Labels in clean and in badly read print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.reader.label_table import PHRASES, WORDS, Label
from gateway.reader.labels import find, labelling


@pytest.mark.parametrize("label", Label)
def test_every_label_is_known_by_itself(label):
    for text in (*PHRASES[label], *WORDS[label]):
        for print_ in (text, text.upper(), f"7. {text.capitalize()}", f"({3}) {text}:"):
            assert label in labelling(print_).kinds, print_


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Date of issue/Date de délivrance", {Label.ISSUE}),
        ("Date of isue/ Cese de defivrance", {Label.ISSUE}),
        ("Datie of birth", {Label.BIRTH}),
        ("Fecha de nacimienta", {Label.BIRTH}),
        ("8. Data emiterli documentulul/Date of Issue/Date de délivranice", {Label.ISSUE}),
        ("AutharityfAutorine (B)", {Label.AUTHORITY}),
        ("KANTORYANG MENGELUARKAN/", {Label.AUTHORITY}),
        ("10. ORGAN WYDAJACY/AUTHORITY", {Label.AUTHORITY}),
        ("Place of issue", {Label.OTHER}),
        ("Place of birth / Lieu de naissance", {Label.OTHER}),
        ("Date of issue / Date of expiry", {Label.ISSUE, Label.EXPIRY}),
        ("Sex", {Label.OTHER}),
        ("Ngày cp / Date of issue", {Label.ISSUE}),
        ("No. Pasport / Passport No.", {Label.NUMBER}),
        ("MINISTRY OF FOREIGN AFFAIRS", set()),
        ("REGISTRO CIVIL", set()),
        ("DENPASAR", set()),
        ("DAVID NOVAK", set()),
        ("12.05.1990", set()),
        ("", set()),
    ],
)
def test_kinds(text, kinds):
    assert labelling(text).kinds == kinds


def test_pure_lines_are_nothing_but_labels():
    assert labelling("Authority / Autorité").pure
    assert labelling("9. Authority").pure
    assert not labelling("IMMIGRATION AUTHORITY").pure
    assert not labelling("").pure


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("AUTHORITY", "XAUTHORITYX", (1, 10, 0)),
        ("AUTHORITY", "XAUTHARITYX", (1, 10, 1)),
        ("AUTHORITY", "AUTHRITY", (0, 8, 1)),
        ("AUTHORITY", "AUTHARATY", None),
        ("SEX", "SEY", None),
        ("DATEOFISSUE", "PLACEOFISSUE", None),
        ("DATEOFISSUE", "", None),
    ],
)
def test_find(key, text, expected):
    assert find(key, text) == expected


@given(st.sampled_from(["DATEOFISSUE", "AUTHORITY", "DATEOFEXPIRY"]), st.data())
def test_one_wrong_letter_is_forgiven(key, data):
    place = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from("ABCXYZ"))
    before, after = data.draw(st.text(alphabet="QW", max_size=5)), data.draw(st.text(alphabet="QW", max_size=5))
    assert find(key, before + key[:place] + letter + key[place + 1 :] + after) is not None
    assert find(key, before + key[:place] + key[place + 1 :] + after) is not None


@given(st.text(max_size=80))
def test_any_text_is_survived(text):
    assert 0 <= labelling(text).residue <= 1
