from datetime import date

import pytest

from gateway.adapters.blank import is_blank
from gateway.model import DocumentType, IdDocument, Sex, Side

KIND = {"country_region": "THA", "id_type": DocumentType.IDENTITY_CARD, "side": Side.FRONT}


def test_a_kind_alone_is_blank():
    assert is_blank(IdDocument())
    assert is_blank(IdDocument(**KIND))
    assert is_blank(IdDocument(**KIND, confidence={"country_region": 0.9}))


@pytest.mark.parametrize(
    "value",
    [
        {"last_name": "SPECIMEN"},
        {"sex": Sex.UNSPECIFIED},
        {"birth_date": date(1990, 2, 14)},
        {"document_number": "A1"},
        {"portrait_image": b"/9j/"},
        {"mrz": ("P<UTO",)},
    ],
)
def test_any_value_is_not(value):
    assert not is_blank(IdDocument(**KIND, **value))
