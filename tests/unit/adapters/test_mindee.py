"""Options and coverage of ``mindee``, and its requests and cases as Mindee's own client sees them."""

from __future__ import annotations

import asyncio

import httpx
import msgspec
import pytest
from mindee.input.bytes_input import BytesInput
from mindee.v2.client import Client
from mindee.v2.error.mindee_http_error_v2 import MindeeHTTPErrorV2
from mindee.v2.product.extraction.extraction_response import ExtractionResponse
from mindee.v2.product.extraction.params.extraction_parameters import ExtractionParameters

from gateway.adapters.mindee import Mindee
from gateway.adapters.mindee.templates import ACCESSORS, CONFIDENCE, LINES
from gateway.exchange import Evidence, VendorResponse
from gateway.model import DocumentType, ImageFormat
from tests.adapters.cases import FOLDER, SAMPLE, Case, cases, load
from tests.fakes import make_query
from tests.vendors.fake import fake_vendor

CREDENTIALS = load(FOLDER / "mindee" / "credentials.json")
MODEL = "3f2b9a64-7c51-4d0e-9a3b-5d1c8e7f6a20"
PP, DL, ID = DocumentType.PASSPORT, DocumentType.DRIVING_LICENCE, DocumentType.IDENTITY_CARD

READ = [case for case in cases("mindee") if case.document is not None and "redirect" not in case.folder.name]
"""Their client looks at the job's body alone, never at a redirect."""

REFUSED = ["refused_credentials", "no_plan", "unknown_model", "throttled", "invalid_file"]


def mindee(**options):
    return msgspec.convert({"model_id": MODEL, "template": "passport"} | options, Mindee)


@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": "api-v2.mindee.net"},
        {"model_id": "passport"},
        {"template": "invoice"},
        {"first_poll": 0},
        {"poll": -1},
        {"api_key": "md_secret"},
    ],
)
def test_options_that_make_no_sense(options):
    with pytest.raises(msgspec.ValidationError):
        mindee(**options)


def test_the_template_is_not_guessed():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"model_id": MODEL}, Mindee)


@pytest.mark.parametrize(
    ("template", "types", "taken"),
    [
        ("passport", {PP}, True),
        ("passport", {PP, ID}, False),
        ("passport", set(), False),
        ("driver_license", {DL}, True),
        ("driver_license", {PP}, False),
        ("international_id", {ID}, True),
        ("international_id", {PP, DL, ID}, True),
        ("international_id", set(), True),
    ],
)
def test_a_model_for_one_kind_is_not_paid_for_another(template, types, taken):
    assert mindee(template=template).supports(make_query(types=frozenset(types))) == taken


def test_coverage_is_general():
    assert {len(mindee(template=template).coverage) for template in ("passport", "driver_license")} == {14, 3}
    assert set(mindee(template="international_id").coverage.values()) == {Evidence.GENERAL}


def test_pictures_that_mindee_does_not_take_or_bills_by_the_page():
    assert mindee().accepts.formats == {ImageFormat.JPEG, ImageFormat.PNG}


def test_the_pauses_of_their_own_clients():
    exchange = mindee().exchange(make_query())
    assert next(exchange).delay == 0
    job = b'{"job": {"polling_url": "https://api-v2.mindee.net/v2/jobs/1", "status": "Processing"}}'
    polls = [exchange.send(VendorResponse(202, {}, job)), exchange.send(VendorResponse(200, {}, job))]
    assert [(poll.delay, poll.repeatable) for poll in polls] == [(3.0, True), (1.0, True)]


def test_every_word_for_confidence_has_a_figure_in_its_order():
    figures = [CONFIDENCE[word] for word in ("Low", "Medium", "High", "Certain")]
    assert figures == sorted(figures)
    assert set(ACCESSORS) == {"passport", "international_id", "driver_license"}


@pytest.mark.parametrize("case", READ, ids=str)
async def test_their_client_asks_as_we_do_and_reads_what_we_read(case: Case):
    options = case.options
    parameters = ExtractionParameters(model_id=options["model_id"], confidence=options.get("confidence"))
    async with fake_vendor(case, CREDENTIALS) as vendor:
        fields = await asyncio.to_thread(extracted, vendor, parameters)

    assert vendor.problems == []
    assert vendor.requests == len(case.requests)
    names, ours = ACCESSORS[options["template"]], case.document
    for name in {"last_name", "birth_date", "issue_date", "expiry_date", "issuing_authority"} & ours.keys():
        assert fields[names[name]].value == ours[name]
    if "zone" in names:
        lines = fields[names["zone"]].fields
        assert [lines[line].value for line in LINES if lines[line].value] == ours.get("mrz", [])


@pytest.mark.parametrize("name", REFUSED)
async def test_their_client_fails_where_we_do(name):
    case = Case("mindee", FOLDER / "mindee" / name)
    async with fake_vendor(case, CREDENTIALS) as vendor:
        with pytest.raises(MindeeHTTPErrorV2) as raised:
            await asyncio.to_thread(extracted, vendor, ExtractionParameters(model_id=MODEL))

    assert vendor.problems == []
    assert raised.value.status == case.response(1).status


def test_the_confidence_is_asked_for_where_it_is_paid_for():
    asked = b"".join(next(mindee(confidence=True).exchange(make_query())).body)
    assert b'name="confidence"\r\n\r\ntrue\r\n' in asked
    assert b"confidence" not in b"".join(next(mindee().exchange(make_query())).body)


def extracted(vendor, parameters):
    """What their client reads of the case, step by step: its own polling waits for seconds."""
    with httpx.Client() as http:
        client = Client(vendor.environ["VENDOR_SECRET"], http)
        client.mindee_api.url_root = vendor.url
        job = client.enqueue(BytesInput(SAMPLE, "image.jpeg"), parameters).job
        while job.result_url is None:
            job = client.get_job(job.id).job
        return client.get_result_from_url(ExtractionResponse, job.result_url).inference.result.fields
