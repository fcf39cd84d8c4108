import pytest

from gateway.reader.mrz.layout import LAYOUTS, TD1, TD2, TD3, Kind, Layout
from gateway.reader.mrz.verify import verify
from tests.unit.reader.mrz import zones

EXAMPLES = {TD1.format: zones.TD1, TD2.format: zones.TD2, TD3.format: zones.TD3}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.format)
def test_every_character_of_the_standards_example_is_of_its_kind(layout: Layout) -> None:
    lines = EXAMPLES[layout.format]
    assert len(layout.kinds) == len(layout.protected) == len(lines)
    for line, kinds in zip(lines, layout.kinds, strict=True):
        assert len(line) == layout.width
        assert all(character in kind.value for character, kind in zip(line, kinds, strict=True))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.format)
def test_the_check_digits_of_the_standards_example_hold(layout: Layout) -> None:
    assert all(verify(layout, EXAMPLES[layout.format]).values())


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.format)
def test_check_digits_stand_where_only_digits_may(layout: Layout) -> None:
    for check in layout.checks.values():
        kind = layout.kinds[check.digit.line][check.digit.start]
        assert kind in (Kind.DIGIT, Kind.OPTIONAL_DIGIT)


def test_fields_of_the_example() -> None:
    fields = {name: span.of(zones.TD3) for name, span in TD3.fields.items()}
    assert fields["document_number"] == "L898902C3"
    assert fields["nationality"] == "UTO"
    assert fields["birth_date"] == "740812"
    assert fields["sex"] == "F"
    assert fields["expiry_date"] == "120415"
    assert fields["optional"] == "ZE184226B<<<<<"
