from dataclasses import fields
from datetime import UTC, datetime

import msgspec

from gateway.events import ComparisonFinished, FieldTrace
from gateway.journal.comparison import ComparisonEntry, comparison_entry

NOON = datetime(2026, 1, 2, 12, 0, 0, 125000, tzinfo=UTC)

COMPARED = ComparisonFinished(
    route="thai",
    country="THA",
    id_type="ID",
    control="bangkok",
    candidate="azure",
    results={"sex": "exact", "birth_date": "near", "document_number": "missing_candidate"},
    truth={"control": "holds", "candidate": ""},
    outcome="ok",
    control_seconds=1.50004,
    candidate_seconds=2.25,
    cost=0.1 + 0.2,
    kind="shadow",
    request_id="the-id",
    right={"document_number": "control"},
    traces={
        "birth_date": (FieldTrace("10:0.", "aa"), FieldTrace("10:0.", "bb")),
        "document_number": (FieldTrace("13:0", "cc"), None),
    },
    sealed="c2VhbGVk",
)


def test_the_line_of_a_comparison_to_the_letter():
    assert msgspec.json.decode(msgspec.json.encode(comparison_entry(COMPARED, NOON))) == {
        "kind": "comparison",
        "version": 1,
        "time": "2026-01-02T12:00:00.125000Z",
        "request_id": "the-id",
        "route": "thai",
        "relation": "shadow",
        "document": {"country_region": "THA", "id_type": "ID"},
        "control": {"upstream": "bangkok", "outcome": "ok", "milliseconds": 1500.0, "truth": "holds"},
        "candidate": {"upstream": "azure", "outcome": "ok", "milliseconds": 2250.0, "truth": ""},
        "fields": {
            "sex": {"result": "exact"},
            "birth_date": {
                "result": "near",
                "control": {"shape": "10:0.", "mark": "aa"},
                "candidate": {"shape": "10:0.", "mark": "bb"},
            },
            "document_number": {
                "result": "missing_candidate",
                "right": "control",
                "control": {"shape": "13:0", "mark": "cc"},
            },
        },
        "cost": 0.3,
        "sealed": "c2VhbGVk",
    }


def test_a_line_reads_back_as_the_same_entry():
    entry = comparison_entry(COMPARED, NOON)
    assert msgspec.json.decode(msgspec.json.encode(entry), type=ComparisonEntry) == entry


def test_one_that_failed_has_no_fields_and_may_have_no_kind():
    failed = ComparisonFinished("r", "", "", "a", "b", {}, {}, "timeout", 1.0, 8.0, 0.0, "reverse", "no_document")
    entry = comparison_entry(failed, NOON)
    assert (entry.fields, entry.relation, entry.sealed) == ({}, "reverse", "")
    assert (entry.control.outcome, entry.candidate.outcome, entry.control.truth) == ("no_document", "timeout", "")
    assert (entry.document.country_region, entry.document.id_type) == (None, None)


def test_nothing_of_the_event_is_forgotten():
    elsewhere = {
        "kind": "relation",
        "country": "document",
        "id_type": "document",
        "results": "fields",
        "right": "fields",
        "traces": "fields",
        "truth": "control",
        "outcome": "candidate",
        "control_outcome": "control",
        "control_seconds": "control",
        "candidate_seconds": "candidate",
    }
    written = set(msgspec.to_builtins(comparison_entry(COMPARED, NOON)))
    assert {elsewhere.get(field.name, field.name) for field in fields(ComparisonFinished)} <= written
