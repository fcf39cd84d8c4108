import base64
import json
from dataclasses import replace
from datetime import UTC, date, datetime

from gateway.events import ComparisonFinished
from gateway.model import DocumentType, IdDocument, Sex
from gateway.shadow.finding import Answer, Findings
from gateway.shadow.trace import Tracer
from tests.fakes import make_query

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
READ = IdDocument(
    country_region="THA",
    id_type=DocumentType.IDENTITY_CARD,
    last_name="Tuayang",
    first_name="Somchai",
    sex=Sex.MALE,
    birth_date=date(1992, 8, 12),
    document_number="1101700230708",
)
MISREAD = replace(READ, last_name="TUAYANG", birth_date=date(1992, 8, 13), document_number=None, sex=Sex.FEMALE)


def finding(ours=READ, theirs=MISREAD, *, seal=None, **query) -> ComparisonFinished:
    control = Answer("bangkok", "ok" if ours else "timeout", 1.5, ours)
    candidate = Answer("azure", "ok" if theirs else "no_document", 2.5, theirs)
    findings = Findings("thai", Tracer(lambda: NOW), now=lambda: NOW, seal=seal)
    return findings.of(make_query(request_id="r1", **query), "shadow", control, candidate, 0.02)


def test_two_documents():
    found = finding()
    assert (found.route, found.country, found.id_type) == ("thai", "THA", "ID")
    assert (found.control, found.candidate, found.kind, found.request_id) == ("bangkok", "azure", "shadow", "r1")
    assert (found.control_outcome, found.outcome) == ("ok", "ok")
    assert (found.control_seconds, found.candidate_seconds, found.cost) == (1.5, 2.5, 0.02)
    assert found.results == {
        "country_region": "exact",
        "id_type": "exact",
        "first_name": "exact",
        "last_name": "equivalent",
        "sex": "conflict",
        "birth_date": "near",
        "document_number": "missing_candidate",
    }
    assert found.truth == {"control": "holds", "candidate": ""}
    assert found.right == {"document_number": "control"}


def test_of_what_agrees_nothing_is_kept_and_of_what_does_not_no_value():
    found = finding()
    assert set(found.traces) == {"birth_date", "document_number"}
    ours, theirs = found.traces["document_number"]
    assert ours is not None
    assert (ours.shape, theirs) == ("13:0", None)
    for secret in ("Tuayang", "TUAYANG", "Somchai", "1992", "1101700230708"):
        assert secret not in repr(found)


def test_values_that_disagree_are_sealed_where_there_is_a_key():
    sealed = finding(seal=lambda plain: plain[::-1]).sealed
    assert json.loads(base64.b64decode(sealed)[::-1]) == {
        "request_id": "r1",
        "fields": {
            "sex": ["M", "F"],
            "birth_date": ["1992-08-12", "1992-08-13"],
            "document_number": ["1101700230708", None],
        },
    }


def test_nothing_is_sealed_without_a_key_without_a_difference_or_against_the_callers_will():
    assert finding().sealed == ""
    assert finding(theirs=READ, seal=bytes).sealed == ""
    assert finding(seal=bytes, no_store=True).sealed == ""


def test_errors_compare_too():
    failed = finding(theirs=None)
    assert (failed.outcome, failed.results, failed.traces, failed.country) == ("no_document", {}, {}, "THA")
    better = finding(ours=None)
    assert (better.control_outcome, better.outcome, better.results) == ("timeout", "ok", {})
    assert (better.country, better.id_type, better.truth) == ("THA", "ID", {"control": "", "candidate": ""})
    neither = finding(ours=None, theirs=None)
    assert (neither.country, neither.id_type) == ("", "")


def test_a_country_is_a_code_or_is_not_told():
    assert finding(ours=replace(READ, country_region="Mr. Tuayang")).country == ""
