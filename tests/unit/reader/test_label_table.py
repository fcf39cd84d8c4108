"""The label table itself."""

from gateway.reader.label_table import PHRASES, WORDS, Label
from gateway.reader.labels import labelling


def test_no_label_announces_two_things():
    for label in Label:
        for text in (*PHRASES[label], *WORDS[label]):
            assert labelling(text).kinds == {label}, text


def test_the_table_covers_every_kind():
    assert all(PHRASES[label] for label in Label)
