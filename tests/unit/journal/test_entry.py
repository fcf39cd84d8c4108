from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime

import msgspec

from gateway.events import RequestFinished
from gateway.journal.entries import Entry
from gateway.journal.entry import SCHEMA, request_entry
from gateway.model import Attempt

NOON = datetime(2026, 1, 2, 12, 0, 0, 125000, tzinfo=UTC)

ANSWERED = RequestFinished(
    route="thai",
    upstream="local",
    outcome="ok",
    status=200,
    seconds=2.00004,
    upstream_seconds=1.75,
    request_id="the-id",
    caller="billing",
    project_id="p1",
    enterprise_project_id="cost-centre-7",
    input="image",
    asked_countries=("ALB", "THA"),
    asked_types=("PP",),
    answered_country="ALB",
    answered_type="PP",
    attempts=(Attempt("bangkok", "timeout", 1.5, 0.1, "tiff-to-jpeg"), Attempt("local", "ok", 0.25, 0.2)),
    cache="miss",
)


def test_the_line_of_an_answer_to_the_letter():
    assert msgspec.json.decode(msgspec.json.encode(request_entry(ANSWERED, NOON))) == {
        "kind": "request",
        "version": 1,
        "time": "2026-01-02T12:00:00.125000Z",
        "request_id": "the-id",
        "caller": "billing",
        "project_id": "p1",
        "enterprise_project_id": "cost-centre-7",
        "route": "thai",
        "upstream": "local",
        "outcome": "ok",
        "status": 200,
        "error_code": None,
        "milliseconds": 2000.0,
        "input": "image",
        "asked": {"country_region": ["ALB", "THA"], "id_type": ["PP"]},
        "answered": {"country_region": "ALB", "id_type": "PP"},
        "attempts": [
            {
                "upstream": "bangkok",
                "outcome": "timeout",
                "milliseconds": 1500.0,
                "cost": 0.1,
                "fitted": "tiff-to-jpeg",
            },
            {"upstream": "local", "outcome": "ok", "milliseconds": 250.0, "cost": 0.2, "fitted": ""},
        ],
        "cost": 0.3,
        "cache": "miss",
    }


def test_the_line_of_a_refusal_has_no_answer():
    refused = RequestFinished("", "", "unauthenticated", 401, 0.001, 0.0, error_code="APIG.0301")
    entry = request_entry(refused, NOON)
    assert (entry.outcome, entry.status, entry.error_code, entry.milliseconds) == (
        "unauthenticated",
        401,
        "APIG.0301",
        1.0,
    )
    assert (entry.answered, entry.attempts, entry.cost, entry.enterprise_project_id) == (None, (), 0, None)


def test_a_line_reads_back_as_the_same_entry_and_may_hold_more_than_we_know():
    entry = request_entry(ANSWERED, NOON)
    line = {**json.loads(msgspec.json.encode(entry)), "new": {"in": "later versions"}}
    assert msgspec.json.decode(json.dumps(line), type=Entry) == entry
    assert entry.version == SCHEMA


def test_nothing_of_the_event_is_forgotten():
    """A new fact of a request belongs into its line, or here with a reason."""
    elsewhere = {
        "method",  # every request that can be answered is a POST
        "upstream_seconds",  # the sum of the attempts
        "asked_countries",  # in ``asked``
        "asked_types",
        "answered_country",  # in ``answered``
        "answered_type",
        "seconds",  # as milliseconds
    }
    written = set(json.loads(msgspec.json.encode(request_entry(ANSWERED, NOON))))
    assert {field.name for field in fields(RequestFinished)} - elsewhere <= written
