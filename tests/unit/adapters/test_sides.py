from __future__ import annotations

from datetime import date

import pytest

from gateway.adapters.sides import side_of
from gateway.model import DocumentType, IdDocument, Side

TD1 = ("IDALB0312345675J00314001A<<<<<", "9003142F3205316ALB<<<<<<<<<<<8", "SHEMBULL<<ARTA<<<<<<<<<<<<<<<<")


@pytest.mark.parametrize(
    ("document", "side"),
    [
        (IdDocument(id_type=DocumentType.PASSPORT, address="12 EXAMPLE MARG"), Side.FRONT),
        (IdDocument(id_type=DocumentType.PASSPORT, mrz=TD1[:2], last_name="SHEMBULL"), Side.FRONT),
        (IdDocument(id_type=DocumentType.IDENTITY_CARD, last_name="SHEMBULL"), Side.FRONT),
        (IdDocument(id_type=DocumentType.IDENTITY_CARD, first_name="ARTA"), Side.FRONT),
        (IdDocument(id_type=DocumentType.DRIVING_LICENCE, birth_date=date(1990, 3, 14)), Side.FRONT),
        (IdDocument(id_type=DocumentType.IDENTITY_CARD, last_name="SHEMBULL", mrz=TD1), Side.BACK),
        (IdDocument(id_type=DocumentType.IDENTITY_CARD, address="RR. E SHEMBULLIT 12"), Side.BACK),
        (IdDocument(id_type=DocumentType.DRIVING_LICENCE, issue_date=date(2022, 6, 1)), Side.BACK),
        (IdDocument(document_number="031234567"), Side.BACK),
    ],
)
def test_the_side_that_was_read(document: IdDocument, side: Side):
    assert side_of(document) is side
