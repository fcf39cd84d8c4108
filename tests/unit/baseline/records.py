"""What the tests of the baseline record: invented holders whose every value is a canary."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from gateway.baseline.keys import KeyPair, OpeningKey, SealingKey, new_pair, opening_key, sealing_key
from gateway.baseline.record import Asked, BaselineRecord
from gateway.baseline.store import BaselineStore
from gateway.model import DocumentType, IdDocument, Sex, Side

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)

DOCUMENT = IdDocument(
    country_region="THA",
    id_type=DocumentType.IDENTITY_CARD,
    side=Side.FRONT,
    first_name="Canaria",
    last_name="Vögelein-ภูมิ",
    sex=Sex.FEMALE,
    nationality="THA",
    birth_date=date(1990, 4, 11),
    issue_date=date(2021, 4, 11),
    expiry_date=date(2031, 4, 10),
    document_number="3100600445635",
    address="7 Songbird Lane",
    issuing_authority="Office of Cages",
    confidence={"birth_date": 0.75},
    mrz=("P<CANARY<<BIRD", "CANARYZONE"),
)
PICTURE = b"\xff\xd8\xff\xe0 a picture of a canary, seventeen times over " * 17

PAIR = new_pair()


def sealing(pair: KeyPair = PAIR) -> SealingKey:
    return sealing_key(pair.public.decode())


def opening(pair: KeyPair = PAIR) -> OpeningKey:
    return opening_key(pair.private.decode())


def make_record(request_id: str = "the-id", picture: bytes = PICTURE) -> BaselineRecord:
    asked = Asked(
        time=NOON,
        upstream="original",
        request_id=request_id,
        country_region=("THA", "VNM"),
        id_type=(DocumentType.IDENTITY_CARD,),
    )
    return BaselineRecord(picture, DOCUMENT, asked)


def make_store(
    folder: Path, *, key: SealingKey | None = None, retention: int = 30, max_bytes: int = 10**6
) -> BaselineStore:
    return BaselineStore(folder, key or sealing(), retention=retention, max_bytes=max_bytes)
