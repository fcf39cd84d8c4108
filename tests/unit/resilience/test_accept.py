from datetime import date

import msgspec
import pytest

from gateway.model import DocumentType, IdDocument
from gateway.resilience.accept import AcceptPolicy

TODAY = date(2026, 1, 2)
READ = IdDocument(document_number="X1", birth_date=date(1990, 1, 2), confidence={"document_number": 0.7})


@pytest.mark.parametrize(
    ("policy", "lacks"),
    [
        (AcceptPolicy(), ()),
        (AcceptPolicy(require=("document_number", "birth_date")), ()),
        (AcceptPolicy(require=("issue_date", "document_number", "sex")), ("issue_date", "sex")),
        (AcceptPolicy(min_confidence={"document_number": 0.7}), ()),
        (AcceptPolicy(min_confidence={"document_number": 0.71}), ("document_number",)),
        (AcceptPolicy(min_confidence={"birth_date": 0.9}), ()),
        (AcceptPolicy(min_confidence={"birth_date": 0.9}, unscored=False), ("birth_date",)),
        (AcceptPolicy(min_confidence={"sex": 0.9}, unscored=False), ()),
        (AcceptPolicy(require=("sex",), min_confidence={"sex": 0.9}), ("sex",)),
    ],
)
def test_what_is_lacking_is_named(policy: AcceptPolicy, lacks: tuple[str, ...]):
    assert policy.shortfall(READ, TODAY) == lacks


def test_truth_is_asked_for_where_it_is_wanted():
    made_up = IdDocument(country_region="THA", id_type=DocumentType.IDENTITY_CARD, document_number="1234567890123")
    assert AcceptPolicy().shortfall(made_up, TODAY) == ()
    assert AcceptPolicy(truth=True).shortfall(made_up, TODAY) == ("national_number",)
    unborn = IdDocument(birth_date=date(2027, 1, 1))
    assert AcceptPolicy(truth=True).shortfall(unborn, TODAY) == ("dates",)


@pytest.mark.parametrize(
    "given", [{"require": ["surname"]}, {"min_confidence": {"mrz": 0.5}}, {"min_confidence": {"sex": 1.5}}, {"x": 1}]
)
def test_a_mistake_is_refused(given: dict[str, object]):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(given, type=AcceptPolicy)
