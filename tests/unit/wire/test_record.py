from __future__ import annotations

import logging
import re
from dataclasses import replace

import pytest

from gateway.events import RequestFinished
from gateway.model import Attempt, Recognition, Trail
from gateway.wire.decode import decode
from gateway.wire.record import RequestRecord, finished, log, new_request_id
from tests.fakes import make_query
from tests.wire.gateway import SPECIMEN

FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-(\d{13})-[^\s]+")


def test_request_ids_have_the_old_form_and_are_never_the_same():
    one, two = new_request_id(), new_request_id()
    assert one != two
    assert FORM.fullmatch(one)


def fields(record: RequestRecord, caplog, now: float) -> dict[str, object]:
    with caplog.at_level(logging.INFO, "gateway.access"):
        log(record, finished(record, now))
    (line,) = caplog.records
    return line.fields


def test_the_line_of_a_request_that_was_answered(caplog):
    trail = Trail()
    trail.route, trail.cache = "default", "miss"
    trail.add(Attempt("bangkok", "timeout", 1.5, fitted="jpeg-to-png"))
    trail.add(Attempt("local", "ok", 0.25, 0.01))
    record = RequestRecord("the-id", "POST", started=10.0, deadline=40.0, caller="billing", bytes_in=123, status=200)
    record.parameters = decode(b'{"image":"canary","country_region":["THA","ALB"],"id_type":"PP"}')
    record.query = make_query(trail=trail)
    record.recognition = Recognition(SPECIMEN, "local", ("issue_date",))
    assert fields(record, caplog, now=12.0) == {
        "request_id": "the-id",
        "caller": "billing",
        "route": "default",
        "upstream": "local",
        "outcome": "ok",
        "reason": "",
        "status": 200,
        "milliseconds": 2000.0,
        "upstream_ms": 1750.0,
        "attempts": [
            {"upstream": "bangkok", "outcome": "timeout", "ms": 1500.0, "cost": 0.0, "fitted": "jpeg-to-png"},
            {"upstream": "local", "outcome": "ok", "ms": 250.0, "cost": 0.01, "fitted": ""},
        ],
        "cache": "miss",
        "shortfall": ["issue_date"],
        "bytes_in": 123,
        "input": "image",
        "country_region": ["ALB", "THA"],
        "id_type": ["PP"],
    }
    assert "canary" not in repr(record)


def test_the_line_of_a_request_that_got_nowhere(caplog):
    record = RequestRecord("the-id", "POST", started=10.0, deadline=40.0, outcome="unauthenticated", status=401)
    line = fields(record, caplog, now=10.001)
    assert (line["outcome"], line["status"], line["milliseconds"]) == ("unauthenticated", 401, 1.0)
    assert (line["upstream"], line["input"], line["attempts"], line["country_region"]) == ("", "", [], [])


def test_the_event_has_the_same_facts():
    record = RequestRecord("the-id", "GET", started=10.0, deadline=40.0, outcome="unknown_api", status=404)
    assert finished(record, 10.5) == RequestFinished("", "", "unknown_api", 404, 0.5, 0, "GET", request_id="the-id")


def test_the_event_tells_what_was_asked_and_answered_and_nothing_of_what_was_read():
    trail = Trail()
    trail.route, trail.cache = "default", "miss"
    trail.add(Attempt("local", "ok", 0.25, 0.01))
    record = RequestRecord("the-id", "POST", 10.0, 40.0, "p1", "cost-centre-7", caller="billing", status=200)
    record.parameters = decode(b'{"image":"canary","country_region":["THA","ALB"],"id_type":"PP"}')
    record.query = make_query(trail=trail)
    record.recognition = Recognition(SPECIMEN, "local")
    assert finished(record, 12.0) == RequestFinished(
        route="default",
        upstream="local",
        outcome="ok",
        status=200,
        seconds=2.0,
        upstream_seconds=0.25,
        method="POST",
        request_id="the-id",
        caller="billing",
        project_id="p1",
        enterprise_project_id="cost-centre-7",
        error_code=None,
        input="image",
        asked_countries=("ALB", "THA"),
        asked_types=("PP",),
        answered_country="ALB",
        answered_type="PP",
        attempts=(Attempt("local", "ok", 0.25, 0.01),),
        cache="miss",
    )


@pytest.mark.parametrize("country", [None, "", "Anna Specimen", "ALBANIA", "al", "AL1"])
def test_what_an_upstream_puts_in_place_of_a_country_is_not_told(country):
    record = RequestRecord("the-id", "POST", started=10.0, deadline=40.0)
    record.recognition = Recognition(replace(SPECIMEN, country_region=country), "local")
    assert finished(record, 12.0).answered_country is None
