"""Coverage of ``azure``, and its requests and cases as Azure's own client sees them."""

from __future__ import annotations

import msgspec
import pytest
from azure.ai.documentintelligence.aio import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import AnalyzeDocumentRequest
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError

from gateway.adapters.azure import Azure
from gateway.exchange import Evidence
from gateway.model import DocumentType
from tests.adapters.cases import FOLDER, SAMPLE, Case, cases, load
from tests.fakes import make_query
from tests.vendors.fake import fake_vendor

CREDENTIALS = load(FOLDER / "azure" / "credentials.json")
WAITS = {"driving_licence"}
"""Told to wait a second by the vendor, and their client obeys."""

OPTIONAL = {"tiff", "version_refused"}
"""Cases whose request has an option that their client would have to be told of."""

READ = [case for case in cases("azure") if case.document is not None and case.folder.name not in WAITS | OPTIONAL]
REFUSED = {"refused_credentials": 401, "corrupted": 400, "too_large": 400, "failed": 200, "failed_on_the_picture": 200}


def azure(**options):
    return msgspec.convert({"endpoint": "https://example.cognitiveservices.azure.com"} | options, Azure)


def test_coverage_is_general_and_without_a_hole():
    assert len(azure().coverage) == 23
    assert set(azure().coverage.values()) == {Evidence.GENERAL}
    assert azure().supports(make_query(types=frozenset({DocumentType.DRIVING_LICENCE})))
    assert not azure().supports(make_query(countries=frozenset({"FRA"})))


@pytest.mark.parametrize("case", READ, ids=str)
async def test_their_client_asks_as_we_do_and_reads_what_we_read(case: Case):
    async with fake_vendor(case, CREDENTIALS) as vendor:
        result = await analyse(vendor)

    assert vendor.problems == []
    assert vendor.requests == len(case.requests)
    fields, ours = result.documents[0].fields, case.document
    zone = fields["MachineReadableZone"].value_object or {} if "MachineReadableZone" in fields else {}

    def theirs(name, value):
        found = (getattr(places[name], value) for places in (fields, zone) if name in places)
        return next((read for read in found if read is not None), None)

    assert theirs("CountryRegion", "value_country_region") == ours.get("country_region")
    assert theirs("LastName", "value_string") == ours.get("last_name")
    assert (theirs("FirstName", "value_string") or "").removeprefix("Miss ") in ours.get("first_name", "")
    for name, field in (
        ("birth_date", "DateOfBirth"),
        ("issue_date", "DateOfIssue"),
        ("expiry_date", "DateOfExpiration"),
    ):
        if day := theirs(field, "value_date"):
            assert day.isoformat() == ours[name]


@pytest.mark.parametrize("name", REFUSED)
async def test_their_client_fails_where_we_do(name):
    case = Case("azure", FOLDER / "azure" / name)
    async with fake_vendor(case, CREDENTIALS) as vendor:
        with pytest.raises(HttpResponseError) as raised:
            await analyse(vendor)

    assert vendor.problems == []
    assert raised.value.status_code == REFUSED[name]


async def analyse(vendor):
    credential = AzureKeyCredential(vendor.environ["VENDOR_SECRET"])
    async with DocumentIntelligenceClient(vendor.url, credential, retry_total=0, polling_interval=0.01) as client:
        poller = await client.begin_analyze_document("prebuilt-idDocument", AnalyzeDocumentRequest(bytes_source=SAMPLE))
        return await poller.result()
