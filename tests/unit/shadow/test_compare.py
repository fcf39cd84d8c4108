from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.model import DocumentType, IdDocument, Sex, Side
from gateway.shadow.compare import AGREED, FIELDS, Result, compare

WHOLE = IdDocument(
    country_region="THA",
    id_type=DocumentType.IDENTITY_CARD,
    side=Side.FRONT,
    first_name="Somchai",
    last_name="Tuayang",
    sex=Sex.MALE,
    nationality="THA",
    birth_date=date(1992, 8, 12),
    issue_date=date(2019, 3, 1),
    expiry_date=date(2028, 8, 11),
    document_number="1101700230708",
    address="99 Moo 1, Bang Rak, Bangkok",
    issuing_authority="Department of Provincial Administration",
    portrait_image=b"aGVsbG8=",
    confidence={"last_name": 0.9},
    mrz=("P<",),
)

TEXT = st.text("AaBbÑñüỄđ 0O8Ж界ส้-'.", max_size=12)
DOCUMENTS = st.builds(
    IdDocument,
    country_region=st.none() | st.sampled_from(["THA", "TH", "Thailand", "XYZ", ""]),
    id_type=st.none() | st.sampled_from(DocumentType),
    side=st.none() | st.sampled_from(Side),
    sex=st.none() | st.sampled_from(Sex),
    birth_date=st.none() | st.dates(),
    expiry_date=st.none() | st.dates(date(2020, 1, 1), date(2020, 2, 20)),
    first_name=st.none() | TEXT,
    last_name=st.none() | TEXT,
    document_number=st.none() | TEXT,
    address=st.none() | TEXT,
)
TURNED = {
    Result.MISSING_CONTROL: Result.MISSING_CANDIDATE,
    Result.MISSING_CANDIDATE: Result.MISSING_CONTROL,
}


def one(name, ours, theirs):
    return compare(replace(IdDocument(), **{name: ours}), replace(IdDocument(), **{name: theirs}))


def test_every_field_is_compared_but_for_three():
    assert set(FIELDS) == {field.name for field in fields(IdDocument)} - {"portrait_image", "confidence", "mrz"}
    assert compare(WHOLE, WHOLE) == dict.fromkeys(FIELDS, Result.EXACT)
    assert list(compare(WHOLE, IdDocument())) == list(FIELDS)


@given(DOCUMENTS)
def test_a_document_agrees_with_itself(document):
    assert set(compare(document, document).values()) <= {Result.EXACT}


@given(DOCUMENTS, DOCUMENTS)
def test_who_is_who_matters_only_for_what_is_missing(document, other):
    there, back = compare(document, other), compare(other, document)
    assert back == {name: TURNED.get(result, result) for name, result in there.items()}


@given(DOCUMENTS, DOCUMENTS)
def test_there_is_an_entry_for_what_one_of_them_has(document, other):
    def either(name):
        values = (getattr(document, name), getattr(other, name))
        return any(value is not None and (not isinstance(value, str) or value.strip()) for value in values)

    assert set(compare(document, other)) == {name for name in FIELDS if either(name)}


def test_nothing_and_nothing_is_nothing():
    assert compare(IdDocument(), IdDocument()) == {}
    assert compare(IdDocument(address="  "), IdDocument(address="")) == {}


@pytest.mark.parametrize("name", FIELDS)
def test_what_one_side_lacks(name):
    lacking = replace(WHOLE, **{name: None})
    assert compare(lacking, WHOLE)[name] is Result.MISSING_CONTROL
    assert compare(WHOLE, lacking)[name] is Result.MISSING_CANDIDATE


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "result"),
    [
        ("birth_date", date(1992, 8, 12), date(1992, 8, 13), "near"),
        ("birth_date", date(1992, 8, 12), date(1982, 8, 12), "near"),
        ("birth_date", date(1992, 8, 12), date(1992, 12, 8), "conflict"),  # day and month exchanged
        ("birth_date", date(1992, 8, 12), date(2535, 8, 12), "conflict"),  # Buddhist years
        ("birth_date", date(1965, 2, 5), date(2065, 2, 5), "conflict"),
        ("expiry_date", date(2028, 8, 9), date(2028, 8, 10), "conflict"),
        ("issue_date", date(999, 8, 9), date(1999, 8, 9), "near"),
        ("country_region", "THA", "TH", "equivalent"),
        ("nationality", "VNM", "Vietnamese", "equivalent"),
        ("nationality", "VNM", "VIỆT NAM", "equivalent"),
        ("nationality", "THA", "TWN", "conflict"),
        ("nationality", "Freedonia", "FREEDONIA", "conflict"),
        ("sex", Sex.MALE, Sex.UNSPECIFIED, "conflict"),
        ("side", Side.FRONT, Side.BACK, "conflict"),
        ("id_type", DocumentType.PASSPORT, DocumentType.IDENTITY_CARD, "conflict"),
        ("document_number", "1 1017 00230 70 8", "1101700230708", "equivalent"),
        ("document_number", "11O1700230708", "1101700230708", "near"),
        ("address", "99 MOO 1 BANG RAK BANGKOK", "99 Moo 1, Bang Rak, Bangkok", "equivalent"),
        ("issuing_authority", "PHỎNG", "PHONG", "equivalent"),
        ("last_name", "TUAYANG", "Tuayang", "equivalent"),
    ],
)
def test_fields_of_every_kind(name, ours, theirs, result):
    assert one(name, ours, theirs) == one(name, theirs, ours) == {name: result}


def test_names_that_moved_are_no_gap():
    moved = replace(WHOLE, last_name="Somchai Tuayang", first_name=None)
    results = compare(WHOLE, moved)
    assert (results["last_name"], results["first_name"]) == (Result.EQUIVALENT, Result.EQUIVALENT)
    assert set(results.values()) <= AGREED
