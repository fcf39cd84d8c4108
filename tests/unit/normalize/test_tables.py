"""The JSON tables ship with the package."""

import pytest

from gateway.normalize.tables import load


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("gateway.normalize", "countries.json"),
        ("gateway.normalize", "months.json"),
        ("gateway.normalize", "transliteration.json"),
        ("gateway.reader", "labels.json"),
        ("gateway.reader", "states.json"),
        ("gateway.reader", "calibration.json"),
    ],
)
def test_load(package, name):
    assert load(package, name)


def test_a_missing_table_is_an_error():
    with pytest.raises(FileNotFoundError):
        load("gateway.normalize", "nothing.json")
