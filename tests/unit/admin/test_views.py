import pytest
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_text

from gateway import __version__
from gateway.admin.views import admin_application


async def never():
    raise AssertionError


@pytest.fixture
def reasons():
    return []


@pytest.fixture
async def client(reasons):
    registry = CollectorRegistry()
    Gauge("answer", "To be found.", registry=registry).set(42)
    async with TestClient(
        TestServer(admin_application(registry, ready=lambda: reasons, openapi='{"openapi": "3.1.0"}', take_again=never))
    ) as client:
        yield client


async def test_a_live_process_says_so_with_its_version(client):
    response = await client.get("/healthz")
    assert (response.status, await response.json()) == (200, {"status": "ok", "version": __version__})
    assert response.headers["Cache-Control"] == "no-store"


async def test_ready_without_reasons_against_it(client):
    response = await client.get("/readyz")
    assert (response.status, await response.json()) == (200, {"status": "ok"})


async def test_not_ready_for_every_reason_and_ready_again_after(client, reasons):
    reasons += ["starting", "draining"]
    response = await client.get("/readyz")
    assert (response.status, await response.json()) == (
        503,
        {"status": "not ready", "reasons": ["starting", "draining"]},
    )
    assert (await client.get("/healthz")).status == 200
    reasons.clear()
    assert (await client.get("/readyz")).status == 200


async def test_metrics_in_prometheus_text_format(client):
    response = await client.get("/metrics")
    assert response.content_type == "text/plain"
    (family,) = parse_text(await response.text())
    assert (family.name, family.samples[0].value) == ("answer", 42)


async def test_metrics_in_openmetrics_where_asked_for(client):
    response = await client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert response.content_type == "application/openmetrics-text"
    (family,) = parse_openmetrics(await response.text())
    assert (family.name, family.samples[0].value) == ("answer", 42)


async def test_the_document_of_the_caller_side(client):
    response = await client.get("/openapi.json")
    assert (response.status, await response.json()) == (200, {"openapi": "3.1.0"})


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/metrics/"), ("GET", "/../etc/passwd"), ("POST", "/healthz"), ("DELETE", "/readyz")],
)
async def test_everything_else_is_a_json_404(client, method, path):
    response = await client.request(method, path)
    assert (response.status, await response.json()) == (404, {"error": "not found"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/openapi.json"])
async def test_head_is_answered_without_a_body(client, path):
    response = await client.head(path)
    assert (response.status, await response.read()) == (200, b"")
