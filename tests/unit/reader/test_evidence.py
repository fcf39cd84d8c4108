"""Choices keep personal data out of sight."""

from gateway.reader.evidence import CERTAIN, LEGIBLE, Evidence, FieldChoice


def test_a_choice_does_not_print_its_value():
    assert "KAO" not in repr(FieldChoice("last_name", "KAO", Evidence.CHECKED, 0.9))


def test_thresholds():
    assert 0 < LEGIBLE < CERTAIN < 1
