"""What no recorded case can show: options, coverage, and the vendors' own clients as judges of requests and cases."""

from __future__ import annotations

import asyncio
import base64
import json
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import pytest
from azure.ai.documentintelligence.aio import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import AnalyzeDocumentRequest
from azure.core.credentials import AzureKeyCredential
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session
from google.api_core.exceptions import GoogleAPICallError
from google.auth.credentials import AnonymousCredentials
from google.cloud.vision_v1 import (
    AnnotateImageRequest,
    BatchAnnotateImagesRequest,
    Feature,
    Image,
    ImageAnnotatorClient,
)
from google.cloud.vision_v1.services.image_annotator.transports.rest import ImageAnnotatorRestTransport

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the SDK's own, at import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
    from huaweicloudsdkocr.v1 import GeneralTextRequestBody, OcrClient, RecognizeGeneralTextRequest

from gateway.adapters.coverage import PASSPORTS
from gateway.adapters.text import Text
from gateway.adapters.text.engine import PageText
from gateway.exchange import Evidence, VendorResponse
from gateway.model import DocumentType, ImageFormat
from tests.adapters.cases import SAMPLE, SAMPLE_BASE64, Case, cases
from tests.fakes import IMAGE_BASE64, make_query
from tests.vendors.fake import FakeVendor, fake_vendor

PP, ID, DL = DocumentType.PASSPORT, DocumentType.IDENTITY_CARD, DocumentType.DRIVING_LICENCE
ENDPOINT = "https://reader.example.com"
PROJECT = "0123456789abcdef0123456789abcdef"


def text(engine: str, **options: Any) -> Text:
    return msgspec.convert({"engine": engine, "endpoint": ENDPOINT} | options, type=Text)


@pytest.mark.parametrize(
    "options",
    [
        {"endpoint": ENDPOINT},
        {"engine": "tesseract"},
        {"engine": "aws", "endpoint": "reader.example.com"},
        {"engine": "google", "endpoint": "ftp://reader.example.com"},
        {"engine": "huawei"},
        {"engine": "huawei", "project_id": ""},
        {"engine": "huawei", "project_id": PROJECT, "poll": 1},
        {"engine": "azure", "project_id": PROJECT},
        {"engine": "azure", "poll": 0},
        {"engine": "azure", "tier": "S0"},
        {"engine": "azure", "api_version": "latest"},
        {"engine": "google", "tier": "free"},
        {"engine": "aws", "enterprise_project_id": "0"},
        {"engine": "aws", "region": "ap-southeast-1"},
    ],
)
def test_an_engine_has_its_own_options_and_no_others(options: dict[str, Any]):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"endpoint": ENDPOINT} | options, type=Text)


def test_every_option_reaches_its_engine():
    azure = text("azure", api_version="2025-09-01", tier="free", poll=3)
    assert "api-version=2025-09-01" in next(azure.exchange(make_query())).url
    assert azure.accepts.max_bytes == 3 * 1024 * 1024
    exchange = azure.exchange(make_query())
    next(exchange)
    assert exchange.send(VendorResponse(202, {"operation-location": ENDPOINT}, b"")).delay == 3

    huawei = next(text("huawei", project_id=PROJECT, enterprise_project_id="b4d1").exchange(make_query()))
    assert f"/v2/{PROJECT}/ocr/general-text" in huawei.url
    assert huawei.headers["enterprise-project-id"] == "b4d1"


@pytest.mark.parametrize(
    ("engine", "formats", "max_bytes"),
    [
        ("huawei", set(ImageFormat), 7_864_320),
        ("azure", set(ImageFormat), 393_216_000),
        ("google", {ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.BMP}, 7_499_250),
        ("aws", {ImageFormat.JPEG, ImageFormat.PNG}, 5_000_000),
    ],
)
def test_what_each_engine_takes(engine: str, formats: set[ImageFormat], max_bytes: int):
    accepts = text(engine, **({"project_id": PROJECT} if engine == "huawei" else {})).accepts
    assert (accepts.formats, accepts.max_bytes) == (formats, max_bytes)


def test_what_has_a_zone_is_covered_and_nothing_else():
    covered = text("aws").coverage
    assert covered.keys() == PASSPORTS | {("VNM", ID), ("ALB", ID), ("CHL", ID)}
    assert set(covered.values()) == {Evidence.ZONE}


@pytest.mark.parametrize(
    ("countries", "types", "able"),
    [
        ((), (), True),
        (("VNM",), (), True),
        (("THA",), (ID,), False),
        (("THA", "CHL"), (ID,), True),
        ((), (DL,), False),
        (("HKG",), (), False),
        (("FRA",), (PP,), False),
    ],
)
def test_a_query_is_taken_that_a_zone_may_answer(
    countries: tuple[str, ...], types: tuple[DocumentType, ...], able: bool
):
    query = make_query(countries=frozenset(countries), types=frozenset(types))
    assert text("google").supports(query) is able


UNREADABLE = {"error_page", "truncated", "wrong_type", "two_answers", "other_characters_than_words"}
"""Nothing that a vendor would send."""

SLOW = {"albanian_card_back"}
"""Told to wait a second, and their client obeys."""


def judged(engine: str, *others: str) -> list[Any]:
    """The cases with an answer that the vendor's own client understands."""
    found = [case for case in cases("text") if case.folder.parent.name == engine]
    return [pytest.param(case, id=str(case)) for case in found if case.folder.name not in UNREADABLE | SLOW | {*others}]


def our_page(case: Case) -> PageText:
    """The text that our engine takes from the recorded answers."""
    reading = case.adapter.reader.read(case.query)
    next(reading)
    try:
        for number in range(1, len(case.requests) + 1):
            reading.send(case.response(number))
    except StopIteration as finished:
        return finished.value
    raise AssertionError("the reading has no end")


def refused(case: Case) -> bool:
    """Whether the vendor gives no text, rather than text without a document."""
    return case.response(len(case.requests)).status >= 300 or case.folder.name.endswith(("in_200", "failed"))


def ours(case: Case) -> list[str]:
    return [line.text for line in our_page(case).lines]


@pytest.mark.parametrize("case", judged("huawei", "error_in_200"))
async def test_huaweis_own_client_asks_and_reads_as_we_do(case: Case):
    def ask(url: str) -> Any:
        client = (
            OcrClient.new_builder().with_credentials(BasicCredentials("AK", "SK", PROJECT)).with_endpoint(url).build()
        )
        body = GeneralTextRequestBody(image=SAMPLE_BASE64.decode(), detect_direction=True, character_mode=True)
        return client.recognize_general_text(RecognizeGeneralTextRequest(body=body)).result

    async with fake_vendor(case, None) as vendor:
        if refused(case):
            with pytest.raises(ServiceResponseException) as raised:
                await asyncio.to_thread(ask, vendor.url)
            assert raised.value.error_code == json.loads(case.response(1).body)["error_code"]
        else:
            result = await asyncio.to_thread(ask, vendor.url)
            assert [block.words for block in result.words_block_list] == ours(case)
    assert vendor.problems == []


@pytest.mark.parametrize("case", judged("azure"))
async def test_azures_own_client_asks_and_reads_as_we_do(case: Case):
    async with fake_vendor(case, None) as vendor:
        if refused(case):
            with pytest.raises(Exception, match=r"\(\w+\)"):
                await azure_pages(vendor)
        else:
            assert [line.content for page in await azure_pages(vendor) for line in page.lines] == ours(case)
    assert vendor.problems == []


async def azure_pages(vendor: FakeVendor) -> list[Any]:
    async with DocumentIntelligenceClient(
        vendor.url, AzureKeyCredential("key"), retry_total=0, polling_interval=0.01
    ) as client:
        poller = await client.begin_analyze_document("prebuilt-read", AnalyzeDocumentRequest(bytes_source=SAMPLE))
        return (await poller.result()).pages


@pytest.mark.parametrize("case", judged("google"))
async def test_googles_own_client_asks_and_reads_as_we_do(case: Case):
    def ask(url: str) -> Any:
        host = url.removeprefix("http://")
        transport = ImageAnnotatorRestTransport(host=host, url_scheme="http", credentials=AnonymousCredentials())
        feature = Feature(type_=Feature.Type.DOCUMENT_TEXT_DETECTION)
        request = AnnotateImageRequest(image=Image(content=SAMPLE), features=[feature])
        with ImageAnnotatorClient(transport=transport) as client:
            return client.batch_annotate_images(requests=[request], retry=None).responses[0]

    async with fake_vendor(case, None) as vendor:
        if case.response(1).status >= 300:
            with pytest.raises(GoogleAPICallError):
                await asyncio.to_thread(ask, vendor.url)
        elif refused(case):
            assert (await asyncio.to_thread(ask, vendor.url)).error.code
        else:
            assert list(google_lines(await asyncio.to_thread(ask, vendor.url))) == ours(case)
    # They write the feature as a number, and say so in the query.
    assert vendor.problems[0].startswith("POST /v1/images:annotate?")
    assert vendor.problems[1:] == ["another body than recorded"]


def test_googles_own_models_read_our_request():
    ours = BatchAnnotateImagesRequest.from_json(b"".join(next(text("google").exchange(make_query())).body))
    feature = Feature(type_=Feature.Type.DOCUMENT_TEXT_DETECTION)
    picture = Image(content=base64.b64decode(IMAGE_BASE64))
    assert ours == BatchAnnotateImagesRequest(requests=[AnnotateImageRequest(image=picture, features=[feature])])


def google_lines(answer: Any) -> Iterator[str]:
    for page in answer.full_text_annotation.pages:
        for paragraph in (paragraph for block in page.blocks for paragraph in block.paragraphs):
            yield " ".join("".join(symbol.text for symbol in word.symbols) for word in paragraph.words)


@cache
def amazon() -> Session:
    session = Session()
    session.set_credentials("AKIDEXAMPLE", "secret")
    return session


@pytest.mark.parametrize("case", judged("aws"))
async def test_amazons_own_client_asks_and_reads_as_we_do(case: Case):
    def ask(url: str) -> Any:
        once = Config(retries={"total_max_attempts": 1}, region_name="ap-southeast-1")
        client = amazon().create_client("textract", endpoint_url=url, config=once)
        return client.detect_document_text(Document={"Bytes": SAMPLE})

    async with fake_vendor(case, None) as vendor:
        if refused(case):
            with pytest.raises(ClientError) as raised:
                await asyncio.to_thread(ask, vendor.url)
            recorded = json.loads(case.response(1).body)["__type"]
            assert raised.value.response["Error"]["Code"] == recorded.rpartition("#")[2]
        else:
            blocks = (await asyncio.to_thread(ask, vendor.url))["Blocks"]
            assert [block["Text"] for block in blocks if block["BlockType"] == "LINE"] == ours(case)
    assert vendor.problems == []
