"""Options of ``azure``, and its requests and cases as Azure's own client sees them."""

from __future__ import annotations

import msgspec
import pytest
from azure.ai.documentintelligence.aio import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import AnalyzeDocumentRequest
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError

from gateway.adapters.azure import Azure
from gateway.adapters.azure.errors import Error, Inner, failure
from gateway.errors import UpstreamIncapable, UpstreamMisconfigured, UpstreamProtocolError, UpstreamUnavailable
from gateway.exchange import Evidence, VendorResponse
from gateway.model import DocumentType, ImageFormat
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


@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": "example.cognitiveservices.azure.com"},
        {"api_version": "2023-07-31"},
        {"api_version": "latest"},
        {"api_version": "2024-11-30&pages=9"},
        {"tier": "S0"},
        {"poll": 0},
        {"model": "prebuilt-read"},
    ],
)
def test_options_that_make_no_sense(options):
    with pytest.raises(msgspec.ValidationError):
        azure(**options)


@pytest.mark.parametrize("version", ["2024-02-29-preview", "2024-11-30", "2025-09-01"])
def test_versions_of_the_path(version):
    request = next(azure(api_version=version).exchange(make_query()))
    assert request.url.endswith(
        f"/documentintelligence/documentModels/prebuilt-idDocument:analyze?api-version={version}"
    )


def test_the_tier_decides_how_large_a_file_may_be():
    free, standard = azure(tier="free").accepts, azure().accepts
    assert (free.max_bytes, standard.max_bytes) == (3 * 1024 * 1024, 375 * 1024 * 1024)
    assert standard.formats == frozenset(ImageFormat)


def test_coverage_is_general_and_without_a_hole():
    assert len(azure().coverage) == 23
    assert set(azure().coverage.values()) == {Evidence.GENERAL}
    assert azure().supports(make_query(types=frozenset({DocumentType.DRIVING_LICENCE})))
    assert not azure().supports(make_query(countries=frozenset({"FRA"})))


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (400, Error(code="InvalidRequest", innererror=Inner(code="InvalidContentLength")), UpstreamIncapable),
        (
            400,
            Error(code="InvalidRequest", innererror=Inner(code="New", innererror=Inner(code="Newer"))),
            UpstreamProtocolError,
        ),
        (404, Error(code="NotFound", innererror=Inner(code="ModelNotFound")), UpstreamMisconfigured),
        (500, Error(code="InternalServerError", innererror=Inner(code="Unknown")), UpstreamUnavailable),
        (200, Error(code="New"), UpstreamProtocolError),
        (500, None, UpstreamUnavailable),
    ],
)
def test_the_innermost_code_that_is_known_decides(status, error, kind):
    assert type(failure(VendorResponse(status, {}, b""), error)) is kind


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
