"""From a fresh process to a real passport read, as the README promises it."""

from __future__ import annotations

import asyncio
import base64
import json
import signal
from collections.abc import AsyncIterator, Iterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkocr.v1 import IdDocumentRequestBody, OcrClient, RecognizeIdDocumentRequest
from prometheus_client.parser import text_string_to_metric_families

from tests.functional.process import PROJECT, ROOT, Served, fetch, serving

GALLERY = ROOT / "tests" / "specimens" / "gallery"
TRUTH = json.loads((GALLERY / "truth.json").read_text())
ANYONE = """
callers: {anonymous: true}
upstreams: {local: {adapter: local, options: {workers: 1}}}
routes: [{name: default, targets: [local]}]
"""


def picture(name: str) -> str:
    return base64.b64encode((GALLERY / name).read_bytes()).decode()


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    with serving(ANYONE, tmp_path_factory.mktemp("served")) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def client(served: Served) -> OcrClient:
    credentials = BasicCredentials("ak", "sk", PROJECT)
    return OcrClient.new_builder().with_credentials(credentials).with_endpoint(served.url).build()


def test_the_official_client_gets_a_passport_read(client):
    body = IdDocumentRequestBody(image=picture("IDN-PP.jpg"), country_region=["IDN"], id_type=["PP"])
    answer = client.recognize_id_document(RecognizeIdDocumentRequest(body=body))
    truth = TRUTH["IDN-PP.jpg"]
    for name in ("country_region", "id_type", "side", "document_number", "birth_date", "expiry_date", "sex"):
        assert getattr(answer.result, name) == truth[name], name
    assert answer.result.confidence["document_number"] > 0.8
    assert answer.result.portrait_image is None
    assert answer.x_request_id


def test_the_official_client_gets_the_fault_for_what_is_no_document(client):
    request = RecognizeIdDocumentRequest(body=IdDocumentRequestBody(image=picture("no-document-receipt.jpg")))
    with pytest.raises(ClientRequestException) as raised:
        client.recognize_id_document(request)
    assert (raised.value.status_code, raised.value.error_code) == (400, "AIS.0104")
    assert raised.value.request_id


def test_a_document_that_was_not_asked_for_is_refused(served: Served):
    status, answer, _ = served.post({"image": picture("VNM-ID.jpg"), "id_type": ["PP"]})
    assert (status, answer["error_code"]) == (400, "AIS.0104")


def test_a_kind_that_nobody_reads_is_refused_at_once(served: Served):
    status, answer, headers = served.post({"image": picture("VNM-ID.jpg"), "id_type": ["DL"]})
    assert (status, answer["error_code"]) == (403, "ModelArts.4204")
    assert headers["X-Gateway-Attempts"] == "0"


def test_the_portrait_comes_when_it_is_asked_for(served: Served):
    _, answer, headers = served.post({"image": picture("CHL-PP.jpg"), "return_portrait_image": True})
    portrait = base64.b64decode(answer["result"]["portrait_image"], validate=True)
    assert portrait.startswith(b"\xff\xd8\xff")
    assert headers["X-Gateway-Upstream"] == "local"
    assert headers["X-Gateway-Route"] == "default"


def test_health_readiness_and_metrics(served: Served):
    served.post({"image": picture("no-document-cover.jpg")})
    assert served.get("/healthz")[0] == served.get("/readyz")[0] == 200
    families = {family.name: family for family in text_string_to_metric_families(served.get("/metrics")[1])}
    counted = {
        tuple(sorted(sample.labels.items())): sample.value
        for sample in families["gateway_requests"].samples
        if sample.value
    }
    assert counted[("outcome", "no_document"), ("route", "default"), ("upstream", "none")] >= 1


def test_everything_else_is_the_old_api_s_not_found(served: Served):
    status, answer, headers = fetch(f"{served.url}/v2/{PROJECT}/ocr/passport", b"{}")
    assert (status, answer["error_code"]) == (404, "APIG.0101")
    assert headers["X-Request-Id"] == answer["request_id"]


ORIGINAL_GONE = """
callers:
  accounts: [{name: billing, project_ids: [%s], token: {env: TOKEN}}]
upstreams:
  original:
    adapter: huawei_id_document
    options: {endpoint: "%s", project_id: p1}
    credentials: {type: huawei_aksk, access_key: {env: HW_AK}, secret_key: {env: HW_SK}}
    timeout: 5
  local: {adapter: local, options: {workers: 1}}
routes: [{name: default, targets: [original, local]}]
"""


@pytest.fixture
async def gone() -> AsyncIterator[str]:
    """Where the original used to be."""

    async def answer(_: web.Request) -> web.Response:
        body = {"error_code": "APIG.0101", "error_msg": "The API does not exist or has not been published."}
        return web.json_response(body, status=404)

    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{anything:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


async def test_the_embedded_reader_answers_when_the_original_is_gone(gone: str, tmp_path):
    def call() -> None:
        config = ORIGINAL_GONE % (PROJECT, gone)
        with serving(config, tmp_path, TOKEN="s3cret-token", HW_AK="ak", HW_SK="sk") as gateway:
            body = {"image": picture("TWN-PP.jpg")}
            status, answer, _ = gateway.post(body, **{"X-Auth-Token": "wrong"})
            assert (status, answer["error_code"]) == (401, "APIG.0301")

            status, answer, headers = gateway.post(body, **{"X-Auth-Token": "s3cret-token"})
            assert (status, answer["result"]["document_number"]) == (200, TRUTH["TWN-PP.jpg"]["document_number"])
            assert (headers["X-Gateway-Upstream"], headers["X-Gateway-Attempts"]) == ("local", "2")

            assert gateway.stop() == 0
            lines = [line for line in gateway.log if line["logger"] == "gateway.access"]
            assert [(line["status"], line["caller"]) for line in lines] == [(401, ""), (200, "billing")]
            tried = [(attempt["upstream"], attempt["outcome"]) for attempt in lines[1]["attempts"]]
            assert tried == [("original", "gone"), ("local", "ok")]
            said = json.dumps(gateway.log)
            for secret in (
                "s3cret-token",
                "wrong",
                TRUTH["TWN-PP.jpg"]["document_number"],
                TRUTH["TWN-PP.jpg"]["mrz_last_name"],
            ):
                assert secret not in said

    await asyncio.to_thread(call)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told(number, tmp_path):
    with serving(ANYONE, tmp_path) as gateway:
        assert gateway.stop(number) == 0
        assert [line["message"] for line in gateway.log][-2:] == ["stopping", "stopped"]
